// Package data is what people took from sources: the claims files embedded in
// kg, the reader of such files, and the places of passages in a text.
//
// # A claims file
//
// A claims file is YAML: one source, its entities and its claims. The example
// in testdata/example.yaml is complete, and a test loads it; kg help claims
// shows it too.
//
//	base: https://data.example/  # optional: where its IRIs live, if not under --base
//
//	source:                      # the document
//	  id: herald-2020-05-04      # lower-case words with hyphens; part of every claim's IRI
//	  title: Ferry firm changes hands
//	  publisher: herald          # an entity below
//	  annotator: jane-doe        # an entity below: who read the source so
//	  date: 2020-05-04           # the day of publication
//	  language: en               # BCP 47
//	  address: https://…         # optional
//	  body: 57                   # optional: the code point where paragraph 1 begins
//	  heading: "##"              # optional: how lines begin that are no paragraphs
//	  sha256: 9f86…              # of the text, and its length in code points;
//	  characters: 1042           # kg locate fills both in
//
//	entities:                    # id: what it is
//	  herald: {kind: NewsMedia, name: The Herald, also: [Herald]}
//	  clerk: {kind: Person, description: A clerk at the port}   # the source gives no name
//	  firm-sale: {kind: Sale, description: The sale of Blue Line,
//	    same-as: kg:source/town-crier-2020-05-05/sale/ferries}  # optional: see "What sources share"
//
//	claims:                      # id: one statement
//	  sale:
//	    says: The Herald, in your own words, on what the clerk said.
//	    speaker: clerk           # optional: who says it; the publisher if absent
//	    via: [port-report]       # optional: between publisher and speaker, in that order
//	    stance: alleges          # optional: asserts (if absent), estimates, predicts, alleges, denies
//	    hedge: it seems          # optional: the printed words that make it less than certain
//	    at: {paragraph: 2, start: 97, end: 153, sha256: 2c26…}
//	    note: What a reader must know about how you read it.      # optional
//	    edges:                   # subject: {relation: object}; a list for several objects
//	      sale-2020: {seller: old-owner, buyer: new-owner, status: done,
//	        date: 2020-04, price: {min: 2, max: 3, unit: million EUR, approximate: true}}
//	  price-per-ship:
//	    says: What you conclude yourself.
//	    derived-from: [sale]     # then there is no speaker, stance or place
//	    edges: {…}
//
//	skipped:                     # passages that state no relationship, and why
//	  - at: {paragraph: 3, start: 160, end: 201, sha256: fcde…}
//	    why: A description of the weather.
//
// Which kinds and relations there are, and what a relation leads to, the files
// of schema/kinds say. An object is an entity's id, a code, a text, or
//
//   - a date in EDTF: 2020-05-04, 2020-04, 2006-41 (second half), 199X, 1990~,
//     2006-41/.., or {edtf: 2008-02, printed: February, resolved: true} when
//     the printed words differ, resolved if they had to be counted from the
//     day of publication;
//   - a quantity: {value: 30} or {min: 400, max: 500}, with unit, and where
//     the source has them per, period, approximate, printed, of (a quantity or
//     an entity of which it is a share) and compared-to (an entity whose
//     quantity it multiplies). A quantity without figures has printed alone.
//
// # What sources share
//
// An entity with a name is shared: kg:person/ann-lee is one person, whichever
// sources speak of her, and her id has one kind in all of them. Two names for one
// id may mean two people. So a file with the second name is refused, unless one
// of the two sources has the other's name under also; if they are two, one of
// them takes another id. Names are equal that differ only in case, in how accents
// are composed, or in the form of letters, spaces and apostrophes. A row shows
// the name that its own sources give.
//
// An entity without a name belongs to its source, as claims and figures do: the
// clerk above is kg:source/herald-2020-05-04/person/clerk, and no other source's
// clerk. A bribe of which two papers tell without a name is two bribes. same-as
// joins them. It takes the IRI of the other entity, as kg show prints it, or a
// list; either may be an event or a person, and have a name or not. Both must be
// of one kind, or one of a kind of the other's. A join holds in both directions
// and from one entity to the next, and kg show says which annotator made it. The
// other source may be loaded later; until then kg load warns that it is missing.
//
// # Places
//
// start and end count code points, half-open, from the beginning of the text
// file as it is; sha256 is that of exactly the passage in UTF-8. Nobody counts
// by hand: a draft has the words instead, in double quotes on one line,
// possibly shortened by an ellipsis, and kg locate puts the place in their
// stead. The words of a source are never kept in a claims file.
//
//	at: "The ferry firm … last month."
//
// # Background
//
// What no source states because every reader knows it stands in a source of its
// own, background.yaml: that Vladivostok lies in the Primorsky region. Such a
// source has no text, and so no sha256, characters, body and heading, and its
// claims have no place (at) but an address where each can be looked up:
//
//	vladivostok-in-primorsky:
//	  says: Vladivostok lies in the Primorsky region.
//	  speaker: common-knowledge
//	  see: https://en.wikipedia.org/wiki/Vladivostok
//	  edges:
//	    vladivostok: {within: primorsky}
//
// kg load keeps of kg's own background just the claims about what another source
// in the store declares, and those that these lead to: the country of the region.
// So the order of loading leaves no trace, and what a source calls an entity is
// its own business. A claim that has see is called on only where no text states
// its edges, and where no other way leads to an answer; the answer then says
// "background". A file of yours may be such a source, too; it is loaded whole.
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
