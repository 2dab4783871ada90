package queries_test

import (
	"context"
	"fmt"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
	"kg/schema"
)

// counting counts the names that are looked up: those of nodes are the values
// that are asked for.
type counting struct {
	cayley.QuadStore
	shape.Optimizer
	values map[quad.Value]int
}

func (c counting) ValueOf(v quad.Value) (refs.Ref, error) {
	c.values[v]++
	return c.QuadStore.ValueOf(v)
}

// named are n nodes with names, and the graph that they stand in.
func named(t testing.TB, n int) (counting, func(int) quad.IRI) {
	node := func(i int) quad.IRI { return quad.IRI(fmt.Sprintf("https://ex.org/%d", i)) }
	var quads []quad.Quad
	for i := range n {
		quads = append(quads,
			quad.Quad{Subject: node(i), Predicate: schema.Label, Object: quad.String(fmt.Sprint("name ", i)), Label: quad.IRI("https://ex.org/g")},
			quad.Quad{Subject: node(i), Predicate: quad.IRI("https://ex.org/of"), Object: node(i / 2), Label: quad.IRI("https://ex.org/g")})
	}
	qs := viewOfQuads(t, quads).Cayley()
	return counting{qs, qs.(shape.Optimizer), map[quad.Value]int{}}, node
}

// TestOnlyWhatIsShownIsNamed: of a text's rows only those that are shown are
// named and explained; the others are counted, and so are their tags and the
// evidence that they share.
func TestOnlyWhatIsShownIsNamed(t *testing.T) {
	const n, limit = 200, 5
	for _, evidence := range []bool{false, true} {
		qs, node := named(t, n)
		v := graph.NewView(qs, schema.DefaultBase)
		text := `g.V().has("<https://ex.org/of>").tag("of").out("<https://ex.org/of>").all()`
		res, err := queries.Text(text).Run(context.Background(), v, evidence, limit)
		if err != nil || len(res.Rows) != limit || res.All != n {
			t.Fatalf("%d rows of %d, %v", len(res.Rows), res.All, err)
		}
		shown := map[quad.Value]bool{}
		for _, row := range res.Rows {
			for _, cell := range row.Cells {
				shown[cell.Value] = true
				if cell.Text == string(cell.Value.(quad.IRI)) {
					t.Errorf("%v is shown without its name", cell.Value)
				}
			}
		}
		for i := range n {
			if asked := qs.values[node(i)] > 0; asked != shown[node(i)] {
				t.Errorf("evidence %v: %v: shown %v, looked up %v", evidence, node(i), shown[node(i)], asked)
			}
		}
	}
}

// TestEvidenceBeyondTheLimit: a row that is shown has the evidence of all rows
// that are as it, and the columns of all rows.
func TestEvidenceBeyondTheLimit(t *testing.T) {
	qs, _ := named(t, 4)
	v := graph.NewView(qs, schema.DefaultBase)
	text := `g.V("<https://ex.org/2>", "<https://ex.org/3>").out("<https://ex.org/of>").all(); g.V("<https://ex.org/0>").tag("late").all()`
	for limit, rows := range map[int]int{0: 3, 1: 1, 2: 2, 9: 3} {
		res, err := queries.Text(text).Run(context.Background(), v, true, limit)
		if err != nil || len(res.Rows) != rows || res.All != 3 || len(res.Columns) != 2 {
			t.Fatalf("limit %d: %d rows of %d, columns %v, %v", limit, len(res.Rows), res.All, res.Columns, err)
		}
		if got := len(res.Rows[0].Evidence.Witnesses); got != 2 {
			t.Errorf("limit %d: %d witnesses, want 2", limit, got)
		}
	}
}

func BenchmarkFirstRows(b *testing.B) {
	for _, evidence := range []bool{false, true} {
		b.Run(fmt.Sprintf("evidence=%v", evidence), func(b *testing.B) {
			qs, _ := named(b, 20_000)
			b.ReportAllocs()
			for b.Loop() {
				v := graph.NewView(qs, schema.DefaultBase)
				if _, err := queries.Text(`g.V().out("<https://ex.org/of>").all()`).Run(context.Background(), v, evidence, 5); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
