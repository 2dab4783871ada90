// Package strict reads the YAML files people write for kg - claims, kinds, kg.yaml - and
// refuses whatever it does not know.
//
// A YAML library that fills a struct drops unknown fields and stops at the first mistake.
// Neither will do here: a misspelt field must not vanish, and a writer wants to see all
// mistakes of a file at once, each with its position. So a file is parsed into nodes, its
// reader asks the nodes for what it expects, and every mismatch is added to the file's
// Report as a Problem, with line, column and the nearest known word.
//
// Nearly all files are plain, and scan reads them by itself, since a library's nodes take
// gigabytes for 100,000 claims. The library reads every other file, and reports invalid
// YAML; a test holds the two against each other, position for position.
//
// Anchors, aliases, tags and several documents in one file are refused: a file of facts
// is read by people, from top to bottom.
package strict
