package graph

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/store"
	"kg/schema"
)

// Count is how often something occurs.
type Count struct {
	Of    string // kind, relation, source, speaker, author of derived claims, or graph
	Value quad.Value
	N     int
}

// Stats counts entities by kind, asserted edges by relation, and claims by
// source, by speaker and by the author of derived ones; the largest first. Of other
// graphs it counts quads by label and by predicate, and what has a kind. It passes
// over claims that are retracted.
func (v *View) Stats(ctx context.Context) ([]Count, error) {
	t := tally{}
	if qs, ok := v.qs.(*store.QuadStore); ok {
		ids, err := qs.IDs()
		if err == nil {
			err = v.statsByID(ctx, ids, t)
		}
		return t.sorted(), err
	}
	claims, sources := map[quad.Value]bool{}, map[quad.Value]bool{}
	of := func(kind quad.IRI, all map[quad.Value]bool) error {
		return v.each(ctx, quad.Quad{Object: kind}, func(q quad.Quad) {
			if q.Predicate == schema.Type {
				all[q.Subject] = true
			}
		})
	}
	err := errors.Join(of(schema.ClaimClass, claims), of(schema.SourceClass, sources))
	entities := map[quad.Value]bool{}
	for source := range sources {
		err = errors.Join(err, v.each(ctx, quad.Quad{Label: source}, func(q quad.Quad) {
			if q.Predicate == schema.Type && !agree.IsRecord(q.Object) && !entities[q.Subject] {
				entities[q.Subject] = true
				t.add("kind", q.Object)
			}
		}))
	}
	for of, predicate := range map[string]quad.IRI{"source": schema.FromSource, "speaker": schema.Speaker} {
		err = errors.Join(err, v.each(ctx, quad.Quad{Predicate: predicate}, func(q quad.Quad) {
			if !v.leavesOut(iriOf(q.Subject)) {
				t.add(of, q.Object)
			}
		}))
	}
	for claim := range claims {
		c, failed := v.Claim(ctx, iriOf(claim))
		err = errors.Join(err, failed)
		if c != nil && c.Speaker == "" && !v.leavesOut(c.IRI) {
			t.add("author", c.Annotator)
		}
		err = errors.Join(err, v.each(ctx, quad.Quad{Label: claim}, func(q quad.Quad) {
			if !schema.IRI(iriOf(q.Subject)).Under(iriOf(claim)) { // not a figure's own parts
				t.add("relation", q.Predicate)
			}
		}))
	}
	err = errors.Join(err, v.countForeign(ctx, t))
	return t.sorted(), err
}

// tally counts values of several sorts.
type tally map[Count]int

func (t tally) add(of string, value quad.Value) { t[Count{Of: of, Value: value}]++ }

func (t tally) sorted() []Count {
	var counts []Count
	for c, n := range t {
		c.N = n
		counts = append(counts, c)
	}
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(b.N, a.N), cmp.Compare(Text(a.Value), Text(b.Value)))
	})
	return counts
}
