package main

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/jedib0t/go-pretty/v6/text"

	"kg/graph"
)

func table(t *testing.T, columns []string, rows ...[]string) []string {
	t.Helper()
	l := &listing{columns: columns}
	for _, row := range rows {
		l.rows = append(l.rows, listed{cells: words(row...)})
	}
	var b strings.Builder
	if err := renderTable(&b, l); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

// Columns begin in one place, however wide letters are.
func TestTableIsAligned(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 3))
	for range 200 {
		columns := []string{"a", "long heading", "c"}
		var rows [][]string
		for range 1 + r.IntN(5) {
			var row []string
			for i := range columns {
				row = append(row, strconv.Itoa(i)+strings.Repeat([]string{"x", "é", "한", "ё "}[r.IntN(4)], r.IntN(30))+"|")
			}
			rows = append(rows, row)
		}
		lines := table(t, columns, rows...)
		if len(lines) != 1+len(rows) {
			t.Fatalf("%d lines of %d rows", len(lines), len(rows))
		}
		second := text.StringWidthWithoutEscSequences(strings.SplitN(lines[0], "long", 2)[0])
		for i, row := range rows {
			before, _, ok := strings.Cut(lines[i+1], row[1]+" ")
			if !ok || text.StringWidthWithoutEscSequences(before) != second || !strings.HasSuffix(lines[i+1], row[2]) {
				t.Fatalf("row %q is laid out as %q", row, lines[i+1])
			}
		}
	}
}

// One very long cell is whole, and makes no other line longer.
func TestLongCell(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 4000) + "end"
	lines := table(t, []string{"first", "second"}, []string{"a", "b"}, []string{long, "c"}, []string{"d", long}, []string{strings.Repeat("x", 120), "e"})
	for i, line := range lines {
		if i != 2 && i != 3 && len(line) > 130 {
			t.Errorf("line %d has %d characters", i, len(line))
		}
	}
	if lines[2] != long+"  c" || !strings.HasSuffix(lines[3], "  "+long) || lines[4] != strings.Repeat("x", 120)+"  e" {
		t.Errorf("the long cells stand in %.40q… and %.140q…", lines[2], lines[3])
	}
	if lines[0] != "first"+strings.Repeat(" ", 117)+"second" {
		t.Errorf("the heading is %q", lines[0])
	}
}

// On a terminal a long cell is wrapped to its column.
func TestWrap(t *testing.T) {
	t.Parallel()
	lines := [][]string{{"first", "second"}, {"a few words in a row", "b"}}
	widths := columnWidths(20, lines)
	if got, want := layRow(widths, lines[1], true), "a few       b\nwords in a\nrow"; got != want || total(widths)+gap*2 > 20 {
		t.Errorf("widths %v: got\n%s\nwant\n%s", widths, got, want)
	}
}

// Values that differ by their language alone are told apart, in every format in
// which people read them.
func TestLanguagesAreShown(t *testing.T) {
	t.Parallel()
	cell := func(s, tag string) graph.Cell {
		return graph.Cell{Value: quad.LangString{Value: quad.String(s), Lang: tag}, Text: s}
	}
	for format, want := range map[string]string{
		"table": "name        of\ncolour @en  x @de\ncolour @fr  x\nhue         x\n",
		"csv":   "name,of\ncolour @en,x @de\ncolour @fr,x\nhue,x\n",
	} {
		l := &listing{columns: []string{"name", "of"}, rows: []listed{
			{cells: []graph.Cell{cell("colour", "en"), cell("x", "de")}}, {cells: []graph.Cell{cell("colour", "fr"), word("x")}}, {cells: []graph.Cell{cell("hue", "en"), word("x")}}}}
		var b strings.Builder
		l.tellApart()
		if err := renderers[format](&b, l); err != nil || b.String() != want {
			t.Errorf("%s: %v\n%s\nexpected:\n%s", format, err, b.String(), want)
		}
	}
}
