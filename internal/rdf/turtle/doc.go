// Package turtle reads and writes Turtle and TriG.
//
// The Reader is strict: it takes what the grammars of RDF 1.2 Turtle and TriG take
// (https://www.w3.org/TR/rdf12-turtle/, https://www.w3.org/TR/rdf12-trig/), of which RDF
// 1.1's are subsets, and refuses all else with line, column and what was expected. Where
// the prose asks for more it asks too, as N-Quads do: package lex reads the terms of
// both. Constructs of RDF 1.2 that RDF 1.1 lacks are passed through, read as claims, or
// refused, as nquads.Triples says.
//
// A text is read in chunks, each up to the ',', ';' or '.' after an object, and only the
// current chunk is held: a subject may have any number of objects. A chunk that is cut
// off by the end of the buffer is read again with more of the text. So the Reader reads
// no further ahead than needed, and no token has to handle the cut.
package turtle
