// Package nquads reads and writes the statements of a knowledge graph as N-Quads, one
// statement on a line.
//
// The Reader is strict: it takes what the grammar of RDF 1.1 N-Quads takes
// (https://www.w3.org/TR/n-quads/) and with it N-Triples, its subset, and refuses
// everything else with file, line, column and what was expected. It never guesses, and
// goes on after a bad line only if it is told to (Skip). In five points it is narrower
// than the bare grammar, as the standard's prose, its test suite or safety ask: IRIs are
// absolute, a blank node label has no colon (the suite and RDF 1.2 took it out of the
// grammar), rdf:langString needs a language tag, a language tag is well-formed (BCP 47),
// and a line has at most 16 MiB.
//
// There is one grammar with two methods to read it: Read returns quads, ReadTerms raw
// terms, which are slices of the text and cost no allocation. A long text is shared among
// goroutines by splitting it into Blocks; errors still have their position in the whole
// text.
//
// The writer knows one spelling for each statement: the canonical form of RDFC-1.0
// (https://www.w3.org/TR/rdf-canon/#canonical-quads). Equal statements are equal bytes,
// so files can be sorted, compared and hashed. A term that has no such spelling is an
// error, and nothing of it is written.
//
// Terms are those of github.com/cayleygraph/quad. A literal becomes a native value
// (quad.Int, quad.Float, quad.Bool, quad.Time) only when its text is the very text the
// writer gives that value; "007"^^xsd:integer stays a quad.TypedString. Hence the law of
// the package, for all that is read and all that is written:
//
//	write(read(line)) is the canonical spelling of line
//	read(write(q)) == q, for every q the Reader can give
//	write(read(write(q))) == write(q), for every q
//
// The second has no wider reach because a caller can build two values for one term, such
// as quad.TypedString{"1", xsd:integer} and quad.Int(1); both are written alike and come
// back as the native one. One case is left out: a line near 16 MiB whose canonical
// spelling, with more escapes, is longer than that is read but refused by the writer.
package nquads
