package web_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web"
	"kg/graph"
	"kg/schema"
)

// distances is the naive way: every asserted edge of the whole graph, and then
// all distances at once (Floyd and Warshall), with how many shortest ways.
func distances(t *testing.T, edges map[[2]quad.IRI]int, nodes []quad.IRI) (far, ways map[[2]quad.IRI]int) {
	t.Helper()
	const never = 1 << 20
	far, ways = map[[2]quad.IRI]int{}, map[[2]quad.IRI]int{}
	for _, a := range nodes {
		for _, b := range nodes {
			pair := [2]quad.IRI{a, b}
			switch {
			case a == b:
				far[pair] = 0
			case edges[pair] > 0:
				far[pair] = 1
			default:
				far[pair] = never
			}
		}
	}
	for _, k := range nodes {
		for _, a := range nodes {
			for _, b := range nodes {
				if d := far[[2]quad.IRI{a, k}] + far[[2]quad.IRI{k, b}]; d < far[[2]quad.IRI{a, b}] {
					far[[2]quad.IRI{a, b}] = d
				}
			}
		}
	}
	for _, a := range nodes { // the number of ways, by distance
		order := slices.Clone(nodes)
		slices.SortFunc(order, func(x, y quad.IRI) int { return far[[2]quad.IRI{a, x}] - far[[2]quad.IRI{a, y}] })
		ways[[2]quad.IRI{a, a}] = 1
		for _, b := range order {
			for _, c := range nodes {
				if n := edges[[2]quad.IRI{c, b}]; n > 0 && far[[2]quad.IRI{a, c}]+1 == far[[2]quad.IRI{a, b}] {
					ways[[2]quad.IRI{a, b}] += n * ways[[2]quad.IRI{a, c}]
				}
			}
		}
	}
	return far, ways
}

// asserted collects the edges of the whole graph that paths may take, in both
// directions, and their ends.
func asserted(t *testing.T, v *graph.View) (edges map[[2]quad.IRI]int, nodes []quad.IRI) {
	t.Helper()
	seen, edges := map[quad.Quad]bool{}, map[[2]quad.IRI]int{}
	it := v.QuadsAllIterator().Iterate()
	defer it.Close()
	for it.Next(t.Context()) {
		q, err := v.Quad(it.Result())
		if err != nil {
			t.Fatal(err)
		}
		s, sok := q.Subject.(quad.IRI)
		o, ook := q.Object.(quad.IRI)
		label, _ := q.Label.(quad.IRI)
		if !sok || !ook || !strings.Contains(string(label), "/claim/") || strings.HasPrefix(string(o), string(schema.OntologyIRI)) ||
			strings.HasPrefix(string(o), string(label)+"/") || strings.HasPrefix(string(s), string(label)+"/") {
			continue
		}
		q.Label = nil
		if !seen[q] {
			seen[q] = true
			edges[[2]quad.IRI{s, o}]++
			edges[[2]quad.IRI{o, s}]++
			nodes = append(nodes, s, o)
		}
	}
	slices.Sort(nodes)
	return edges, slices.Compact(nodes)
}

// TestShortest compares the search with the naive way on the article's graph.
func TestShortest(t *testing.T) {
	t.Parallel()
	v := views(t, articleFile)(false)
	ctx := t.Context()
	edges, nodes := asserted(t, v)
	far, ways := distances(t, edges, nodes)
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		a, b := nodes[r.IntN(len(nodes))], nodes[r.IntN(len(nodes))]
		const most = 40
		got, err := web.Shortest(ctx, v, a, b, web.NewReach(30, 1<<20, most))
		if err != nil {
			t.Fatal(err)
		}
		pair := [2]quad.IRI{a, b}
		switch {
		case a == b || far[pair] >= 1<<20:
			if len(got.Paths) != 0 {
				t.Errorf("from %s to %s: %d paths where there are none", a, b, len(got.Paths))
			}
			continue
		case len(got.Paths) != min(ways[pair], most) || got.More != (ways[pair] > most):
			t.Errorf("from %s to %s: %d paths, more %v; there are %d", a, b, len(got.Paths), got.More, ways[pair])
		}
		for _, path := range got.Paths {
			if len(path) != far[pair] {
				t.Errorf("from %s to %s: a path of %d, and the shortest have %d", a, b, len(path), far[pair])
			}
			at := a
			for _, step := range path {
				to := step.To()
				if edges[[2]quad.IRI{at, to}] == 0 || step.Subject != at && step.Object != quad.Value(at) {
					t.Errorf("no edge from %s to %s", at, to)
				}
				at = to
			}
			if at != b {
				t.Errorf("a path to %s ends in %s", b, at)
			}
		}
	}
}

// TestShortestBounds: a search that would look at too much says so.
func TestShortestBounds(t *testing.T) {
	t.Parallel()
	v := views(t, articleFile)(false)
	from, to := quad.IRI("https://kg.example/person/kim-jong-il"), quad.IRI("https://kg.example/bank/banco-delta-asia")
	if _, err := web.Shortest(t.Context(), v, from, to, web.NewReach(8, 3, 1)); !errors.Is(err, web.ErrFar) {
		t.Errorf("the error is %v", err)
	}
	got, err := web.Shortest(t.Context(), v, from, to, web.NewReach(2, 1000, 1))
	if err != nil || len(got.Paths) != 0 {
		t.Errorf("within two hops: %d paths, %v", len(got.Paths), err)
	}
}
