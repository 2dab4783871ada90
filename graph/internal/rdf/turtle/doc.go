// Package turtle writes RDF 1.1 Turtle: the triples of quads, grouped by
// subject, with short forms.
//
// Turtle has no labels, so what it loses is which claim asserts which triple:
// the file says so in its first line. N-Quads and JSON-LD keep it. There is no
// reader: kg loads N-Quads.
package turtle
