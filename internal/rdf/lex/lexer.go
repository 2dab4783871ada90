package lex

// Lexer reads the terms of a text from Pos on. Its readers move Pos behind what they
// read, and leave it where it is if they fail.
type Lexer struct {
	Name        string   // of the text, for errors
	Text        []byte   // valid UTF-8: a line, or a part of a text
	Pos         int      // the next byte of it
	FirstLine   int      // the line on which Text begins, from 1
	FirstColumn int      // the code points before it on that line
	Whole       bool     // Text has many lines
	Base        *BaseIRI // of relative IRIs; nil refuses them

	Failed int // the place of the last error in Text

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

// At is a byte of the text, 0 behind its end. A NUL stands in no term's place, so
// the two need no telling apart.
func (l *Lexer) At(pos int) byte {
	if pos < len(l.Text) {
		return l.Text[pos]
	}
	return 0
}
