package nquads

import (
	"bytes"
	"regexp"
	"sync"

	"kg/internal/rdf/lex"
)

// A term of another language in the position of a term is named in the error, which helps
// more than a single character. The patterns are compiled when they are needed: every
// verb starts here.
var (
	directive   = pattern(`^(?i:@prefix|@base|prefix|base)[ \t]`)
	version     = pattern(`^(?i:@?version)[ \t]*["']`)
	versionLine = pattern(`^(?i:version)[ \t]*(?:"[^"\\]*"|'[^'\\]*')[ \t]*(?:#.*)?$`)
	prefixed    = pattern(`^(?:\pL[\pL\pN_.-]*)?:[^ \t<>"]+`)
	graphOf     = pattern(`^\{[ \t]*(?:<|_:|[\pL\pN]*:)`) // JSON begins with { too
	number      = pattern(`^(?:[+-]?\.?\d|true|false)`)
)

func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

const (
	rdf11  = ", which is RDF 1.2: this reads RDF 1.1"
	rdf12  = ", which is RDF 1.2: of that this reads rdf:reifies with a triple term <<( s p o )>>"
	turtle = ", which is Turtle: N-Quads write every term in full"
	trig   = ", which is TriG: N-Quads write the graph behind each triple"
)

// failTerm is an error where a term should begin.
func (r *Reader) failTerm(expected string) error {
	before, rest := r.Text[:r.Pos], r.Text[r.Pos:]
	of := ""
	switch {
	case bytes.HasSuffix(before, []byte(`""`)) && bytes.HasPrefix(rest, []byte(`"`)):
		of = `a text in """` + turtle
	case len(before) == 0 || bytes.IndexByte([]byte(" \t.>^"), before[len(before)-1]) >= 0:
		of = r.language(rest)
	}
	if of == "" {
		return r.Fail(r.Pos, expected)
	}
	return r.FailFound(r.Pos, expected, of)
}

// failPredicate is the same where a predicate should begin.
func (r *Reader) failPredicate(expected string) error {
	if after := r.At(r.Pos + 1); r.At(r.Pos) == 'a' && (after == ' ' || after == '\t' || after == '<') {
		return r.FailFound(r.Pos, expected, "'a'"+turtle)
	}
	return r.failTerm(expected)
}

// language returns the name of a construct of RDF 1.2 or of Turtle that rest begins with.
func (r *Reader) language(rest []byte) string {
	switch {
	case len(rest) == 0:
	case bytes.HasPrefix(rest, []byte("<<")):
		return `a triple in "<<"` + r.newer()
	case version().Match(rest):
		return "a version directive" + r.newer()
	case bytes.HasPrefix(rest, []byte("{|")), rest[0] == '~':
		return "an annotation of the triple" + r.newer()
	case graphOf().Match(rest):
		return lex.Found(rest) + trig
	case directive().Match(rest):
		return "the declaration of a prefix or base" + turtle
	case prefixed().Match(rest):
		return "the short form " + lex.Brief(prefixed().Find(rest)) + turtle
	case bytes.IndexByte([]byte("[](;,'"), rest[0]) >= 0:
		return lex.Found(rest) + turtle
	case number().Match(rest):
		return "a number or truth value without quotes and datatype" + turtle
	}
	return ""
}

// failTag is an error behind a language tag that goes on as none may.
func (r *Reader) failTag() error {
	rest := r.Text[r.Pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("--")):
		return r.FailFound(r.Pos, "the end of the language tag", "a direction of text"+r.newer())
	case len(rest) > 0 && rest[0] == '-':
		return r.Fail(r.Pos+1, "letters or digits after '-' in a language tag")
	case len(rest) > 1 && rest[0] == '_' && rest[1] != ':':
		return r.FailFound(r.Pos, "a language tag whose parts are joined by '-', such as en-US", "'_'")
	}
	return nil
}

// newer returns what of RDF 1.2 the Reader reads, for errors.
func (r *Reader) newer() string {
	if r.Triples == RefuseTriples {
		return rdf11
	}
	return rdf12
}
