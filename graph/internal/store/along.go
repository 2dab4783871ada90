package store

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// PredicateCount is a predicate of a node's quads, and the number of quads with it.
type PredicateCount struct {
	Predicate quad.Value
	Count     int
}

// Relations lists the predicates of the quads that have a node at d, its subject or
// its object, in the order of the predicates' IDs. It seeks from each predicate to
// the next: its cost grows with the predicates and not with the quads.
func (qs *QuadStore) Relations(ctx context.Context, node quad.Value, d quad.Direction) (list []PredicateCount, err error) {
	defer snapshot.Catch(&err)
	v, p, err := qs.along(node, d)
	if err != nil || v == nil {
		return nil, err
	}
	defer runtime.KeepAlive(v)
	bare := v.bare() // the hidden ones, too: they are counted
	w := new(cursor)
	var next [1]term.Quad
	for bare.seek(w, p, p.Quad); w.fill(next[:]) > 0; {
		one := p
		one.Quad[term.Predicate] = next[0][term.Predicate]
		if n := v.Count(one); n > 0 {
			predicate, err := v.Value(one.Quad[term.Predicate])
			if err != nil {
				return nil, err
			}
			list = append(list, PredicateCount{predicate, int(n)})
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		one.Quad[term.Predicate]++
		bare.seek(w, p, one.Quad)
	}
	return list, nil
}

// Along ranges over refs of the quads that have a node at d, its subject or its
// object, and a predicate: by the other end, then by the label. If after has a
// predicate, the walk begins behind that quad, which need not be there any more. The
// order is that of the terms; those younger than the snapshot come last.
func (qs *QuadStore) Along(ctx context.Context, node quad.Value, d quad.Direction, predicate quad.Value, after quad.Quad) iter.Seq2[graph.Ref, error] {
	return func(yield func(graph.Ref, error) bool) {
		if err := qs.walkAlong(ctx, node, d, predicate, after, yield); err != nil {
			yield(nil, err)
		}
	}
}

func (qs *QuadStore) walkAlong(ctx context.Context, node quad.Value, d quad.Direction, predicate quad.Value, after quad.Quad, yield func(graph.Ref, error) bool) (err error) {
	defer snapshot.Catch(&err)
	v, p, err := qs.along(node, d)
	if err != nil || v == nil {
		return err
	}
	if p.Quad[term.Predicate], err = v.idOf(predicate); err != nil || p.Quad[term.Predicate] == term.None {
		return err
	}
	from := p.Quad
	if after.Predicate != nil {
		if from, err = v.behind(p.Quad, after, d); err != nil {
			return err
		}
	}
	defer runtime.KeepAlive(v)
	w := new(cursor)
	var quads [chunk]term.Quad
	for v.seek(w, p, from); ; {
		n := w.fill(quads[:])
		for _, q := range quads[:n] {
			if !yield(plan.QuadRef{Quad: q, In: v.Numbering()}, nil) {
				return nil
			}
		}
		if err := ctx.Err(); n == 0 || err != nil {
			return err
		}
	}
}

// along is the pattern of the quads with a node at d; the view is nil if there are
// none.
func (qs *QuadStore) along(node quad.Value, d quad.Direction) (v *view, p term.Pattern, err error) {
	position := slices.Index(quad.Directions, d)
	if d != quad.Subject && d != quad.Object {
		return nil, p, fmt.Errorf("walking along %v: neither a subject nor an object", d)
	}
	if v, err = qs.view(); err != nil {
		return nil, p, err
	}
	if p.Quad[position], err = v.idOf(node); err != nil || p.Quad[position] == term.None {
		return nil, p, err
	}
	return v, p, nil
}

// behind is where the quads begin that come after a quad.
func (v *view) behind(from term.Quad, after quad.Quad, d quad.Direction) (term.Quad, error) {
	position, other := term.Object, after.Object
	if d == quad.Object {
		position, other = term.Subject, after.Subject
	}
	id, there, err := v.firstFrom(other)
	if from[position] = id; err != nil || !there {
		return from, err
	}
	from[term.Label], there, err = v.firstFrom(after.Label)
	if there {
		from[term.Label]++
	}
	return from, err
}

// firstFrom returns the ID of a term, or else of the first term of the snapshot after it;
// there tells which. No term sorts before all.
func (v *view) firstFrom(value quad.Value) (id term.ID, there bool, err error) {
	if value == nil {
		return term.None, true, nil
	}
	if id, err = v.idOf(value); err != nil || id != term.None {
		return id, true, err
	}
	key, err := term.Append(nil, value)
	if err != nil || v.Base() == nil {
		return term.None, false, nil
	}
	return v.Base().Seek(key), false, nil
}
