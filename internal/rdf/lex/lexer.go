package lex

// Lexer reads the terms of a text from Pos on. Its readers advance Pos past what they
// read, and do not move it if they fail.
type Lexer struct {
	Name        string   // of the text, for errors
	Text        []byte   // valid UTF-8: a line, or a part of a text
	Pos         int      // offset of its next byte
	FirstLine   int      // the line on which Text begins, from 1
	FirstColumn int      // the code points before it on that line
	Whole       bool     // Text has many lines
	Base        *BaseIRI // of relative IRIs; nil refuses them

	Failed int // offset of the last error in Text

	clean []byte // the terms with escapes, without them
}

// Forget makes the memory of terms with escapes or with a base free for others.
// Without it they stay good.
func (l *Lexer) Forget() { l.clean = l.clean[:0] }

// Join gives two texts as one, which stays good until Forget.
func (l *Lexer) Join(a, b []byte) []byte {
	from := len(l.clean)
	l.clean = append(append(l.clean, a...), b...)
	return l.clean[from:len(l.clean):len(l.clean)]
}

// At returns a byte of the text, 0 beyond its end. No term contains a NUL, so the two
// need not be distinguished.
func (l *Lexer) At(pos int) byte {
	if pos < len(l.Text) {
		return l.Text[pos]
	}
	return 0
}
