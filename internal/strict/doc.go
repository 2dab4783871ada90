// Package strict reads the YAML files people write for kg - claims, kinds,
// kg.yaml - and forgives nothing.
//
// A YAML library that fills a struct drops what it does not know and stops at
// the first mistake. Neither will do here: a misspelt field must not vanish,
// and a writer wants to see all mistakes of a file at once, each with its
// place. So a file is parsed into nodes, its reader asks the nodes for what it
// expects, and whatever does not fit is noted as a Problem in the file's
// Report, with line, column and the nearest known word.
//
// Nearly all files are plain, and scan reads them by itself, since a library's nodes
// take gigabytes for 100,000 claims. The library reads every other file, and tells what
// is no YAML; a test holds the two against each other, place for place.
//
// Anchors, aliases, tags and several documents in one file are refused: a file
// of facts is read by people, from top to bottom.
package strict
