package graph_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/internal/paths"
	"kg/internal/testsize"
	"kg/schema"
)

// naive has every edge of a graph that a path may take, from both ends.
type naive struct {
	edges map[quad.IRI][]naiveEdge
	nodes []quad.IRI
	hubs  map[quad.IRI]bool
}

type naiveEdge struct {
	quad string // without its label
	to   quad.IRI
}

func newNaive(t *testing.T, v *graph.View) *naive {
	t.Helper()
	n := &naive{edges: map[quad.IRI][]naiveEdge{}, hubs: map[quad.IRI]bool{}}
	shared := map[quad.Value]bool{iri("kgo:OfficialOccupation"): true}
	for q := range v.Each(t.Context(), quad.Quad{Predicate: schema.Label, Label: schema.OntologyIRI}) {
		if slices.Contains([]string{"Country", "Region", "City", "Occupation"}, graph.Text(q.Object)) {
			shared[q.Subject] = true
		}
	}
	seen := map[quad.Quad]bool{}
	for q, err := range v.Each(t.Context(), quad.Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		s, sok := q.Subject.(quad.IRI)
		o, ook := q.Object.(quad.IRI)
		label, _ := q.Label.(quad.IRI)
		if q.Predicate == schema.Type && shared[o] {
			n.hubs[s] = true
		}
		if !sok || !ook || !strings.Contains(string(label), "/claim/") || strings.HasPrefix(string(o), string(schema.OntologyIRI)) ||
			strings.HasPrefix(string(o), string(label)+"/") || strings.HasPrefix(string(s), string(label)+"/") {
			continue
		}
		if q.Label = nil; !seen[q] {
			seen[q] = true
			n.edges[s] = append(n.edges[s], naiveEdge{q.String(), o})
			n.edges[o] = append(n.edges[o], naiveEdge{q.String(), s})
			n.nodes = append(n.nodes, s, o)
		}
	}
	slices.Sort(n.nodes)
	n.nodes = slices.Compact(n.nodes)
	return n
}

// paths lists every path of at most so many edges: those through no hub first, then
// the shortest first.
func (n *naive) paths(from, to quad.IRI, most int) (list []string) {
	type found struct {
		text string
		hubs bool
		hops int
	}
	var all []found
	seen := map[quad.IRI]bool{from: true}
	var walk func(at quad.IRI, text string, hops int, hub bool)
	walk = func(at quad.IRI, text string, hops int, hub bool) {
		if at == to {
			all = append(all, found{text, hub, hops})
			return
		}
		if hops == most {
			return
		}
		for _, e := range n.edges[at] {
			if !seen[e.to] {
				seen[e.to] = true
				walk(e.to, text+e.quad+"\n", hops+1, hub || at != from && n.hubs[at])
				delete(seen, e.to)
			}
		}
	}
	walk(from, "", 0, false)
	slices.SortFunc(all, func(a, b found) int {
		x, y := 0, 0
		if a.hubs {
			x = 1
		}
		if b.hubs {
			y = 1
		}
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.hops, b.hops), cmp.Compare(a.text, b.text))
	})
	for _, f := range all {
		list = append(list, fmt.Sprintf("%v %d %s", f.hubs, f.hops, f.text))
	}
	return list
}

// written spells paths as naive does, in order but for those that are alike to it.
func written(t *testing.T, p *paths.PathList) (list []string) {
	t.Helper()
	for _, path := range p.Paths {
		text, at := "", p.From
		for _, step := range path.Steps {
			ends := [2]quad.Value{step.Quad.Subject, step.Quad.Object}
			if !step.Out {
				ends = [2]quad.Value{ends[1], ends[0]}
			}
			if ends != [2]quad.Value{at, step.To} {
				t.Errorf("from %s to %s: the step is %v", at, step.To, step.Quad)
			}
			q := step.Quad
			q.Label = nil
			text, at = text+q.String()+"\n", step.To
		}
		if at != p.To {
			t.Errorf("a path to %s ends in %s", p.To, at)
		}
		list = append(list, fmt.Sprintf("%v %d %s", len(path.Hubs) > 0, len(path.Steps), text))
	}
	return list
}

// TestPaths compares the search with the naive way on the bundled graph: all paths
// within some hops, the shortest alone, and the first few.
func TestPaths(t *testing.T) {
	t.Parallel()
	v := scratch(t, bundled(t)...).View(base)
	n := newNaive(t, v)
	r := rand.New(rand.NewPCG(3, 4))
	for range testsize.Of(15, 150) {
		a, b, hops := n.nodes[r.IntN(len(n.nodes))], n.nodes[r.IntN(len(n.nodes))], 1+r.IntN(6)
		want := n.paths(a, b, hops)
		if a == b {
			want = nil
		}
		got, err := v.Paths(t.Context(), a, b, graph.PathOptions{MaxHops: hops, Paths: 1 << 20, Nodes: 1 << 20})
		if err != nil || got.Cut || got.More {
			t.Fatal(err, got.Cut, got.More)
		}
		list := written(t, got)
		if !slices.IsSortedFunc(list, func(a, b string) int { return cmp.Compare(a[:7], b[:7]) }) {
			t.Errorf("from %s to %s: not in order", a, b)
		}
		slices.SortFunc(list, cmp.Compare)
		slices.SortFunc(want, cmp.Compare)
		equal(t, fmt.Sprintf("from %s to %s in %d hops", a, b, hops), list, want)

		few := 1 + r.IntN(3)
		got, err = v.Paths(t.Context(), a, b, graph.PathOptions{MaxHops: hops, Paths: few, Nodes: 1 << 20})
		if err != nil || len(got.Paths) != min(few, len(want)) {
			t.Errorf("from %s to %s: %d paths of %d, %v", a, b, len(got.Paths), len(want), err)
		}
		for _, text := range written(t, got) {
			if !slices.Contains(list, text) {
				t.Errorf("from %s to %s: not a path: %s", a, b, text)
			}
		}
		shortest(t, v, a, b, hops, want)
	}
}

// shortest holds that without a number the paths are the shortest through no hub,
// all of them up to a dozen, and then the shortest through one.
func shortest(t *testing.T, v *graph.View, a, b quad.IRI, hops int, want []string) {
	t.Helper()
	got, err := v.Paths(t.Context(), a, b, graph.PathOptions{MaxHops: hops, Nodes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	count := func(list []string, hub string) (n int) {
		least := ""
		for _, text := range list {
			if words := strings.SplitN(text, " ", 3); words[0] == hub {
				if least == "" || words[1] < least {
					least, n = words[1], 0
				}
				if words[1] == least {
					n++
				}
			}
		}
		return n
	}
	list := written(t, got)
	plain, shared := min(12, count(want, "false")), count(want, "true")
	if plain > 0 {
		shared = min(3, shared)
	}
	if count(list, "false") != plain || count(list, "true") != min(12, shared) || len(list) != plain+min(12, shared) {
		t.Errorf("from %s to %s: %d paths through no hub, of %d, and %d through one, of %d", a, b,
			count(list, "false"), plain, count(list, "true"), shared)
	}
}

// TestPathsBounds: a search that would look at too much says so.
func TestPathsBounds(t *testing.T) {
	t.Parallel()
	v := scratch(t, bundled(t)...).View(base)
	from, to := iri("kg:person/kim-jong-il"), iri("kg:bank/banco-delta-asia")
	got, err := v.Paths(t.Context(), from, to, graph.PathOptions{Nodes: 2})
	if err != nil || len(got.Paths) != 0 || !got.Cut {
		t.Errorf("among two nodes: %+v, %v", got, err)
	}
	got, err = v.Paths(t.Context(), from, to, graph.PathOptions{MaxHops: 2})
	if err != nil || len(got.Paths) != 0 || got.Cut {
		t.Errorf("within two hops: %+v, %v", got, err)
	}
}

// TestPathsOfLabels: edges join by what their labels are, in any store, however many
// sources there are: those of another graph do, of what is called a claim but nobody
// makes, and of a claim, though not to its parts; those of a source do not.
func TestPathsOfLabels(t *testing.T) {
	t.Parallel()
	const ex = "https://ex.org/"
	quads := []quad.Quad{
		{Subject: quad.IRI(ex + "nobodys"), Predicate: schema.Type, Object: schema.ClaimClass, Label: quad.IRI(ex + "source")},
		{Subject: quad.IRI(ex + "claim"), Predicate: schema.Type, Object: schema.ClaimClass, Label: quad.IRI(ex + "source")},
		{Subject: quad.IRI(ex + "claim"), Predicate: schema.AnnotatedBy, Object: quad.IRI(ex + "reader"), Label: quad.IRI(ex + "source")},
		{Subject: quad.IRI(ex + "source"), Predicate: schema.Type, Object: schema.SourceClass, Label: quad.IRI(ex + "source")},
	}
	for _, label := range []string{"graph", "nobodys", "claim", "source"} {
		for _, way := range []string{label + "/part", "beside-" + label} {
			for _, end := range []string{"from", "to"} {
				quads = append(quads, quad.Quad{Subject: quad.IRI(ex + end + "-" + way), Predicate: quad.IRI(ex + "by"), Object: quad.IRI(ex + way), Label: quad.IRI(ex + label)})
			}
		}
	}
	for range 2 {
		views := []*graph.View{whole(open(t, storeOf(t, quads))), graph.NewView(memstore.New(quads...), base)}
		views = append(views, graph.NewView(plainStore{views[0].Cayley()}, base))
		for i, v := range views {
			var joined []string
			for _, label := range []string{"graph", "nobodys", "claim", "source"} {
				for _, way := range []string{label + "/part", "beside-" + label} {
					found, err := v.Paths(t.Context(), quad.IRI(ex+"from-"+way), quad.IRI(ex+"to-"+way), graph.PathOptions{})
					if err != nil {
						t.Fatal(err)
					}
					if len(found.Paths) > 0 {
						joined = append(joined, way)
					}
				}
			}
			equal(t, fmt.Sprintf("store %d, %d quads", i, len(quads)), joined, []string{"graph/part", "beside-graph", "nobodys/part", "beside-nobodys", "beside-claim"})
		}
		for i := range 2000 {
			source := quad.IRI(fmt.Sprint(ex, "source-", i))
			quads = append(quads, quad.Quad{Subject: source, Predicate: schema.Type, Object: schema.SourceClass, Label: source})
		}
	}
}

// TestPathsOfAnyStore: what another store of Cayley's has is searched alike.
func TestPathsOfAnyStore(t *testing.T) {
	t.Parallel()
	own := scratch(t, append(bundled(t), loans()...)...).View(base)
	other := graph.NewView(plainStore{own.Cayley()}, base)
	n := newNaive(t, own)
	r := rand.New(rand.NewPCG(5, 6))
	for range testsize.Of(10, 60) {
		a, b := n.nodes[r.IntN(len(n.nodes))], n.nodes[r.IntN(len(n.nodes))]
		o := graph.PathOptions{Paths: r.IntN(4), MaxHops: 1 + r.IntN(6), Nodes: r.IntN(2) * (1 + r.IntN(30))}
		got, err := own.Paths(t.Context(), a, b, o)
		want, err2 := other.Paths(t.Context(), a, b, o)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		what := fmt.Sprintf("from %s to %s, %+v", a, b, o)
		equal(t, what, written(t, got), written(t, want))
		if got.More != want.More || o.Nodes == 0 && (got.Cut != want.Cut || got.Nodes != want.Nodes) {
			t.Errorf("%s: %v %v %d, and %v %v %d", what, got.More, got.Cut, got.Nodes, want.More, want.Cut, want.Nodes)
		}
	}
}
