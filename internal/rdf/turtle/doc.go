// Package turtle reads and writes Turtle and TriG.
//
// The Reader is strict: it takes what the grammars of RDF 1.2 Turtle and TriG take
// (https://www.w3.org/TR/rdf12-turtle/, https://www.w3.org/TR/rdf12-trig/), of which
// RDF 1.1's are parts, and refuses all else with line, column and what was expected.
// Where the prose asks for more it asks too, as N-Quads do: package lex reads the
// terms of both. What of RDF 1.2 has no place in RDF 1.1 is kept, taken for claims, or
// refused, as nquads.Triples says.
//
// A text is read in pieces, each up to the ',', ';' or '.' behind an object, and only
// the current piece is held: a subject may have any number of objects. What is cut by
// the end of the piece of text that is known is read again with more of it. So the
// Reader looks no further than it reads, and no token need know of the cut.
package turtle
