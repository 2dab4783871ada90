package schema

import "github.com/cayleygraph/quad"

// Locator is where a passage stands in the text of its source: the number of its
// paragraph, its code points, half-open and counted from the beginning of the
// text file, and the SHA-256 of exactly these in UTF-8, in lower-case
// hexadecimal.
type Locator struct {
	Claim      quad.IRI // that was taken from it; empty for a passage that was skipped
	Paragraph  int      // from 1
	Start, End int
	SHA256     string
}

// Locators is what a source says of its text: the places of its claims, and what
// they were counted in.
type Locators struct {
	Source     quad.IRI
	SHA256     string // of the text; empty for a source without one
	Characters int    // code points of the text
	Body       int    // the code point where paragraph 1 begins
	Heading    string // how lines begin that are no paragraphs; may be empty
	List       []Locator
}
