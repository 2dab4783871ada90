package main

import (
	"bufio"
	"cmp"
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
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"

	"kg/graph"
	"kg/queries"
)

func renderTable(w io.Writer, l *listing) error {
	if len(l.rows) == 0 {
		return nil
	}
	if len(l.details) > 0 {
		return renderBlocks(w, l)
	}
	width, colours := terminal(w)
	lines := append([][]string{slices.Clone(l.columns)}, l.flat()...)
	for _, line := range lines {
		for i, cell := range line {
			line[i] = printable(cell)
		}
	}
	widths := columnWidths(width, lines)
	b := bufio.NewWriter(w)
	for i, line := range lines {
		laid := layRow(widths, line, width > 0)
		if i == 0 && colours {
			laid = "\x1b[1m" + laid + "\x1b[0m"
		}
		if _, err := b.WriteString(laid + "\n"); err != nil {
			return err
		}
	}
	return b.Flush()
}

// gap separates two columns.
const gap = 2

// layRow is a row with its cells padded to widths, and, on a terminal, wrapped
// to them. A cell that is longer than its column pads no other row.
func layRow(widths []int, cells []string, wrap bool) string {
	parts, height := make([][]string, len(cells)), 1
	for i, cell := range cells {
		parts[i] = []string{cell}
		if wrap {
			parts[i] = strings.Split(text.WrapSoft(cell, widths[i]), "\n")
		}
		height = max(height, len(parts[i]))
	}
	lines := make([]string, height)
	for n := range lines {
		var b strings.Builder
		for i, part := range parts {
			cell := ""
			if n < len(part) {
				cell = strings.TrimRight(part[n], " ")
			}
			b.WriteString(text.Pad(cell, widths[i], ' ') + strings.Repeat(" ", gap))
		}
		lines[n] = strings.TrimRight(b.String(), " ")
	}
	return strings.Join(lines, "\n")
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
	if later, ok := w.(*whole); ok {
		w = later.out
	}
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

// printable keeps what a source says from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

// widest is the width of the longest cell that others of its column are padded
// to where there is no terminal to wrap at.
const widest = 120

// columnWidths are as wide as the cells; on a terminal the widest columns are
// narrowed until the table fits it.
func columnWidths(width int, lines [][]string) []int {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			if n := text.StringWidthWithoutEscSequences(cell); width > 0 || n <= widest {
				widths[i] = max(widths[i], n)
			}
		}
	}
	const least = 8
	for width > 0 && total(widths)+gap*len(widths) > width {
		i := slices.Index(widths, slices.Max(widths))
		if widths[i] <= least {
			break
		}
		widths[i]--
	}
	return widths
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
	lines := append([][]string{l.heading()}, l.flat()...)
	if l.neutral {
		if _, err := io.WriteString(w, queries.BOM); err != nil {
			return err
		}
		for _, line := range lines {
			queries.NeutralAll(line)
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
