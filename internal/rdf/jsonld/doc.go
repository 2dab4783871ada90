// Package jsonld reads and writes JSON-LD 1.1 with the help of json-gold, which is
// kept and passes most of W3C's suite. Nothing is fetched: a remote context is an
// error, also in a library's hands.
//
// A document is read whole, since its context or its names may stand at its end; so
// it has a limit, which N-Quads, Turtle and TriG do not have. The Reader is stricter
// than the standard, which drops without a word what has no meaning as RDF: here a
// property that no context maps, a relative IRI without a base, a blank node as a
// property, a direction of text and a key that comes twice are refused. Numbers keep
// their digits: json-gold makes float64 of all of them.
//
// The Writer writes documents subject by subject, with the short forms of kg, which
// stand in the file itself. Labels are kept as named graphs, and so is the form of
// every literal.
package jsonld
