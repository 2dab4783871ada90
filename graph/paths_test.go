package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

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
	for q, err := range v.Each(t.Context(), quad.Quad{}) {
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

// TestPaths compares the search with the naive way on the article's graph.
func TestPaths(t *testing.T) {
	t.Parallel()
	v := scratch(t, bundled(t)...).View(base)
	ctx := t.Context()
	edges, nodes := asserted(t, v)
	far, ways := distances(t, edges, nodes)
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		a, b := nodes[r.IntN(len(nodes))], nodes[r.IntN(len(nodes))]
		const most = 40
		got, err := v.Paths(ctx, a, b, graph.Reach{Hops: 30, Nodes: 1 << 20, Paths: most})
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
		seen := map[string]bool{}
		for _, path := range got.Paths {
			if seen[fmt.Sprint(path)] {
				t.Errorf("from %s to %s: a path twice", a, b)
			}
			seen[fmt.Sprint(path)] = true
			if len(path) != far[pair] {
				t.Errorf("from %s to %s: a path of %d, and the shortest have %d", a, b, len(path), far[pair])
			}
			at := a
			for _, step := range path {
				ends := [2]quad.Value{step.Quad.Subject, step.Quad.Object}
				if !step.Out {
					ends = [2]quad.Value{ends[1], ends[0]}
				}
				if edges[[2]quad.IRI{at, step.To}] == 0 || ends != [2]quad.Value{at, step.To} {
					t.Errorf("the step from %s to %s is %v", at, step.To, step.Edge)
				}
				at = step.To
			}
			if at != b {
				t.Errorf("a path to %s ends in %s", b, at)
			}
		}
	}
}

// TestPathsBounds: a search that would look at too much says so.
func TestPathsBounds(t *testing.T) {
	t.Parallel()
	v := scratch(t, bundled(t)...).View(base)
	from, to := iri("kg:person/kim-jong-il"), iri("kg:bank/banco-delta-asia")
	got, err := v.Paths(t.Context(), from, to, graph.Reach{Hops: 8, Nodes: 3, Paths: 1})
	if err != nil || len(got.Paths) != 0 || !got.Cut {
		t.Errorf("among three nodes: %+v, %v", got, err)
	}
	got, err = v.Paths(t.Context(), from, to, graph.Reach{Hops: 2, Nodes: 1000, Paths: 1})
	if err != nil || len(got.Paths) != 0 || got.Cut {
		t.Errorf("within two hops: %+v, %v", got, err)
	}
}
