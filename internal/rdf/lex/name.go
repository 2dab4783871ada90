package lex

import "unicode/utf8"

// IsSpace reports whether Turtle takes a byte for white space.
func IsSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// Peek skips white space and comments, line ends included, and gives the byte
// behind them.
func (l *Lexer) Peek() byte {
	for i := l.Pos; i < len(l.Text); i++ {
		switch c := l.Text[i]; {
		case c == '#':
			for i+1 < len(l.Text) && l.Text[i+1] != '\n' && l.Text[i+1] != '\r' {
				i++
			}
		case !IsSpace(c):
			l.Pos = i
			return c
		}
	}
	l.Pos = len(l.Text)
	return 0
}

// Word gives the keyword or the prefix (PN_PREFIX) that begins here, without moving.
func (l *Lexer) Word() []byte {
	rest := l.Text[l.Pos:]
	if len(rest) == 0 || rest[0] < utf8.RuneSelf && class[rest[0]]&letter == 0 {
		return nil
	}
	return rest[:LabelLen(rest)]
}

// PrefixedName reads a PrefixedName whose prefix is behind the bytes of its length,
// and gives its local name, its escapes resolved.
func (l *Lexer) PrefixedName(prefix int) ([]byte, error) {
	start := l.Pos + prefix + len(":")
	i := start
	for i < len(l.Text) && class[l.Text[i]]&localByte != 0 {
		i++
	}
	if c := l.At(i); c == '%' || c == '\\' || c >= utf8.RuneSelf {
		return l.localName(start)
	}
	if c := l.At(start); i > start && (c == '-' || c == '.') {
		i = start // neither begins a name
	}
	for i > start && l.Text[i-1] == '.' {
		i--
	}
	l.Pos = i
	return l.Text[start:i], nil
}

// localName does the same for a name with more than plain characters.
func (l *Lexer) localName(start int) ([]byte, error) {
	from, good := len(l.clean), len(l.clean) // good is the end without full stops
	l.Pos = start
	for i := start; i < len(l.Text); {
		c, size := utf8.DecodeRune(l.Text[i:])
		switch {
		case c == '%':
			if _, ok := hex(l.At(i + 1)); !ok {
				return nil, l.Fail(i+1, "a hexadecimal digit after '%'")
			}
			if _, ok := hex(l.At(i + 2)); !ok {
				return nil, l.Fail(i+2, "a hexadecimal digit after '%'")
			}
			size = 3
		case c == '\\':
			if !isLocalEscape(l.At(i + 1)) {
				return nil, l.Fail(i+1, `one of _ ~ . - ! $ & ' ( ) * + , ; = / ? # @ % after '\' in a name`)
			}
			i++
			size = 1
		case c < utf8.RuneSelf && (class[c]&localByte == 0 || i == start && (c == '-' || c == '.')),
			c >= utf8.RuneSelf && !isLabelRune(c, size, i == start):
			return l.clean[from:good:good], nil
		}
		l.clean = append(l.clean, l.Text[i:i+size]...)
		i += size
		if c != '.' {
			good, l.Pos = len(l.clean), i
		}
	}
	return l.clean[from:good:good], nil
}

func isLocalEscape(c byte) bool {
	switch c {
	case '_', '~', '.', '-', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', '/', '?', '#', '@', '%':
		return true
	}
	return false
}

// Number reads a number of Turtle, which begins here, and reports whether it has a
// fraction or an exponent. The text is empty if none begins here.
func (l *Lexer) Number() (text []byte, fraction, exponent bool) {
	start, i := l.Pos, l.Pos
	if c := l.At(i); c == '+' || c == '-' {
		i++
	}
	whole := l.digits(i)
	i += whole
	if l.At(i) == '.' {
		n := l.digits(i + 1)
		if e := l.exponent(i + 1 + n); n > 0 || whole > 0 && e > 0 {
			fraction = true
			i += 1 + n
		}
	}
	if whole == 0 && !fraction {
		return nil, false, false
	}
	e := l.exponent(i)
	l.Pos = i + e
	return l.Text[start:l.Pos], fraction, e > 0
}

func (l *Lexer) digits(i int) int {
	start := i
	for c := l.At(i); c >= '0' && c <= '9'; c = l.At(i) {
		i++
	}
	return i - start
}

// exponent is the length of an exponent at i, 0 if there is none.
func (l *Lexer) exponent(i int) int {
	if l.At(i)|0x20 != 'e' {
		return 0
	}
	sign := 0
	if c := l.At(i + 1); c == '+' || c == '-' {
		sign = 1
	}
	n := l.digits(i + 1 + sign)
	if n == 0 {
		return 0
	}
	return 1 + sign + n
}

// IsPlainName reports whether a text can be the local part of a prefixed name without
// an escape, in letters, digits, '_' and, within it, '-'. Turtle takes more; readers
// of all ages take this.
func IsPlainName(name string) bool {
	for i := range len(name) {
		if c := name[i]; class[c]&letterNum == 0 && c != '_' && (c != '-' || i == 0 || i == len(name)-1) {
			return false
		}
	}
	return name != ""
}
