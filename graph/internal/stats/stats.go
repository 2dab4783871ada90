// Package stats counts the contents of a graph: by term ids, where a store has them, and
// otherwise by values.
package stats

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Count is how often something occurs: see Count of package graph.
type Count struct {
	Of    string
	Value quad.Value
	N     int
}

// Graph is the graph to count.
type Graph struct {
	R       *read.Quads
	Foreign read.Foreign
	Retired func(claim quad.IRI) bool // whether a claim is left out; nil if none is
}

// author returns who concludes a claim, and false for a node that is no claim, or has a
// speaker.
func (g *Graph) author(ctx context.Context, claim quad.IRI) (quad.IRI, bool, error) {
	c, err := claims.Read(ctx, g.R, claim)
	if c == nil || err != nil {
		return "", false, err
	}
	return c.Annotator, c.Speaker == "", nil
}

func (g *Graph) leavesOut(claim quad.IRI) bool { return g.Retired != nil && g.Retired(claim) }

// All returns the counts of View.Stats of package graph, the largest first.
func All(ctx context.Context, g *Graph) ([]Count, error) {
	t := counts{}
	if qs, ok := g.R.QS.(*store.QuadStore); ok {
		ids, err := qs.IDs()
		if err == nil {
			err = countByID(ctx, g, ids, t)
		}
		return t.sorted(), err
	}
	claims, sources := map[quad.Value]bool{}, map[quad.Value]bool{}
	of := func(kind quad.IRI, all map[quad.Value]bool) error {
		return g.R.Do(ctx, quad.Quad{Object: kind}, func(q quad.Quad) {
			if q.Predicate == schema.Type {
				all[q.Subject] = true
			}
		})
	}
	err := errors.Join(of(schema.ClaimClass, claims), of(schema.SourceClass, sources))
	entities := map[quad.Value]bool{}
	for source := range sources {
		err = errors.Join(err, g.R.Do(ctx, quad.Quad{Label: source}, func(q quad.Quad) {
			if q.Predicate == schema.Type && !agree.IsRecord(q.Object) && !entities[q.Subject] {
				entities[q.Subject] = true
				t.add("kind", q.Object)
			}
		}))
	}
	for of, predicate := range map[string]quad.IRI{"source": schema.FromSource, "speaker": schema.Speaker} {
		err = errors.Join(err, g.R.Do(ctx, quad.Quad{Predicate: predicate}, func(q quad.Quad) {
			if !g.leavesOut(read.IRI(q.Subject)) {
				t.add(of, q.Object)
			}
		}))
	}
	for claim := range claims {
		author, concluded, failed := g.author(ctx, read.IRI(claim))
		err = errors.Join(err, failed)
		if concluded && !g.leavesOut(read.IRI(claim)) {
			t.add("author", author)
		}
		err = errors.Join(err, g.R.Do(ctx, quad.Quad{Label: claim}, func(q quad.Quad) {
			if !schema.IRI(read.IRI(q.Subject)).Under(read.IRI(claim)) { // not a figure's own parts
				t.add("relation", q.Predicate)
			}
		}))
	}
	err = errors.Join(err, countForeign(ctx, g, t))
	return t.sorted(), err
}

// counts are counts of values, by group.
type counts map[Count]int

func (t counts) add(of string, value quad.Value) { t[Count{Of: of, Value: value}]++ }

func (t counts) sorted() []Count {
	var counts []Count
	for c, n := range t {
		c.N = n
		counts = append(counts, c)
	}
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(b.N, a.N), cmp.Compare(term.TextOf(a.Value), term.TextOf(b.Value)))
	})
	return counts
}
