// Package document is the model of a claims file (Document), its validation (Check), and
// the quads of a valid one (Checked).
//
// Data flows one way. A reader (internal/claimsfile, internal/mapping) fills a Document
// with words and their positions in the file. Check validates it against an ontology of
// package schema and reports every mistake with its position; only a Document without
// mistakes becomes a Checked one, and only a Checked one becomes quads, in the form that
// package schema defines.
//
// Edges may be written as sentences (sentence.go), which Check parses. A table has up to
// a million claims: their quads are stored as bytes (tape.go) and decoded as they are
// read.
//
// The package knows neither YAML nor a store, and has the text of no source.
package document
