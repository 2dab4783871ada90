// Package jsonld reads and writes JSON-LD 1.1 with json-gold, which is maintained and
// passes most of W3C's suite. Nothing is fetched: a remote context is an error, also when
// the package is used as a library.
//
// A document is read whole, since its context or its names may stand at its end; so it
// has a size limit, which N-Quads, Turtle and TriG do not have. The Reader is stricter
// than the standard, which silently drops what has no meaning as RDF: here a property
// that no context maps, a relative IRI without a base, a blank node as a property, a
// direction of text and a duplicate key are refused. Numbers keep their digits: json-gold
// converts all of them to float64.
//
// The Writer writes documents subject by subject, with kg's prefixes, which stand in the
// file itself. Labels are written as named graphs, and every literal keeps its lexical
// form.
package jsonld
