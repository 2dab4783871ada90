package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/spreadsheet"
)

func renderSeparated(w io.Writer, comma rune, l *listing) error {
	c := csv.NewWriter(w)
	c.Comma = comma
	lines := append([][]string{l.heading()}, l.flat()...)
	if l.neutral {
		if _, err := io.WriteString(w, spreadsheet.BOM); err != nil {
			return err
		}
		for _, line := range lines {
			spreadsheet.Neutral(line)
		}
	}
	if err := c.WriteAll(lines); err != nil {
		return err
	}
	return c.Error()
}

func renderJSON(w io.Writer, l *listing) error {
	if len(l.rows) == 0 {
		_, err := fmt.Fprintln(w, "[]")
		return err
	}
	before := "[\n  "
	for _, row := range l.rows {
		object, err := l.object(row)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprint(w, before, object); err != nil {
			return err
		}
		before = ",\n  "
	}
	_, err := fmt.Fprintln(w, "\n]")
	return err
}

func renderJSONLines(w io.Writer, l *listing) error {
	for _, row := range l.rows {
		object, err := l.object(row)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, object); err != nil {
			return err
		}
	}
	return nil
}

// object returns a row in JSON, its members in the order of the columns.
func (l *listing) object(row listingRow) (string, error) {
	members, err := object(l.columns, row.cells)
	if err != nil || len(l.details) == 0 {
		return "{" + members + "}", err
	}
	var details []string
	for _, d := range row.details {
		one, err := object(l.details, d)
		if err != nil {
			return "", err
		}
		details = append(details, "{"+one+"}")
	}
	return fmt.Sprintf(`{%s, %q: [%s]}`, members, cmp.Or(l.nested, "evidence"), strings.Join(details, ", ")), nil
}

func object(columns []string, cells []graph.Cell) (string, error) {
	var members []string
	for i, c := range cells {
		key, err := marshal(columns[i])
		if err != nil {
			return "", err
		}
		value, err := jsonCell(c)
		if err != nil {
			return "", err
		}
		members = append(members, key+": "+value)
	}
	return strings.Join(members, ", "), nil
}

// jsonCell returns a term in JSON, similar to JSON-LD's value objects.
func jsonCell(c graph.Cell) (string, error) {
	if c.Data != nil {
		return marshal(c.Data)
	}
	id := ""
	switch t := c.Value.(type) {
	case nil:
		return "null", nil
	case quad.IRI:
		id = string(t)
	case quad.BNode:
		id = t.String()
	default:
		return marshal(c.JSON())
	}
	columns, cells := []string{"@id"}, []graph.Cell{word(id)}
	if c.Text != "" {
		columns, cells = append(columns, "name"), append(cells, word(cmp.Or(c.Name, c.Text)))
	}
	if c.Name != "" {
		columns, cells = append(columns, "reading"), append(cells, word(c.Text))
	}
	if len(c.Same) > 0 {
		columns, cells = append(columns, "same as"), append(cells, graph.Cell{Data: c.Same})
	}
	for _, name := range slices.Sorted(maps.Keys(c.Parts)) {
		columns, cells = append(columns, name), append(cells, graph.Cell{Value: c.Parts[name]})
	}
	members, err := object(columns, cells)
	return "{" + members + "}", err
}

func marshal(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}
