// Package lex reads the terms that the formats of RDF have in common: IRIs in angle
// brackets, blank node labels, quoted texts with their escapes, language tags.
//
// N-Quads, Turtle and TriG share these term readers, so that all of them reject the same
// terms. All are strict, where the standard's prose asks for more than its grammar too: a
// language tag is well-formed (BCP 47), an escape yields no character that could not
// stand there itself, a blank node label has no colon, and an IRI is absolute, by itself
// or resolved against the base of the text.
package lex
