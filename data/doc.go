// Package data is what people took from sources: the claims files embedded in kg, the reader
// of such files, and the passages that claims stand on, located in a text and verified.
//
// The form of claims files is in internal/claimsfile, and texts are in internal/sourcetext.
// Claims files are begun from a text in internal/propose, and from a table in
// internal/mapping.
//
// # A claims file
//
// A claims file is YAML: one source, its entities and its claims. The manual says how it is
// written (cmd/kg/help/claims.md); testdata/example.yaml is a small complete one. Read reads
// it, and internal/document checks all of it.
//
// # Passages
//
// A claim's passage has a locator: paragraph, start and end, and the SHA-256 of exactly that
// passage in UTF-8. Start and end count code points, half-open, from the beginning of the text
// file as it is. A draft has the words themselves, which Locate finds in the text and
// replaces: the words of a source are never stored.
//
// A text that was published can change. Texts.Verify compares every passage with the text as
// it is now, by its SHA-256 alone: a passage found elsewhere has moved, and likeness never
// counts. Verified.Fix corrects locators.
//
// # Background
//
// Common knowledge that no source states is in a source of its own, background.yaml: that
// Vladivostok lies in the Primorsky region. Its claims have no passage but an address where
// each can be looked up. A load stores only the claims about what another
// source in the store declares, and those that these lead to: the country of the region. So
// the order of loading leaves no trace, and background changes nothing that a source calls an
// entity.
//
// # The review of a claims file
//
// Beside the article's claims file lies a review of each of its edges,
// donga-2008-04-04.review.tsv: see review_test.go.
package data
