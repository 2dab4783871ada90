// Package data is what people took from sources: the claims files embedded in
// kg, the reader of such files (whose form is in internal/claimsfile), and the places of
// passages in a text or a table.
// Mappings of tables are in internal/mapping, the rows that they read in internal/table, the
// text of PDF and HTML in data/internal/extract, entities of FollowTheMoney in internal/ftm.
//
// # A claims file
//
// A claims file is YAML: one source, its entities and its claims. The manual says
// how it is written (cmd/kg/help/claims.md); testdata/example.yaml is a complete
// small one. Read gives the file to internal/document, which checks every word of it.
//
// # Passages
//
// A claim's passage is a paragraph, a start and an end, and the SHA-256 of exactly
// that passage in UTF-8. Start and end count code points, half-open, from the
// beginning of the text file as it is. A draft has the words themselves, which
// Locate finds in the text and replaces: the words of a source are never kept.
//
// A text that was published can change. kg verify holds every place against the
// text as it is now, by its SHA-256 alone: a passage that stands elsewhere moved,
// and what is merely like it is not it. --fix puts moved places right.
//
// First claims files of a text are made in internal/propose.
//
// # Background
//
// What no source states because every reader knows it stands in a source of its
// own, background.yaml: that Vladivostok lies in the Primorsky region. Its claims
// have no passage but an address where each can be looked up. A load keeps just
// the claims about what another source in the store declares, and those that these
// lead to: the country of the region. So the order of loading leaves no trace, and
// what a source calls an entity is its own business.
//
// # The review of a claims file
//
// Beside the article's claims file lies a table, donga-2008-04-04.review.tsv,
// with a row for each edge of each claim, in the order of the file: claim,
// subject, relation and object as the file has them (a date by its edtf, a
// quantity by its figures, or by its printed words if it has none), and under
// stated the place in the text of the words that state the edge, 92-127. An
// edge is stated when words of its claim's passage say it, a pronoun, or a
// name for what was named before, read as what it stands for. What takes more
// than that is a derived claim's edge, and has the claims it follows from
// instead: from street embassy-place. So nothing stands under a speaker who
// did not say it. A test holds the table against the file.
//
// A reviewer who adds an edge reads the passage, and puts the words that state
// the edge in double quotes where the place goes; the test, run with the text,
// says which place that is. With -v it shows every edge beside its words:
//
//	KG_TEXT=article.txt go test ./data -run Stated -v
package data
