// Package graph reads and writes the quads of a graph, and answers questions about them.
//
// A Store is an open graph. Load adds checked claims files, LoadQuads N-Quads and other
// RDF, each all or nothing; Apply writes single quads; Retract, Restore and Remove
// change what is shown or kept; Export and Hash give the canonical form, which depends
// on nothing but the quads. The storage is package store, below graph/internal.
//
// A View answers questions on one state of a store: with what sources assert, and, if
// asked, with what they deny. FindAll finds entities by words and Find the one entity
// that a word names; Gizmo runs a query; Describe names terms for people; Evidence finds
// the claims behind a row; Edges lists the edges of an entity; Compare compares sources;
// Check validates the graph, and Stats counts.
//
// # Decisions
//
// A retraction and a restoration are quads under a label of their own; the latest one on
// a node is valid. A View leaves out the labels of what is retracted, as it leaves out
// those of what is denied, and the decisions; View.WithRetracted shows both.
//
// # Loading
//
// A load reads what it may change, the quads under the labels of the ontology and of its
// sources, and computes the difference, which is one transaction. It reads nothing else
// of the store, however large it is, except the kinds of the entities that the load
// names: see package merge.
package graph
