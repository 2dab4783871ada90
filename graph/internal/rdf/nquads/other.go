package nquads

import (
	"bytes"
	"regexp"
)

// What stands where a term should, and is one of another language, is named: to
// be told of a single character helps nobody.
var (
	directive = regexp.MustCompile(`^(?i:@prefix|@base|prefix|base)[ \t]`)
	version   = regexp.MustCompile(`^(?i:@?version)[ \t]*["']`)
	prefixed  = regexp.MustCompile(`^(?:\pL[\pL\pN_.-]*)?:[^ \t<>"]+`)
	graphOf   = regexp.MustCompile(`^\{[ \t]*(?:<|_:|[\pL\pN]*:)`) // JSON begins with { too
	number    = regexp.MustCompile(`^(?:[+-]?\.?\d|true|false)`)
)

const (
	rdf12  = ", which is RDF 1.2: this reads RDF 1.1"
	turtle = ", which is Turtle: N-Quads write every term in full"
	trig   = ", which is TriG: N-Quads write the graph behind each triple"
)

// failTerm is an error where a term should begin.
func (r *Reader) failTerm(expected string) error {
	before, rest := r.cur[:r.pos], r.cur[r.pos:]
	of := ""
	switch {
	case bytes.HasSuffix(before, []byte(`""`)) && bytes.HasPrefix(rest, []byte(`"`)):
		of = `a text in """` + turtle
	case len(before) == 0 || bytes.IndexByte([]byte(" \t.>^"), before[len(before)-1]) >= 0:
		of = language(rest)
	}
	if of == "" {
		return r.fail(r.pos, expected)
	}
	return r.failFound(r.pos, expected, of)
}

// failPredicate is the same where a predicate should begin.
func (r *Reader) failPredicate(expected string) error {
	if after := r.at(r.pos + 1); r.at(r.pos) == 'a' && (after == ' ' || after == '\t' || after == '<') {
		return r.failFound(r.pos, expected, "'a'"+turtle)
	}
	return r.failTerm(expected)
}

// language says what rest begins with, if it is of RDF 1.2 or of Turtle.
func language(rest []byte) string {
	switch {
	case len(rest) == 0:
	case bytes.HasPrefix(rest, []byte("<<")):
		return `a triple in "<<"` + rdf12
	case version.Match(rest):
		return "a version directive" + rdf12
	case bytes.HasPrefix(rest, []byte("{|")), rest[0] == '~':
		return "an annotation of the triple" + rdf12
	case graphOf.Match(rest):
		return found(rest) + trig
	case directive.Match(rest):
		return "the declaration of a prefix or base" + turtle
	case prefixed.Match(rest):
		return "the short form " + brief(prefixed.Find(rest)) + turtle
	case bytes.IndexByte([]byte("[](;,'"), rest[0]) >= 0:
		return found(rest) + turtle
	case number.Match(rest):
		return "a number or truth value without quotes and datatype" + turtle
	}
	return ""
}

// failTag is an error behind a language tag that goes on as none may.
func (r *Reader) failTag() error {
	rest := r.cur[r.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("--")):
		return r.failFound(r.pos, "the end of the language tag", "a direction of text"+rdf12)
	case len(rest) > 0 && rest[0] == '-':
		return r.fail(r.pos+1, "letters or digits after '-' in a language tag")
	case len(rest) > 1 && rest[0] == '_' && rest[1] != ':':
		return r.failFound(r.pos, "a language tag whose parts are joined by '-', such as en-US", "'_'")
	}
	return nil
}
