// Package schema is what is true without a database: which kinds of things
// there are and how they may be joined (Ontology), what a claims file says
// (Document), whether it may say so (Check), and the quads it becomes (Quads).
//
// Data flows one way. A reader (package data) fills a Document with words and
// their places in the file. Check holds it against the Ontology and notes
// every mistake with its place; only a Document without mistakes becomes a
// Checked one, and only a Checked one becomes quads.
//
// The shape of the quads:
//
//   - An edge that a claim asserts is labelled with the claim's IRI. The
//     claim's own quads (speaker, stance, hedge, place) and the file's
//     entities are labelled with the source; the ontology with its own IRI.
//   - What a file joins to another source's entity (same-as) is owl:sameAs,
//     labelled with the source like the entity's other quads.
//   - No quad stands in the default graph, none has a blank node, and every
//     IRI is absolute and minted in iri.go.
//   - An edge between two entities is one quad. What has more than two
//     participants, an amount or a date is an event with one edge a role.
//   - Quantities and dates are nodes of their own, so that a range keeps both
//     its ends and a date its precision (EDTF, edtf.go).
//
// # A kind
//
// Kinds and relations are read from YAML, one file a kind: those in kinds/ are
// embedded, users add theirs. A file is named like its kind, in lower-case
// words with hyphens; this one is car-ferry.yaml:
//
//	kind: CarFerry
//	is: A vessel that carries people and cars.
//	parent: Vessel               # its relations are this kind's too
//	iri: schema:BoatTrip         # optional: the term it reuses, if that means just this
//	abstract: true               # optional: no entity is just this, only of a kind below
//	relations:
//	  operator: {is: Who runs it., range: Organisation, inverse: runs}
//	  route: {is: Where it goes., range: text, required: true}
//	  first-trip: {is: The day it first sailed., range: Date, iri: schema:departureTime}
//	codes:                       # optional: fixed values instead of entities
//	  idle: It lies in port.
//
// A range is a kind, or text, number, boolean, day or edtf, which is a date as a
// literal; Date and Quantity are kinds. A relation whose range is a kind is read
// in both directions; inverse has the words for the way back, from object to
// subject: Blue Line runs the ferry. Without them, kg reads "is operator of".
//
// belongs: true says that a relation's subject belongs to its object, as a person
// to an organisation: a question about the one is then told of the other, too.
//
// A relation is defined once, at the kind that all its subjects share. The
// whole is linted as it is read: unknown names, cycles, two meanings of one
// IRI or one name.
package schema
