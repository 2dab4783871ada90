package queries_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/rdf/nquads"
	"kg/queries"
	"kg/schema"
)

// BenchmarkSavedQuery asks each saved query as its first example does: whole, as
// people read it, and as rows, with their evidence and without: the path engine
// alone. It asks the article and 50 sources like it.
func BenchmarkSavedQuery(b *testing.B) {
	set, err := queries.Read()
	if err != nil {
		b.Fatal(err)
	}
	article, whole := views(b, "donga-2008-04-04.yaml")
	for _, g := range []struct {
		name string
		view func(*testing.B) *graph.View
	}{
		{"article", func(*testing.B) *graph.View { return article }},
		{"sources=50", func(b *testing.B) *graph.View { return copies(b, whole, 50) }},
	} {
		b.Run(g.name, func(b *testing.B) {
			view := g.view(b)
			for _, name := range set.Names() {
				params := firstParams(b, set[name], article)
				b.Run(name+"/whole", func(b *testing.B) { benchWhole(b, view, set[name], params) })
				b.Run(name+"/evidence", func(b *testing.B) { benchRows(b, view, set[name].Text, params, true) })
				b.Run(name+"/plain", func(b *testing.B) { benchRows(b, view, set[name].Text, params, false) })
			}
		})
	}
}

func firstParams(b *testing.B, q *queries.Query, v *graph.View) map[string]quad.Value {
	params, err := q.Bind(context.Background(), v, q.Examples[0].Args)
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range q.Params {
		if _, ok := params[p.Name]; !ok {
			params[p.Name] = nil
		}
	}
	return params
}

func benchWhole(b *testing.B, v *graph.View, q *queries.Query, params map[string]quad.Value) {
	for b.Loop() {
		if _, err := q.Run(context.Background(), v, params); err != nil {
			b.Fatal(err)
		}
	}
}

func benchRows(b *testing.B, v *graph.View, text string, params map[string]quad.Value, evidence bool) {
	before := processorTime(b)
	defer func() { b.ReportMetric((processorTime(b)-before)/float64(b.N), "cpu-ms/op") }()
	for b.Loop() {
		for row, err := range v.Gizmo(context.Background(), text, params, evidence).Rows() {
			if err != nil {
				b.Fatal(err)
			}
			if _, err := row.Ways(); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// copies is a view of what another one has and of n-1 sources like its, of other
// names; countries are the same in all.
func copies(b *testing.B, v *graph.View, n int) *graph.View {
	var quads []quad.Quad
	for q, err := range v.Each(context.Background(), quad.Quad{}) {
		if err != nil {
			b.Fatal(err)
		}
		for i := range n {
			quads = append(quads, renamed(q, i))
		}
	}
	return viewOfQuads(b, quads)
}

// viewOfQuads is a view of a store that has these quads.
func viewOfQuads(t testing.TB, quads []quad.Quad) *graph.View {
	t.Helper()
	var text bytes.Buffer
	w := nquads.NewWriter(&text)
	for _, q := range quads {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(&text), nil }
	store := graph.Scratch()
	if _, err := store.LoadQuads(context.Background(), []graph.QuadsFile{{Name: "quads.nq", Open: open}}, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store.View(schema.DefaultBase)
}

// renamed is a quad of the copy i.
func renamed(q quad.Quad, i int) quad.Quad {
	rename := func(v quad.Value) quad.Value {
		iri, _ := v.(quad.IRI)
		path, ok := strings.CutPrefix(string(iri), string(schema.DefaultBase))
		folder, rest, named := strings.Cut(path, "/")
		if i == 0 || !ok || !named || folder == "country" {
			return v
		}
		id, below, _ := strings.Cut(rest, "/")
		return quad.IRI(strings.TrimSuffix(fmt.Sprintf("%s%s/%s-%d/%s", schema.DefaultBase, folder, id, i, below), "/"))
	}
	out := quad.Quad{Subject: rename(q.Subject), Predicate: q.Predicate, Object: rename(q.Object), Label: rename(q.Label)}
	if name, ok := q.Object.(quad.String); ok && q.Predicate == schema.Label && out.Subject != q.Subject {
		out.Object = quad.String(fmt.Sprintf("%s %d", name, i)) // so that rows are not all alike to the sort
	}
	return out
}
