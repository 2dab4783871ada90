package schema

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
)

// Locator is where a passage stands in the text of its source: the number of its
// paragraph, its code points, half-open and counted from the beginning of the text file,
// and the SHA-256 of exactly these in UTF-8, in lower-case hexadecimal.
type Locator struct {
	Claim      quad.IRI // that was taken from it, once that has an IRI; empty for a passage that was skipped
	Page       int      // of the document that the text was taken from, from 1; 0 if it has none
	Paragraph  int      // from 1; of a table the row, of which the header is 1
	Columns    []string // of a table: those that the claim was read from, by their names
	Start, End int
	SHA256     string

	Pos   strict.Pos // in a claims file
	Words string     // what a draft has instead of all this, and no checked claim
}

// Line writes where a passage stands as a claims file has it: 12:228-302 and its
// SHA-256, with the page of a document 3/12:228-302. What has no such form, by mistake,
// is written with its fields.
func (p Locator) Line() string {
	if _, err := hex.DecodeString(p.SHA256); err != nil || len(p.SHA256) != 64 || p.SHA256 != strings.ToLower(p.SHA256) || min(p.Paragraph, p.Start, p.End) < 0 {
		return fmt.Sprintf("{paragraph: %d, start: %d, end: %d, sha256: %s}", p.Paragraph, p.Start, p.End, p.SHA256)
	}
	page := ""
	if p.Page > 0 {
		page = strconv.Itoa(p.Page) + "/"
	}
	return fmt.Sprintf("%s%d:%d-%d %s", page, p.Paragraph, p.Start, p.End, p.SHA256)
}

// ParagraphText returns the paragraph of a passage for people: "paragraph 3", "page 2,
// paragraph 3", or, in a table, "row 12, column birth date"; empty without a paragraph.
func (p Locator) ParagraphText() string {
	switch {
	case p.Paragraph == 0:
		return ""
	case p.Page > 0:
		page := p.Page
		p.Page = 0
		return "page " + strconv.Itoa(page) + ", " + p.ParagraphText()
	case len(p.Columns) == 0:
		return "paragraph " + strconv.Itoa(p.Paragraph)
	case len(p.Columns) == 1:
		return "row " + strconv.Itoa(p.Paragraph) + ", column " + p.Columns[0]
	}
	return "row " + strconv.Itoa(p.Paragraph) + ", columns " + strings.Join(p.Columns, ", ")
}

// Locators is what a source says of its text: the places of its claims, and what
// they were counted in.
type Locators struct {
	Source     quad.IRI
	SHA256     string // of the text; empty for a source without one
	FromFile   string // the SHA-256 of the document that the text was taken out of; empty for none
	Extractor  string // by whom
	Characters int    // code points of the text
	Body       int    // the code point where paragraph 1 begins
	Heading    string // how lines begin that are no paragraphs; may be empty
	Table      string // what stands between the cells of a table, or json lines: see kg/internal/table; empty for prose
	List       []Locator
}
