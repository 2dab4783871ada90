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
		l.rows = append(l.rows, listingRow{cells: words(row...)})
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

// On a terminal a long cell is wrapped to its column, and a rule parts such rows.
func TestWrap(t *testing.T) {
	t.Parallel()
	lines := [][]string{{"first", "second"}, {"a few words in a row", "b"}, {"c", "d"}}
	widths, ok := fit(20, lines)
	want := `first         second
────────────────────
a few words   b
in a row
────────────────────
c             d
`
	if got := layTable(screen{width: 20}, widths, lines); !ok || got != want {
		t.Errorf("widths %v, %v: got\n%s\nwant\n%s", widths, ok, got, want)
	}
}

// What fits a terminal has no line beyond it, and every word, date, amount and IRI
// of it stands whole in a line. What does not fit is said not to.
func TestWordsStayWhole(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(15, 1))
	parts := []string{"a", "words", "12 March 2008", "45,000 USD", "kg:person/kim-jong-il", "한국", "half-year", "kg:source/donga-2008-04-04/claim/x"}
	fitted, records := 0, 0
	for range 500 {
		var lines [][]string
		var all []string
		for range 1 + r.IntN(4) {
			line := make([]string, 3)
			for i := range line {
				var cell []string
				for range r.IntN(7) {
					cell = append(cell, parts[r.IntN(len(parts))])
				}
				all = append(all, cell...)
				line[i] = strings.Join(cell, " ")
			}
			lines = append(lines, line)
		}
		width := 20 + r.IntN(160)
		widths, ok := fit(width, lines)
		if !ok {
			records++
			continue
		}
		fitted++
		got := layTable(screen{width: width}, widths, lines)
		for line := range strings.Lines(got) {
			if n := text.StringWidthWithoutEscSequences(strings.TrimSuffix(line, "\n")); n > width {
				t.Fatalf("a line of %d columns at %d:\n%s", n, width, got)
			}
		}
		for _, part := range parts {
			if want := occurrences(all, part); strings.Count(got, part) < want {
				t.Fatalf("%q stands %d times and not %d at %d:\n%s", part, strings.Count(got, part), want, width, got)
			}
		}
	}
	if fitted < 100 || records < 20 {
		t.Errorf("%d tables and %d records try little", fitted, records)
	}
}

func occurrences(list []string, what string) (n int) {
	for _, s := range list {
		if s == what {
			n++
		}
	}
	return n
}

// A field of a record is wrapped beside its name, or below where there is no room.
func TestRecord(t *testing.T) {
	t.Parallel()
	for width, want := range map[int]string{
		0:  "a          some words and more words of it\nlong name  b\n",
		30: "a          some words and more\n           words of it\nlong name  b\n",
		20: "a\n  some words and\n  more words of it\nlong name\n  b\n",
	} {
		var b strings.Builder
		screen{width: width}.fields(&b, "", []string{"a", "none", "long name"}, words("some words and more words of it", "", "b"))
		if b.String() != want {
			t.Errorf("at %d:\n%s\nwant:\n%s", width, b.String(), want)
		}
	}
}

// Columns without any value are left out and named.
func TestEmptyColumns(t *testing.T) {
	t.Parallel()
	l := &listing{columns: []string{"a", "b", "c"}, rows: []listingRow{{cells: words("", "", "x")}, {cells: words("y", "", "")}}}
	if empty := l.leaveOutEmpty(); strings.Join(empty, " ") != "b" || strings.Join(l.columns, " ") != "a c" || len(l.rows[1].cells) != 2 {
		t.Errorf("left out %v of %v", empty, l.columns)
	}
	none := &listing{columns: []string{"a"}, rows: []listingRow{{cells: words("")}}}
	if empty := none.leaveOutEmpty(); len(empty) > 0 || len(none.columns) != 1 {
		t.Errorf("a row of nothing has lost its column")
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
		l := &listing{columns: []string{"name", "of"}, rows: []listingRow{
			{cells: []graph.Cell{cell("colour", "en"), cell("x", "de")}}, {cells: []graph.Cell{cell("colour", "fr"), word("x")}}, {cells: []graph.Cell{cell("hue", "en"), word("x")}}}}
		var b strings.Builder
		l.tellApart()
		if err := renderers[format](&b, l); err != nil || b.String() != want {
			t.Errorf("%s: %v\n%s\nexpected:\n%s", format, err, b.String(), want)
		}
	}
}
