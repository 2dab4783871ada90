package mapping

import (
	"slices"
	"strconv"
	"strings"

	"kg/internal/document"
	"kg/internal/strict"
	"kg/internal/table"
)

// rowOf is the row that a mapping is at work on.
type rowOf struct {
	*tableRun
	*table.Row
	took    []bool // the columns that something was made of
	things  [][]instance
	columns []bool   // those of the claim that is made
	notes   []string // cells that could not be read, for its note
	text    []byte   // that a template makes

	single [1]strict.Word  // backs the result of values for one value
	edges  []document.Edge // memory for the edges of claims, one claim after the other
	names  []columnNames   // in addition to the claims of the mapping
}

// columnNames are the names of the columns that the last claim of a rule was read from.
type columnNames struct {
	of    []bool
	names []string
}

// instance is the entity of a thing in a row.
type instance struct {
	id    string
	pos   strict.Pos
	value string // for which it was made
}

func newRow(x *tableRun) *rowOf {
	return &rowOf{tableRun: x, things: make([][]instance, len(x.Mapping.things)), names: make([]columnNames, len(x.Mapping.claims))}
}

// say makes the entities and claims of a row, and counts the cells of which nothing
// was made.
func (row *rowOf) say(r *table.Row) {
	row.Row = r
	row.took, row.columns = zeros(row.took, row.bound), zeros(row.columns, row.bound)
	row.out.Rows++
	for i, t := range row.Mapping.things {
		row.things[i] = row.instances(t, row.things[i][:0])
	}
	claims, again := 0, false
	for i, c := range row.Mapping.claims {
		made, before := row.claim(c, &row.names[i])
		if made {
			claims++
		}
		again = again || before
	}
	if again {
		row.out.Again++
	} else if claims == 0 {
		row.out.Silent++
	}
	for i, cell := range r.Cells {
		switch {
		case cell == "" || strings.TrimSpace(cell) == "":
			continue
		case row.took[i] && claims > 0 || again:
			row.used[i]++
		default:
			row.left[i]++
		}
		row.out.Cells++
	}
}

// zeros is a slice of so many zeros, the old one if it has room.
func zeros(s []bool, n int) []bool {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// at returns the position of a column in the row.
func (row *rowOf) at(column int) strict.Pos {
	return strict.Pos{Line: row.Number, Column: column + 1}
}

// cell returns the value of a column, or its default.
func (row *rowOf) cell(c *columnRef, value string) string {
	switch {
	case c.index >= 0:
	case c.thing != nil:
		if list := row.things[c.thing.number]; len(list) > 0 {
			return list[0].id
		}
		return ""
	case c.name == eachValue:
		return value
	case c.name == rowNumber:
		return strconv.Itoa(row.Number)
	default:
		return ""
	}
	if c.index >= len(row.Cells) {
		return ""
	}
	s := strings.TrimSpace(row.Cells[c.index])
	if s != "" {
		row.took[c.index], row.columns[c.index] = true, true
	}
	return s
}

// pos is where a text comes from: its first column, or that of the value.
func (row *rowOf) pos(t *template, of instance) strict.Pos {
	if i := firstBound(t.parts); i >= 0 {
		return row.at(i)
	}
	pos := of.pos
	if pos == (strict.Pos{}) {
		pos = row.at(0)
	}
	return pos
}

// firstBound is the first column of parts that the table has, -1 for none.
func firstBound(parts []templatePart) int {
	for _, p := range parts {
		if p.column != nil && p.column.index >= 0 {
			return p.column.index
		}
		if i := firstBound(p.group); i >= 0 {
			return i
		}
	}
	return -1
}

// values are those of a cell: several, if it is split. They are good until it is called
// again.
func (row *rowOf) values(c *cellRule, of instance) []strict.Word {
	if c == nil {
		return nil
	}
	if c.text == nil {
		return row.one(c.constant.Text, c.constant.Pos.Beside())
	}
	text, ok := c.text.fill(row, of.value)
	if !ok {
		return nil
	}
	pos := row.pos(c.text, of)
	if len(c.split) == 0 && len(c.trim) == 0 && c.starts == "" && !strings.Contains(text, table.Within) {
		return row.one(text, pos)
	}
	var list []strict.Word
	for _, one := range c.cut(text) {
		if !slices.ContainsFunc(list, func(w strict.Word) bool { return w.Text == one }) {
			list = append(list, strict.Word{Text: one, Pos: pos})
		}
	}
	return list
}

// one is a list of one value.
func (row *rowOf) one(text string, pos strict.Pos) []strict.Word {
	row.single[0] = strict.Word{Text: text, Pos: pos}
	return row.single[:1:1]
}

// cut splits a text at its separators, and strips from each value what is not part of it.
func (c *cellRule) cut(text string) (list []string) {
	parts := strings.Split(text, table.Within)
	for _, sep := range c.split {
		var cut []string
		for _, p := range parts {
			cut = append(cut, strings.Split(p, sep)...)
		}
		parts = cut
	}
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if c.starts != "" {
			rest, ok := strings.CutPrefix(p, c.starts)
			if !ok {
				continue
			}
			p = strings.TrimSpace(rest)
		}
		for again := true; again; {
			before := p
			for _, t := range c.trim {
				p = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(p, t), t))
			}
			again = p != before
		}
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}

// meant returns what a value stands for; false, with a problem reported, if the mapping
// does not define it.
func (row *rowOf) meant(c *cellRule, w strict.Word) (strict.Word, bool) {
	if c.values == nil {
		return w, true
	}
	text, ok := c.values[w.Text]
	if !ok {
		row.unread(c, w, strict.Sprintf("the mapping does not say what %q stands for%s", w.Text, strict.DidYouMean(w.Text, c.known)))
	}
	w.Text = text
	return w, ok
}

// unread reports a cell that cannot be read by the mapping, or keeps it for the
// note of the claim.
func (row *rowOf) unread(c *cellRule, w strict.Word, msg string) {
	if !c.orNote {
		row.r.Addf(w.Pos, "%s; else: note keeps such cells in the note of the claim", msg)
		return
	}
	row.out.Noted++
	name := ""
	if n := w.Pos.Column - 1; n >= 0 && n < len(row.in.Columns()) {
		name = row.in.Columns()[n] + ": "
	}
	row.notes = append(row.notes, name+w.Text)
}
