// Package document is what one file of claims says (Document), whether it may say so
// (Check), and the quads it becomes (Checked).
//
// Data flows one way. A reader (internal/claimsfile, internal/mapping) fills a Document
// with words and their places in the file. Check holds it against an ontology of
// package schema and notes every mistake with its place; only a Document without
// mistakes becomes a Checked one, and only a Checked one becomes quads, whose shape
// package schema tells.
//
// Edges may be written as sentences (sentence.go), which Check takes apart. A table
// has a million claims: their quads are kept as bytes (tape.go) and made again while
// they are read.
//
// It knows neither YAML nor a store, and has the text of no source.
package document
