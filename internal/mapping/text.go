package mapping

import (
	"bytes"
	"strings"

	"kg/internal/strict"
	"kg/internal/table"
)

// template is a text with references to cells: "{given name} {family name}". A group in
// square brackets is left out if a cell in it is empty; any other empty cell leaves out
// the whole.
type template struct {
	pos   strict.Pos
	parts []templatePart
}

// templatePart is a literal text, a column, or a group that may be left out.
type templatePart struct {
	text   string
	column *columnRef
	group  []templatePart
}

// columnRef is a column by its name, and its number once a table is known.
type columnRef struct {
	name  string
	pos   strict.Pos
	index int    // from 0; -1 for one that the table does not have
	thing *thing // whose id it stands for if the table has no such column
}

// The names in a template of the value for which a thing is made, when it is made for
// each value of a cell, and of the row number.
const (
	eachValue = "#value"
	rowNumber = "#row"
)

// mostText is how long a text of a mapping can be, in bytes.
const mostText = 10000

func columnTemplate(w strict.Word) *template {
	return &template{pos: w.Pos, parts: []templatePart{{column: &columnRef{name: w.Text, pos: w.Pos}}}}
}

// readTemplate reads a text with columns in braces; nil for nothing.
func readTemplate(what string, n strict.Node) *template {
	if !n.Present() {
		return nil
	}
	if n.IsMapping() {
		n.Addf("%s is a text, with columns in braces: put it in quotes, such as \"{name}\"", what)
		return nil
	}
	w := n.Line(what)
	t := &template{pos: w.Pos}
	if len(w.Text) > mostText {
		n.Addf("%s is longer than %d bytes", what, mostText)
		return t
	}
	p := templateParser{text: w.Text, pos: w.Pos}
	if t.parts = p.parts(false); p.wrong != "" {
		n.Addf("%s: %s", what, p.wrong)
	}
	return t
}

type templateParser struct {
	text  string
	pos   strict.Pos
	wrong string
}

// parts reads as far as the end, or as the end of a group.
func (p *templateParser) parts(group bool) (list []templatePart) {
	for p.text != "" && p.wrong == "" {
		i := strings.IndexAny(p.text, "{}[]")
		if i < 0 {
			i = len(p.text)
		}
		if i > 0 {
			list = append(list, templatePart{text: p.text[:i]})
			p.text = p.text[i:]
			continue
		}
		sign := p.text[0]
		p.text = p.text[1:]
		switch {
		case sign == '{':
			name, rest, ok := strings.Cut(p.text, "}")
			if name = strings.TrimSpace(name); !ok || name == "" || strings.Contains(name, "{") {
				p.wrong = "a brace opens, and no column stands behind it: \"{name}\""
			}
			list, p.text = append(list, templatePart{column: &columnRef{name: name, pos: p.pos}}), rest
		case sign == '[' && !group:
			inner, columns := p.parts(true), 0
			if eachColumn(inner, func(*columnRef) { columns++ }); columns == 0 && p.wrong == "" {
				p.wrong = "what stands in square brackets is left out if a column in it is empty, and there is none"
			}
			list = append(list, templatePart{group: inner})
		case sign == ']' && group:
			return list
		default:
			p.wrong = "a bracket or brace stands alone, or within another: {column}, and [what is left out if {column} is empty]"
		}
	}
	if group && p.wrong == "" {
		p.wrong = "a square bracket is not closed"
	}
	return list
}

// columns calls use with all columns of a template.
func (t *template) columns(use func(*columnRef)) {
	if t != nil {
		eachColumn(t.parts, use)
	}
}

func eachColumn(parts []templatePart, use func(*columnRef)) {
	for _, p := range parts {
		if p.column != nil {
			use(p.column)
		}
		eachColumn(p.group, use)
	}
}

// fill returns the text for a row, and false if a required cell is empty. value is the
// value of the thing for which it is filled.
func (t *template) fill(row *rowOf, value string) (string, bool) {
	if len(t.parts) == 1 && t.parts[0].column != nil {
		s := row.cell(t.parts[0].column, value)
		return s, s != ""
	}
	row.text = row.text[:0]
	if !row.fill(t.parts, value) {
		return "", false
	}
	return string(bytes.TrimSpace(row.text)), true
}

// fill puts parts behind the text of the row; false if a cell that they need is empty.
func (row *rowOf) fill(parts []templatePart, value string) bool {
	for _, p := range parts {
		switch {
		case p.column != nil:
			s := row.cell(p.column, value)
			if s == "" {
				return false
			}
			row.text = append(row.text, strings.ReplaceAll(s, table.Within, "; ")...)
		case p.group != nil:
			if before := len(row.text); !row.fill(p.group, value) {
				row.text = row.text[:before]
			}
		default:
			row.text = append(row.text, p.text...)
		}
	}
	return true
}
