package graph_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/internal/store"
	"kg/internal/testsize"
	"kg/schema"
)

// mixed are the quads of some claims files and random ones of another graph, about
// the same things.
func mixed(t testing.TB, r *rand.Rand) []quad.Quad {
	quads := quadsOf(t, scratch(t, ferry, town, port, crew))
	nodes := []quad.Value{iri("kg:company/blue-line"), iri("kg:person/ann-lee"), iri("kg:news-media/herald"), quad.IRI("https://ex.org/a"), quad.IRI("https://ex.org/b")}
	labels := []quad.Value{nil, quad.IRI("https://ex.org/g"), quad.IRI("https://ex.org/h"), iri("kg:source/none/claim/c")}
	predicates := []quad.IRI{"https://ex.org/p", "https://ex.org/q", iri("kgo:located-in"), schema.Label, schema.Speaker}
	seen := map[quad.Quad]bool{}
	for range 60 {
		q := quad.Quad{Subject: nodes[r.IntN(len(nodes))], Predicate: predicates[r.IntN(len(predicates))], Object: nodes[r.IntN(len(nodes))], Label: labels[r.IntN(len(labels))]}
		if r.IntN(3) == 0 {
			q.Object = []quad.Value{quad.String("x\n\"y\""), quad.Int(r.IntN(3)), quad.LangString{Value: "x", Lang: "en"}}[r.IntN(3)]
		}
		if !seen[q] {
			seen[q] = true
			quads = append(quads, q)
		}
	}
	return quads
}

// everyEdge is what Neighbours gives, found by looking at every quad.
func everyEdge(t testing.TB, v *graph.View, entity quad.IRI, f graph.EdgeFilter) (edges []graph.Edge, counts map[graph.Relation]int) {
	t.Helper()
	counts = map[graph.Relation]int{}
	for q, err := range v.Each(context.Background(), quad.Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, out := range []bool{true, false} {
			e := graph.Edge{Quad: q, Out: out}
			if out && q.Subject != entity || !out && q.Object != entity ||
				f.At == quad.Subject && !out || f.At == quad.Object && out ||
				len(f.Relations) > 0 && !slices.Contains(f.Relations, e.Relation()) {
				continue
			}
			counts[graph.Relation{IRI: e.Relation(), Out: out}]++
			label, _ := q.Label.(quad.IRI)
			var err error
			if e.Claim, err = v.Claim(context.Background(), label); err != nil {
				t.Fatal(err)
			}
			kind, err := v.Kind(context.Background(), label)
			if err != nil {
				t.Fatal(err)
			}
			e.Foreign = e.Claim == nil && label != schema.OntologyIRI && kind != schema.SourceClass
			if f.Source != "" && e.Source() != f.Source ||
				f.Speaker != "" && (e.Claim == nil || e.Claim.Speaker != f.Speaker) ||
				len(f.Stances) > 0 && (e.Claim == nil || !slices.Contains(f.Stances, e.Claim.Stance)) {
				continue
			}
			edges = append(edges, e)
		}
	}
	return edges, counts
}

// edgeTexts are edges as they can be compared, sorted.
func edgeTexts(edges []graph.Edge) []string {
	var list []string
	for _, e := range edges {
		claim := quad.IRI("none")
		if e.Claim != nil {
			claim = e.Claim.IRI
		}
		list = append(list, fmt.Sprint(e.Quad, e.Out, claim, e.Foreign))
	}
	slices.Sort(list)
	return list
}

// ways are where an entity may stand in its edges.
var ways = []quad.Direction{quad.Any, quad.Subject, quad.Object}

// randomFilter is one that lets something through, as a rule.
func randomFilter(r *rand.Rand, edges []graph.Edge) (f graph.EdgeFilter) {
	pick := func() graph.Edge { return edges[r.IntN(len(edges))] }
	if r.IntN(3) == 0 {
		f.At = ways[r.IntN(3)]
	}
	if r.IntN(3) == 0 {
		f.Relations = []quad.IRI{pick().Relation(), pick().Relation()}
	}
	if r.IntN(3) == 0 {
		f.Source = pick().Source()
	}
	if c := pick().Claim; c != nil && r.IntN(2) == 0 {
		f.Speaker = c.Speaker
	}
	if c := pick().Claim; c != nil && r.IntN(2) == 0 {
		f.Stances = []schema.Stance{c.Stance, schema.Denies}
	}
	return f
}

// The pages of an entity's edges have each edge once that looking at every quad
// finds, whatever the filter, the size of a page and the store.
func TestNeighboursOracle(t *testing.T) {
	t.Parallel()
	for seed := range testsize.Of[uint64](1, 4) {
		r := rand.New(rand.NewPCG(seed, 3))
		quads := mixed(t, r)
		views := []*graph.View{whole(open(t, storeOf(t, quads))), open(t, storeOf(t, quads)).View(base), graph.NewView(memstore.New(quads...), base)}
		for _, entity := range []quad.IRI{iri("kg:company/blue-line"), iri("kg:person/ann-lee"), iri("kg:news-media/herald"), iri("kg:source/ferry"), "https://ex.org/a", "https://ex.org/none"} {
			for _, v := range views {
				all, _ := everyEdge(t, v, entity, graph.EdgeFilter{})
				for range 6 {
					var f graph.EdgeFilter
					if len(all) > 0 && r.IntN(3) > 0 {
						f = randomFilter(r, all)
					}
					comparePages(t, v, entity, f, r.IntN(7))
				}
			}
		}
	}
}

func comparePages(t *testing.T, v *graph.View, entity quad.IRI, f graph.EdgeFilter, limit int) {
	t.Helper()
	want, counts := everyEdge(t, v, entity, f)
	var got []graph.Edge
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		p, err := v.Neighbours(context.Background(), entity, f, cursor, limit)
		if err != nil || pages > len(want) || limit > 0 && len(p.Edges) > limit || p.Next != "" && len(p.Edges) != limit {
			t.Fatalf("page %d of %d: got %+v, %v", pages, limit, p, err)
		}
		if all := p.All; all != len(want) && (all != -1 || f.Source == "" && f.Speaker == "" && f.Stances == nil || cursor == "" && p.Next == "") {
			t.Fatalf("there are %d edges, not %d", len(want), all)
		}
		if len(p.Relations) != len(counts) {
			t.Fatalf("got the relations %v, want %v", p.Relations, counts)
		}
		for _, rel := range p.Relations {
			if n := counts[graph.Relation{IRI: rel.IRI, Out: rel.Out}]; rel.N != n {
				t.Fatalf("%v has %d edges", rel, n)
			}
		}
		got = append(got, p.Edges...)
		cursor = p.Next
	}
	equal(t, fmt.Sprintf("edges of %s by %+v, %d at once", entity, f, limit), edgeTexts(got), edgeTexts(want))
}

// A page of one of many edges reads these and no others.
func TestNeighboursReadsItsPage(t *testing.T) {
	t.Parallel()
	const many, page = 20_000, 100
	var quads []quad.Quad
	for i := range many {
		q := quad.Quad{Subject: quad.IRI(fmt.Sprintf("https://ex.org/%d", i)), Predicate: quad.IRI("https://ex.org/in"), Object: quad.IRI("https://ex.org/hub"), Label: quad.IRI("https://ex.org/g")}
		if i%2 == 0 {
			q.Subject, q.Object = q.Object, q.Subject
		}
		quads = append(quads, q)
	}
	handle := &counting{QuadStore: open(t, storeOf(t, quads)).View(base).Cayley().(*store.QuadStore)}
	v := graph.NewView(handle, base)
	cursor := ""
	for i := range 3 {
		handle.quads, handle.names = 0, 0
		p, err := v.Neighbours(context.Background(), "https://ex.org/hub", graph.EdgeFilter{At: ways[i]}, cursor, page)
		if err != nil || len(p.Edges) != page || p.Next == "" || p.All != many/2*min(1, i)+many*(1-min(1, i)) {
			t.Fatalf("got %d of %d edges, %v", len(p.Edges), p.All, err)
		}
		if handle.quads != page || handle.names > page {
			t.Errorf("a page of %d reads %d quads and %d terms", page, handle.quads, handle.names)
		}
	}
}

// counting counts what is read of a store.
type counting struct {
	*store.QuadStore
	quads, names int
}

func (c *counting) Quad(ref cayley.Ref) (quad.Quad, error) {
	c.quads++
	return c.QuadStore.Quad(ref)
}

func (c *counting) NameOf(ref cayley.Ref) (quad.Value, error) {
	c.names++
	return c.QuadStore.NameOf(ref)
}

// A cursor is of one entity, and no other text is one.
func TestNeighboursCursor(t *testing.T) {
	t.Parallel()
	v := whole(scratch(t, ferry))
	p, err := v.Neighbours(context.Background(), iri("kg:company/blue-line"), graph.EdgeFilter{}, "", 1)
	if err != nil || p.Next == "" {
		t.Fatalf("got %+v, %v", p, err)
	}
	for _, c := range []struct{ entity, cursor string }{
		{"kg:person/ann-lee", p.Next}, {"kg:company/blue-line", "x"}, {"kg:company/blue-line", p.Next[1:]}, {"kg:company/blue-line", p.Next + p.Next},
	} {
		_, err := v.Neighbours(context.Background(), iri(c.entity), graph.EdgeFilter{}, c.cursor, 1)
		if err == nil || !strings.HasPrefix(err.Error(), "reading cursor ") {
			t.Errorf("%s of %s: got %v", c.cursor, c.entity, err)
		}
	}
}

// Neighbours of a node with many edges: a page costs the same, however many.
func BenchmarkNeighbours(b *testing.B) {
	for _, many := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(many), func(b *testing.B) {
			quads := make([]quad.Quad, many)
			for i := range quads {
				quads[i] = quad.Quad{Subject: quad.IRI(fmt.Sprintf("https://ex.org/%d", i)), Predicate: quad.IRI("https://ex.org/in"), Object: quad.IRI("https://ex.org/hub"), Label: quad.IRI("https://ex.org/g")}
			}
			v := open(b, storeOf(b, quads)).View(base)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := v.Neighbours(context.Background(), "https://ex.org/hub", graph.EdgeFilter{}, "", 100); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
