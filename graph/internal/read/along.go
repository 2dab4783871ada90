package read

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
)

// Walker finds the edges of a node by reading them all, in any store of Cayley's.
type Walker struct{ QS cayley.QuadStore }

// along lists the quads with a node at d, and their refs, by predicate, other end
// and label.
func (w Walker) along(ctx context.Context, node quad.Value, d quad.Direction) (quads []quad.Quad, of map[quad.Quad]cayley.Ref, err error) {
	ref, err := w.QS.ValueOf(node)
	if err != nil || ref == nil {
		return nil, nil, err
	}
	of = map[quad.Quad]cayley.Ref{}
	it := w.QS.QuadIterator(d, ref).Iterate()
	defer it.Close()
	for it.Next(ctx) {
		q, err := w.QS.Quad(it.Result())
		if err != nil {
			return nil, nil, err
		}
		of[q] = it.Result()
		quads = append(quads, q)
	}
	slices.SortFunc(quads, compareQuads)
	return quads, of, errors.Join(it.Err(), ctx.Err())
}

func (w Walker) Relations(ctx context.Context, node quad.Value, d quad.Direction) (list []store.PredicateCount, err error) {
	quads, _, err := w.along(ctx, node, d)
	for _, q := range quads {
		if n := len(list); n > 0 && list[n-1].Predicate == q.Predicate {
			list[n-1].Count++
		} else {
			list = append(list, store.PredicateCount{Predicate: q.Predicate, Count: 1})
		}
	}
	return list, err
}

func (w Walker) Along(ctx context.Context, node quad.Value, d quad.Direction, predicate quad.Value, after quad.Quad) iter.Seq2[cayley.Ref, error] {
	return func(yield func(cayley.Ref, error) bool) {
		quads, of, err := w.along(ctx, node, d)
		for _, q := range quads {
			if q.Predicate == predicate && (after.Predicate == nil || compareQuads(q, after) > 0) && !yield(of[q], nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// compareQuads orders quads by predicate, ends and label.
func compareQuads(a, b quad.Quad) int {
	for _, d := range []quad.Direction{quad.Predicate, quad.Subject, quad.Object, quad.Label} {
		if order := strings.Compare(quad.StringOf(a.Get(d)), quad.StringOf(b.Get(d))); order != 0 {
			return order
		}
	}
	return 0
}
