// Package lex reads the terms that the formats of RDF write alike: IRIs in angle
// brackets, blank node labels, quoted texts with their escapes, language tags.
//
// N-Quads, Turtle and TriG have one set of term readers here, so that what one of
// them refuses none of them takes. All are strict, where the standard's prose asks
// for more than its grammar too: a language tag is well-formed (BCP 47), an escape
// brings no character in that could not stand there itself, a blank node label has
// no colon, and an IRI is absolute, by itself or by the base of the text.
package lex
