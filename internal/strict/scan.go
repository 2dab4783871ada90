package strict

import (
	"math"
	"strings"
	"unicode/utf8"
)

// scan reads a file of plain YAML, as nearly all claims files are, many times faster than
// the library, and returns false for any other: that one the library reads, and reports
// its mistakes. scan reads its files as the library does, position for position, which a
// test holds. It takes block mappings and lists, flow ones, and scalars, plain ones over
// several lines too; neither tabs nor CR, block scalars, keys over several lines,
// anchors, tags, directives nor anything ambiguous.
func scan(text string) (*tree, bool) {
	if len(text) > math.MaxInt32 || !plain(text) {
		return nil, false
	}
	s := &scanner{tree: tree{text: text, values: make([]value, 0, len(text)/12)}, line: 1}
	if s.nextLine(); s.indent != 0 || !s.isKey() || !s.mapping(0, 0) || s.indent >= 0 {
		return nil, false
	}
	return &s.tree, true
}

// plain reports whether a text has only line ends and characters that the library
// allows everywhere.
func plain(text string) bool {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\n' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff || r == utf8.RuneError && n == 1 {
			return false
		}
		i += n
	}
	return true
}

// mostDepth is how deep values stand in each other; the library has its own bound.
const mostDepth = 50

// longestKey is how long a key can be, in bytes; the library has its own bound.
const longestKey = 1000

// scanner is at the first character of a line that is no comment, between values.
type scanner struct {
	tree
	pos    int // in the text
	line   int
	begin  int // of the line
	indent int // of the line that the scanner went to last, -1 at the end
	seen   int // an offset in the line before pos, and its column
	column int
}

// nextLine goes to the next line with more than a comment, from the start of one.
func (s *scanner) nextLine() {
	for s.pos < len(s.text) {
		s.begin, s.seen, s.column = s.pos, s.pos, 1
		for s.at(s.pos) == ' ' {
			s.pos++
		}
		switch s.at(s.pos) {
		case '#':
			s.pos = s.lineEnd(s.pos)
		case '\n':
		case 0:
			continue
		default:
			s.indent = s.pos - s.begin
			return
		}
		if s.pos < len(s.text) {
			s.pos++
			s.line++
		}
	}
	s.indent = -1
}

// at is a character of the text, 0 behind it: the text has no such character.
func (s *scanner) at(i int) byte {
	if i < len(s.text) {
		return s.text[i]
	}
	return 0
}

func blank(c byte) bool { return c == ' ' || c == '\n' || c == 0 }

func (s *scanner) lineEnd(from int) int {
	if i := strings.IndexByte(s.text[from:], '\n'); i >= 0 {
		return from + i
	}
	return len(s.text)
}

// endLine goes from behind a value to the next line.
func (s *scanner) endLine() bool {
	end := s.pos
	for s.at(s.pos) == ' ' {
		s.pos++
	}
	switch c := s.at(s.pos); {
	case c == '#' && s.pos > end:
		s.pos = s.lineEnd(s.pos)
	case c != '\n' && c != 0:
		return false
	}
	if s.pos < len(s.text) {
		s.pos++
		s.line++
	}
	s.nextLine()
	return true
}

// open adds a value that begins at pos.
func (s *scanner) open(k kind) int {
	s.column += utf8.RuneCountInString(s.text[s.seen:s.pos])
	s.seen = s.pos
	s.values = append(s.values, value{kind: k, line: uint32(s.line), column: uint32(s.column)})
	return len(s.values) - 1
}

func (s *scanner) close(i int) { s.values[i].next = uint32(len(s.values)) }

// dash reports whether an item of a block list begins here.
func (s *scanner) dash() bool { return s.at(s.pos) == '-' && blank(s.at(s.pos+1)) }

// mapping reads a block mapping whose keys stand n characters from the left.
func (s *scanner) mapping(n, depth int) bool {
	if depth > mostDepth {
		return false
	}
	at := s.open(mapping)
	for {
		if n == 0 && (strings.HasPrefix(s.text[s.pos:], "---") || strings.HasPrefix(s.text[s.pos:], "...")) {
			return false
		}
		if !s.key() || !s.behind(n, depth) || s.indent > n {
			return false
		}
		if s.indent < n {
			s.close(at)
			return true
		}
	}
}

// key reads a key of a block mapping, and its colon.
func (s *scanner) key() bool {
	from := s.pos
	ok := false
	if c := s.at(s.pos); c == '"' || c == '\'' {
		ok = s.quotedText()
		for s.at(s.pos) == ' ' {
			s.pos++
		}
	} else if end := s.plainEnd(s.pos); begins(c, s.at(s.pos+1)) && s.at(end) == ':' {
		s.plainText(s.pos, end)
		s.pos, ok = end, true
	}
	if !ok || s.at(s.pos) != ':' || !blank(s.at(s.pos+1)) || s.pos-from > longestKey {
		return false
	}
	s.pos++
	return true
}

// isKey reports whether a key begins here, rather than a scalar or a flow value.
func (s *scanner) isKey() bool {
	switch c := s.at(s.pos); c {
	case '{', '[':
		return false
	case '"', '\'':
		now := *s
		is := s.key()
		*s = now
		return is
	}
	return s.at(s.plainEnd(s.pos)) == ':'
}

// begins reports whether a plain scalar begins with c, before next.
func begins(c, next byte) bool {
	if c == '-' {
		return !blank(next) && strings.IndexByte(",[]{}", next) < 0
	}
	return !blank(c) && strings.IndexByte("?:,[]{}#&*!|>'\"%@`", c) < 0
}

// plainEnd is where a plain scalar of a block ends in its line: at a colon with a space
// behind it, at a comment, or at the end.
func (s *scanner) plainEnd(i int) int {
	for ; i < len(s.text); i++ {
		switch s.text[i] {
		case '\n':
			return i
		case ':':
			if blank(s.at(i + 1)) {
				return i
			}
		case '#':
			if i > 0 && s.text[i-1] == ' ' {
				return i
			}
		}
	}
	return i
}

// behind reads the value of a key in a mapping n from the left.
func (s *scanner) behind(n, depth int) bool {
	s.column += utf8.RuneCountInString(s.text[s.seen:s.pos])
	s.seen = s.pos
	none := value{null: true, line: uint32(s.line), column: uint32(s.column), start: uint32(s.pos), end: uint32(s.pos)}
	for s.at(s.pos) == ' ' {
		s.pos++
	}
	if c := s.at(s.pos); !blank(c) && c != '#' {
		return s.inline(n, depth)
	}
	if !s.endLine() {
		return false
	}
	switch {
	case s.indent > n && s.dash(), s.indent == n && s.dash():
		return s.list(s.indent, depth+1)
	case s.indent > n && s.isKey():
		return s.mapping(s.indent, depth+1)
	case s.indent > n:
		return s.inline(n, depth)
	}
	s.values = append(s.values, none)
	s.close(len(s.values) - 1)
	return true
}

// list reads a block list whose dashes stand n characters from the left.
func (s *scanner) list(n, depth int) bool {
	if depth > mostDepth {
		return false
	}
	at := s.open(list)
	for {
		if s.pos++; blank(s.at(s.pos)) && s.at(s.pos) != ' ' {
			return false
		}
		for s.at(s.pos) == ' ' {
			s.pos++
		}
		ok := false
		switch c := s.at(s.pos); {
		case blank(c) || c == '#' || s.dash():
		case s.isKey():
			ok = s.mapping(s.pos-s.begin, depth+1)
		default:
			ok = s.inline(n, depth)
		}
		if !ok || s.indent > n {
			return false
		}
		if s.indent < n || !s.dash() {
			s.close(at)
			return true
		}
	}
}
