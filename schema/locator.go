package schema

import (
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// Locator is where a passage stands in the text of its source: the number of its
// paragraph, its code points, half-open and counted from the beginning of the
// text file, and the SHA-256 of exactly these in UTF-8, in lower-case
// hexadecimal.
type Locator struct {
	Claim      quad.IRI // that was taken from it; empty for a passage that was skipped
	Page       int      // of the document that the text was taken from, from 1; 0 if it has none
	Paragraph  int      // from 1; of a table the row, of which the header is 1
	Columns    []string // of a table: those that the claim was read from, by their names
	Start, End int
	SHA256     string
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
	Table      string // what stands between the cells of a table, or json lines: see kg/data/internal/table; empty for prose
	List       []Locator
}

// Spot is where a passage stands as people read it: paragraph 3, or page 2, paragraph
// 3, or in a table row 12, column birth date. It is empty for what stands nowhere.
func Spot(page, paragraph int, columns []string) string {
	switch {
	case paragraph == 0:
		return ""
	case page > 0:
		return "page " + strconv.Itoa(page) + ", " + Spot(0, paragraph, columns)
	case len(columns) == 0:
		return "paragraph " + strconv.Itoa(paragraph)
	case len(columns) == 1:
		return "row " + strconv.Itoa(paragraph) + ", column " + columns[0]
	}
	return "row " + strconv.Itoa(paragraph) + ", columns " + strings.Join(columns, ", ")
}
