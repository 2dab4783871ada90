package queries_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/graphtest"
	"kg/internal/rdf/nquads"
	"kg/internal/testsize"
	"kg/queries"
	"kg/schema"
)

const (
	mixedText = `g.V("<x:event>").in("<x:is>").tag("event").saveOpt("<x:n>", "n").saveOpt("<x:figure>", "figure").all();`
	// lastText finds the rows of some events before those of all.
	lastText = `g.V("<https://kg.example/event/e9>", "<https://kg.example/event/e8>", "<https://kg.example/event/e7>", "<https://kg.example/event/e6>", "<https://kg.example/event/e5>").tag("event").saveOpt("<x:n>", "n").saveOpt("<x:figure>", "figure").all();`
)

// mixedQuads are events with values of all sorts, or none: ties in one column and in
// all, figures that are read alike, names of two sources, nodes that are joined.
func mixedQuads(r *rand.Rand, events int) (quads []quad.Quad) {
	iri := func(format string, args ...any) quad.IRI {
		return quad.IRI(schema.DefaultBase) + quad.IRI(fmt.Sprintf(format, args...))
	}
	decimal := func(s string) quad.Value {
		return quad.TypedString{Value: quad.String(s), Type: "http://www.w3.org/2001/XMLSchema#decimal"}
	}
	values := []quad.Value{quad.Int(5), quad.Int(10), quad.Float(5), quad.Float(7.5), decimal("7.5"), quad.String("3 of them"), quad.String("7"),
		quad.String("10"), quad.LangString{Value: "7", Lang: "en"}, quad.Bool(true), quad.IRI("x:n"), quad.IRI("x:other"), iri("event/e1")}
	days := []string{"2007-01-01", "2007-12-31", "2008-01-01"}
	for i := range events {
		event, source := iri("event/e%d", i), iri("source/s%d", r.IntN(3))
		claim := source + quad.IRI(fmt.Sprintf("/claim/c%d", i))
		add := func(s, p quad.IRI, o quad.Value) {
			quads = append(quads, quad.Quad{Subject: s, Predicate: p, Object: o, Label: claim})
		}
		add(event, "x:is", quad.IRI("x:event"))
		for range r.IntN(3) {
			add(event, schema.Label, quad.String(pick(r, []string{"a", "b", "c"})))
		}
		for range r.IntN(3) {
			add(event, "x:n", pick(r, values))
		}
		if r.IntN(12) == 0 {
			add(event, schema.SameAs, iri("event/e%d", r.IntN(events)))
		}
		for j := range r.IntN(3) {
			figure := claim + quad.IRI(fmt.Sprintf("/f%d", j))
			add(event, "x:figure", figure)
			if r.IntN(2) == 0 {
				add(figure, schema.Type, schema.DateClass)
				add(figure, pick(r, []quad.IRI{schema.Earliest, schema.Latest}), quad.String(pick(r, days)))
			} else if r.IntN(3) > 0 {
				add(figure, schema.Type, schema.QuantityClass)
				add(figure, pick(r, []quad.IRI{schema.Value, schema.MinValue, schema.MaxValue}), pick(r, values[:4]))
			}
			if r.IntN(2) == 0 {
				add(figure, schema.Label, quad.String(pick(r, []string{"5", "2007", "10"})))
			}
		}
	}
	return quads
}

// TestEveryPage holds every page of some rows against all rows, each described and all
// sorted; those of a store in memory or on a server against those of one in a file; and
// those that are found in one order against another.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	rounds, ties := testsize.Of(1, 4), 0
	for round := range rounds {
		r := rand.New(rand.NewPCG(uint64(round), 14))
		quads := mixedQuads(r, 10+r.IntN(40))
		file, err := graph.Create(filepath.Join(t.TempDir(), "kg.db"), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { file.Close() })
		fill := func(s *graph.Store) error {
			r.Shuffle(len(quads), func(i, j int) { quads[i], quads[j] = quads[j], quads[i] })
			return loadQuads(s, quads)
		}
		if err := fill(file); err != nil {
			t.Fatal(err)
		}
		stores := []*graph.Store{file, graphtest.Store(t, fill)}
		ordered := [][]string{{"n", "event"}, {"figure", "n"}, {"event", "none", "figure"}, {"figure"}, {"none", "figure", "event", "n"}}
		for _, columns := range ordered[testsize.Of(3, 0):] {
			q := &queries.Query{Name: "mixed", Columns: columns, Text: mixedText}
			last := &queries.Query{Name: "last", Columns: columns, Text: lastText + mixedText}
			var first []string
			for _, s := range stores {
				v := s.View(schema.DefaultBase)
				rows, tied := naiveRows(t, q, v)
				if ties += tied; first == nil {
					first = spelled(rows)
				}
				if got := spelled(rows); !slices.Equal(got, first) {
					t.Fatalf("round %d, %v: one store has\n%s\nanother\n%s", round, columns, strings.Join(got, "\n"), strings.Join(first, "\n"))
				}
				others, _ := naiveRows(t, last, v)
				if got, want := cellsOf(others), cellsOf(rows); !slices.Equal(got, want) {
					t.Fatalf("round %d, %v: in one order there are\n%s\nin another\n%s", round, columns, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
				for _, size := range []int{1, 4, len(rows) + 1} {
					checkPages(t, q, v, rows, size)
				}
			}
		}
	}
	if ties < rounds {
		t.Errorf("%d rows are read like the one before them, too few to tell", ties)
	}
}

func loadQuads(s *graph.Store, quads []quad.Quad) error {
	var text bytes.Buffer
	w := nquads.NewWriter(&text)
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(&text), nil }
	_, err := s.LoadQuads(context.Background(), []graph.QuadsFile{{Name: "quads.nq", Open: open}}, graph.LoadOptions{Base: schema.DefaultBase})
	return err
}

// naiveRows are all rows of a question in order: those that Run gives, of which there
// must be one for each answer that is read otherwise than the others, sorted anew.
func naiveRows(t *testing.T, q *queries.Query, v *graph.View) (rows []queries.Row, ties int) {
	t.Helper()
	ctx := context.Background()
	key := func(value func(i int) quad.Value) (key string) {
		for i := range q.Columns {
			if one, err := v.Canonical(ctx, value(i)); err != nil {
				t.Fatal(err)
			} else if one != nil {
				same, err := v.Same(ctx, one)
				if err != nil {
					t.Fatal(err)
				}
				key += same
			}
			key += "\x00"
		}
		return key
	}
	want := map[string]int{}
	found, err := v.Saved(ctx, q.Text, nil)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range found.Rows() {
		if err == nil {
			err = row.Read()
		}
		if err != nil {
			t.Fatal(err)
		}
		want[key(func(i int) quad.Value { return row.Get(q.Columns[i]) })]++
	}
	all, err := q.Run(ctx, v, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows = slices.Clone(all.Rows)
	for _, row := range rows {
		delete(want, key(func(i int) quad.Value { return row.Cells[i].Value }))
	}
	if all.All != len(rows) || len(want) > 0 {
		t.Fatalf("%v: %d rows of %d, without %v", q.Columns, len(rows), all.All, want)
	}
	rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	slices.SortFunc(rows, naiveOrder)
	if got, want := spelled(all.Rows), spelled(rows); !slices.Equal(got, want) {
		t.Fatalf("%v: the rows are\n%s\nwant\n%s", q.Columns, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for i := 1; i < len(rows); i++ {
		if slices.Equal(rows[i].Texts(), rows[i-1].Texts()) {
			ties++
		}
	}
	return rows, ties
}

// naiveOrder is the order of rows, from the cells alone.
func naiveOrder(a, b queries.Row) (d int) {
	for i := range a.Cells {
		x, y := a.Cells[i], b.Cells[i]
		if x.Value == nil || y.Value == nil {
			d = cmp.Or(d, cmp.Compare(quad.StringOf(y.Value), quad.StringOf(x.Value)))
			continue
		}
		xn, xis := number(x)
		yn, yis := number(y)
		switch {
		case xis && !yis:
			d = cmp.Or(d, -1)
		case yis && !xis:
			d = cmp.Or(d, 1)
		}
		day := func(c graph.Cell) string {
			return cmp.Or(graph.Text(c.Parts["earliest"]), graph.Text(c.Parts["latest"]))
		}
		d = cmp.Or(d, cmp.Compare(xn, yn), strings.Compare(day(x), day(y)), strings.Compare(x.Text, y.Text))
	}
	for i := range a.Cells {
		d = cmp.Or(d, strings.Compare(quad.StringOf(a.Cells[i].Value), quad.StringOf(b.Cells[i].Value)))
	}
	return d
}

func number(c graph.Cell) (float64, bool) {
	for _, value := range []quad.Value{c.Value, c.Parts["value"], c.Parts["minValue"], c.Parts["maxValue"]} {
		switch n := value.(type) {
		case quad.Int:
			return float64(n), true
		case quad.Float:
			return float64(n), true
		}
	}
	return 0, false
}

func checkPages(t *testing.T, q *queries.Query, v *graph.View, rows []queries.Row, size int) {
	t.Helper()
	for from := 0; from <= len(rows); from += size {
		to := min(from+size, len(rows))
		page, err := q.RunPage(context.Background(), v, nil, from, from+size, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := spelled(page.Rows), spelled(rows[from:to]); page.All != len(rows) || page.From != from || !slices.Equal(got, want) {
			t.Fatalf("%v: from %d of %d are\n%s\nof %d, want\n%s", q.Columns, from, len(rows), strings.Join(got, "\n"), page.All, strings.Join(want, "\n"))
		}
	}
}

// spelled are rows with all that is in their cells and their evidence.
func spelled(rows []queries.Row) (list []string) {
	for _, row := range rows {
		list = append(list, fmt.Sprintf("%q %v %v", row.Texts(), row.Cells, claimsOf(row)))
	}
	return list
}

func cellsOf(rows []queries.Row) (list []string) {
	for _, row := range rows {
		list = append(list, fmt.Sprint(row.Cells))
	}
	return list
}
