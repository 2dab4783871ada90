package data

import (
	"bytes"

	"kg/internal/table"
	"kg/schema"
)

// parts are the paragraphs of the text of a source, or the rows of a table, by their
// numbers: an empty line of a table is an empty row.
func (t *Text) parts(l *schema.Locators, body int) []Span {
	if l.Table == "" {
		return t.Paragraphs(body, l.Heading)
	}
	if !t.has(body, t.Len()) {
		return nil
	}
	// A header is a row like the others here, and has any number of cells.
	in, err := table.NewReader(bytes.NewReader(t.Slice(body, t.Len())), table.Options{Form: l.Table, Body: body, Whole: true})
	if err != nil {
		return nil
	}
	var list []Span
	for {
		row, err := in.Next()
		if err != nil { // the end, or that of what is a table
			return list
		}
		for len(list) < row.Number-1 {
			list = append(list, Span{row.Start, row.Start})
		}
		list = append(list, Span{row.Start, row.End})
	}
}

// inRows makes the numbers of paragraphs those of rows where they are in a table.
func (n *Stretch) inRows(table string) {
	if n == nil || table == "" {
		return
	}
	n.Row, n.Paragraph = n.Paragraph, 0
	for i := range n.Others {
		n.Others[i].Row, n.Others[i].Paragraph = n.Others[i].Paragraph, 0
	}
}

// inRows does so for all results.
func (v *Verified) inRows() {
	for i := range v.Results {
		if v.Results[i].Verdict != Misattributed { // which attribute has done
			v.Results[i].Nearest.inRows(v.Table)
		}
	}
}
