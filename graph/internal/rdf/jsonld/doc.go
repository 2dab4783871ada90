// Package jsonld writes JSON-LD 1.1 with the help of json-gold: compacted with
// the short forms of kg, which stand in the file itself. Labels are kept as
// named graphs, and so is the form of every literal. Nothing is fetched: a
// remote context is an error, also in a library's hands.
package jsonld
