// Package graph keeps the quads and asks Cayley about them.
//
// Open reads a store and hands out Views: one with what is asserted, one with
// what is denied too. Load puts checked claims into it and LoadQuads N-Quads, all
// or nothing; OpenToWrite lets Apply write by hand what they would let in, and
// Retract, Restore and Remove; Export and Hash put out its canonical form, which
// depends on nothing but the quads. Above Open everything works on a View and does
// not know what keeps the quads: that is package store, in a room of its own.
//
// On a View: FindAll finds what goes by words and Find the one thing that a word
// names, Gizmo runs a query, Describe tells what people call a term,
// Evidence finds the claims behind a row, Edges lists what joins an entity to
// others, Check looks for what should not be, and Stats counts.
//
// # Decisions
//
// A retraction and a restoration are facts under a label of their own; the latest
// about a thing holds. A View leaves out the labels of what is retracted, as it
// leaves out those of what is denied, and the decisions; View.WithRetracted shows
// both.
//
// # Loading
//
// A load reads from the store what it may change - what the ontology and its
// sources label - and works out there what comes and what goes. The difference
// is one transaction. Nothing else of the store is read, however large it is,
// but for the kinds of the entities the load names: see package merge.
package graph
