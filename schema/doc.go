// Package schema is what is true without a database: which kinds of things there
// are and how they may be joined (Ontology), the form of every IRI (Base, IRI), the
// terms that kg's own code names, how numbers are written, where a passage stands
// (Locator), and what somebody decided (Decision).
//
// It knows no file of claims and no store: what a file says, and the quads that
// become of it, is internal/document's. Dates are package edtf's.
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
//     its ends and a date its precision (package edtf).
//
// # A kind
//
// Kinds and relations are read from YAML, one file a kind: those in kinds/ are
// embedded, users add theirs. The manual says how one is written
// (cmd/kg/help/kinds.md). A relation is defined once, at the kind that all its
// subjects share. The whole is linted as it is read: unknown names, cycles, two
// meanings of one IRI or one name.
package schema
