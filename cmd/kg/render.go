package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"

	"kg/graph"
)

func renderTable(w io.Writer, l *listing) error {
	if len(l.rows) == 0 {
		return nil
	}
	if len(l.details) > 0 {
		return renderBlocks(w, l)
	}
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	style.Color.Header = nil
	width, colours := terminal(w)
	if colours {
		style.Color.Header = text.Colors{text.Bold}
	} else {
		text.DisableColors()
	}
	t.SetStyle(style)
	heading, lines := l.columns, l.flat()
	t.AppendHeader(asRow(heading))
	for _, line := range lines {
		t.AppendRow(asRow(line))
	}
	t.SetColumnConfigs(columnWidths(width, heading, lines))
	for _, line := range strings.Split(t.Render(), "\n") {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " ")); err != nil {
			return err
		}
	}
	return nil
}

// renderBlocks prints a row as a block, a line a cell, with its details
// indented below: a table with room for passages.
func renderBlocks(w io.Writer, l *listing) error {
	var b strings.Builder
	block := func(indent string, columns []string, cells []graph.Cell) {
		width := 0
		for _, c := range columns {
			width = max(width, len(c))
		}
		for i, cell := range cells {
			if cell.Text != "" {
				fmt.Fprintf(&b, "%s%-*s  %s\n", indent, width, columns[i], printable(cell.Text))
			}
		}
	}
	for i, row := range l.rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		block("", l.columns, row.cells)
		for _, detail := range row.details {
			block("    ", l.details, detail)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// terminal returns the width of the terminal behind w, or 0 for none, and
// whether it takes colours.
func terminal(w io.Writer) (width int, colours bool) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 0
	}
	return width, os.Getenv("NO_COLOR") == ""
}

func asRow(cells []string) table.Row {
	row := table.Row{}
	for _, c := range cells {
		row = append(row, printable(c))
	}
	return row
}

// printable keeps what a source says from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

// columnWidths wraps the widest columns until the table fits the terminal.
func columnWidths(width int, heading []string, lines [][]string) []table.ColumnConfig {
	if width == 0 {
		return nil
	}
	widths := make([]int, len(heading))
	for _, line := range append(lines, heading) {
		for i, cell := range line {
			widths[i] = max(widths[i], text.StringWidthWithoutEscSequences(cell))
		}
	}
	const least, gap = 8, 2
	for total(widths)+gap*len(widths) > width {
		widest := slices.Index(widths, slices.Max(widths))
		if widths[widest] <= least {
			break
		}
		widths[widest]--
	}
	var configs []table.ColumnConfig
	for i, w := range widths {
		configs = append(configs, table.ColumnConfig{Number: i + 1, WidthMax: w, WidthMaxEnforcer: text.WrapSoft})
	}
	return configs
}

func total(list []int) (sum int) {
	for _, n := range list {
		sum += n
	}
	return sum
}

func renderSeparated(w io.Writer, comma rune, l *listing) error {
	c := csv.NewWriter(w)
	c.Comma = comma
	if err := c.Write(l.heading()); err != nil {
		return err
	}
	if err := c.WriteAll(l.flat()); err != nil {
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

// object is a row in JSON, its members in the order of the columns.
func (l *listing) object(row listed) (string, error) {
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
	return fmt.Sprintf(`{%s, "evidence": [%s]}`, members, strings.Join(details, ", ")), nil
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

// jsonCell is a term in JSON, in the manner of JSON-LD's value objects.
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
		return marshal(graph.JSON(t))
	}
	columns, cells := []string{"@id"}, []graph.Cell{word(id)}
	if c.Text != "" {
		columns, cells = append(columns, "name"), append(cells, word(c.Text))
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
