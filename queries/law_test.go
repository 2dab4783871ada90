package queries_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
	"kg/schema"
)

var pairs = flag.Int("pairs", 15, "how many pairs of sources the law of evidence is tried on")

// TestAnotherSourceChangesNoRow is the law of evidence. Two generated sources
// share named persons, places and organisations; the other one asserts no edge
// of a shared thing and speaks of no event of the first. Then every row of one
// source alone comes back from both with the same cells, said by, sure and
// denied by, or with an empty cell filled by the other, whose claims are added
// for that cell alone; what both give is one row with the evidence of both.
func TestAnotherSourceChangesNoRow(t *testing.T) {
	if testing.Short() {
		t.Skip("many pairs of sources")
	}
	t.Parallel()
	o, set := bundled(t)
	seen := lawCounts{}
	for i := range *pairs {
		r := rand.New(rand.NewPCG(uint64(i), 41))
		owns := i%2 == 0 // then the first may change rows of the second
		s, other := generate(r, o, "first", owns), generate(r, o, "second", false)
		checkLaw(t, o, set, s, other, !owns, seen)
		if t.Failed() {
			t.Fatalf("pair %d:\n%s\n%s", i, s, other)
		}
	}
	for _, what := range []string{"same", "filled", "of both", "denied"} {
		if seen[what] < *pairs/10 {
			t.Errorf("only %d rows were %s: %v", seen[what], what, seen)
		}
	}
	for name := range set {
		if seen[name] == 0 {
			t.Errorf("query %s had no rows", name)
		}
	}
}

type lawCounts map[string]int

func checkLaw(t *testing.T, o *schema.Ontology, set queries.Set, s, other string, exchanged bool, seen lawCounts) {
	t.Helper()
	alone, there, both := viewOf(t, o, s), viewOf(t, o, other), viewOf(t, o, s, other)
	for _, name := range set.Names() {
		q := set[name]
		for _, args := range argumentsOf(o, q) {
			first, second, rows := ask(t, q, alone, args), ask(t, q, there, args), ask(t, q, both, args)
			seen[name] += len(first)
			for i, pair := range [][2]map[string]queries.Row{{first, second}, {second, first}} {
				if i == 1 && !exchanged {
					continue
				}
				for key, row := range pair[0] {
					if problem := kept(q.Columns, row, key, pair[1], rows, seen); problem != "" {
						t.Errorf("%s %v: row %q of one source: %s", name, args, row.Texts(), problem)
						for _, got := range rows {
							t.Logf("of both: %q", got.Texts())
						}
						return
					}
				}
			}
		}
	}
}

// kept says how a row of one source fails to come back from both; with nothing
// to say, it does.
func kept(columns []string, row queries.Row, key string, other, both map[string]queries.Row, seen lawCounts) string {
	if len(row.Evidence.Deniers) > 0 {
		seen["denied"]++
	}
	if got, ok := both[key]; ok {
		twin, shared := other[key]
		if !shared {
			seen["same"]++
			if !slices.Equal(got.Texts(), row.Texts()) || !maps.Equal(claimsOf(got), claimsOf(row)) {
				return fmt.Sprintf("comes back as %q", got.Texts())
			}
			return ""
		}
		seen["of both"]++
		want := claimsOf(row)
		maps.Copy(want, claimsOf(twin))
		if !maps.Equal(claimsOf(got), want) {
			return fmt.Sprintf("and its twin come back on %v, not on %v", claimsOf(got), want)
		}
		return ""
	}
	for _, got := range both {
		if fills(got, row) && addsOnly(columns, got, row) {
			seen["filled"]++
			return ""
		}
	}
	return "is gone"
}

// fills reports whether got has all cells of row and more.
func fills(got, row queries.Row) bool {
	for i, c := range row.Cells {
		if c.Value != nil && c.Value != got.Cells[i].Value {
			return false
		}
	}
	return true
}

// addsOnly reports whether the claims of got are those of row and some of the
// other source, and whether what is said of row's own cells is the same.
func addsOnly(columns []string, got, row queries.Row) bool {
	own := row.Evidence.Sources()
	for c := range claimsOf(row) {
		if !claimsOf(got)[c] {
			return false
		}
	}
	for _, c := range got.Evidence.Claims {
		if !claimsOf(row)[c.IRI] && slices.Contains(own, c.Source) {
			return false
		}
	}
	of := func(r queries.Row) map[string]bool {
		said := map[string]bool{}
		for _, s := range r.Evidence.Sureness {
			for _, cell := range s.Cells {
				i := slices.Index(columns, cell)
				if i >= 0 && row.Cells[i].Value != nil {
					said[fmt.Sprint(cell, s.Speaker, s.Derived, s.Stance, s.Hedges, s.Status, s.Doubts)] = true
				}
			}
		}
		return said
	}
	return maps.Equal(of(row), of(got))
}

func claimsOf(r queries.Row) map[quad.IRI]bool {
	set := map[quad.IRI]bool{}
	for _, c := range r.Evidence.Claims {
		set[c.IRI] = true
	}
	return set
}

// ask returns the rows of a query by their cells.
func ask(t *testing.T, q *queries.Query, v *graph.View, args []string) map[string]queries.Row {
	t.Helper()
	params, err := q.Bind(context.Background(), v, args)
	if err != nil {
		return nil // the source does not speak of it
	}
	res, err := q.Run(context.Background(), v, params)
	if err != nil {
		t.Fatalf("%s %v: %v", q.Name, args, err)
	}
	rows := map[string]queries.Row{}
	for _, row := range res.Rows {
		var key strings.Builder
		for _, c := range row.Cells {
			if c.Value != nil {
				key.WriteString(c.Value.String())
			}
			key.WriteByte(0)
		}
		rows[key.String()] = row
	}
	return rows
}

// argumentsOf are the calls of a query: without a value, and with each shared
// thing of the parameter's kind.
func argumentsOf(o *schema.Ontology, q *queries.Query) [][]string {
	calls := [][]string{nil}
	for _, p := range q.Params {
		for _, e := range shared {
			if p.Type == "entity" || o.Kind(e.kind).Within(o.Kind(p.Type)) {
				calls = append(calls, []string{p.Name + "=kg:" + schema.Folder(e.kind) + "/" + e.id})
			}
		}
	}
	return calls
}

func viewOf(t *testing.T, o *schema.Ontology, files ...string) *graph.View {
	t.Helper()
	return viewWith(t, o, graph.LoadOptions{Base: schema.DefaultBase}, files...)
}
