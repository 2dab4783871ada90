// Package read reads the quads of a store: all that match a pattern, or the objects of a
// subject and a predicate, one after another or many at once by term ids. It is
// independent of what quads mean.
package read

import (
	"cmp"
	"context"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// Quads reads those of a store that does not change. It remembers terms that it read
// last, and is not for concurrent use.
type Quads struct {
	QS      cayley.QuadStore
	lookups IndexReader
}

// Of reads a store, which may be any of Cayley's.
func Of(qs cayley.QuadStore) *Quads { return &Quads{QS: qs} }

// Each ranges over the quads that match p, in no order; nil in p matches every
// term. It ends with the first error: the store's, or the context's.
func (r *Quads) Each(ctx context.Context, p quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		ix, err := r.Index()
		if ix != nil && err == nil {
			r.read(ctx, ix, p, yield)
			return
		}
		var sh iterator.Shape
		if err == nil {
			sh, err = r.Matching(ctx, p)
		}
		if sh == nil || err != nil {
			if err != nil {
				yield(quad.Quad{}, err)
			}
			return
		}
		r.Walk(ctx, sh)(yield)
	}
}

// Walk ranges over the quads of an iterator.
func (r *Quads) Walk(ctx context.Context, sh iterator.Shape) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for ref, err := range Refs(ctx, sh) {
			var q quad.Quad
			if err == nil {
				q, err = r.QS.Quad(ref)
			}
			if !yield(q, err) || err != nil {
				return
			}
		}
	}
}

// Refs iterates over the refs of an iterator, without their values.
func Refs(ctx context.Context, sh iterator.Shape) iter.Seq2[cayley.Ref, error] {
	return func(yield func(cayley.Ref, error) bool) {
		it := sh.Iterate()
		defer it.Close()
		for it.Next(ctx) {
			if !yield(it.Result(), nil) {
				return
			}
		}
		// Cayley's own iterators end early and without an error when the context
		// is cancelled.
		if err := cmp.Or(it.Err(), ctx.Err()); err != nil {
			yield(nil, err)
		}
	}
}

// Matching is an iterator of the quads that match p; nil when there are none.
func (r *Quads) Matching(ctx context.Context, p quad.Quad) (iterator.Shape, error) {
	var given shape.Quads
	for _, d := range quad.Directions {
		if value := p.Get(d); value != nil {
			given = append(given, shape.QuadFilter{Dir: d, Values: shape.Lookup{value}})
		}
	}
	switch len(given) {
	case 0:
		return r.QS.QuadsAllIterator(), nil
	case 1:
		ref, err := r.QS.ValueOf(p.Get(given[0].Dir))
		if err != nil || ref == nil {
			return nil, err
		}
		return r.QS.QuadIterator(given[0].Dir, ref), nil
	}
	return shape.BuildIterator(ctx, r.QS, given), nil
}

// Do calls do with every quad that matches p.
func (r *Quads) Do(ctx context.Context, p quad.Quad, do func(quad.Quad)) error {
	for q, err := range r.Each(ctx, p) {
		if err != nil {
			return err
		}
		do(q)
	}
	return nil
}

// List lists the quads that match p.
func (r *Quads) List(ctx context.Context, p quad.Quad) (list []quad.Quad, err error) {
	err = r.Do(ctx, p, func(q quad.Quad) { list = append(list, q) })
	return list, err
}

// Any reports whether a quad matches p.
func (r *Quads) Any(ctx context.Context, p quad.Quad) (bool, error) {
	for _, err := range r.Each(ctx, p) {
		return err == nil, err
	}
	return false, nil
}

// Has reports whether the store has a term at all.
func (r *Quads) Has(value quad.Value) (bool, error) {
	ref, err := r.QS.ValueOf(value)
	return err == nil && ref != nil, err
}

// Object returns the first object of subject and predicate, or nil.
func (r *Quads) Object(ctx context.Context, subject quad.Value, predicate quad.IRI) (quad.Value, error) {
	list, err := r.Objects(ctx, subject, predicate)
	if len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// Objects returns the objects of subject and predicate.
func (r *Quads) Objects(ctx context.Context, subject quad.Value, predicate quad.IRI) ([]quad.Value, error) {
	if list, ok, err := r.looked(subject, predicate); ok || err != nil {
		return list, err
	}
	hop := shape.NodesFrom{Dir: quad.Object, Quads: shape.Quads{
		{Dir: quad.Subject, Values: shape.Lookup{subject}}, {Dir: quad.Predicate, Values: shape.Lookup{predicate}}}}
	it := shape.BuildIterator(ctx, r.QS, hop).Iterate()
	defer it.Close()
	var list []quad.Value
	for it.Next(ctx) {
		value, err := r.QS.NameOf(it.Result())
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	if err := it.Err(); err != nil {
		return nil, err
	}
	return list, ctx.Err()
}

// IRI is a value as an IRI, empty if it is none.
func IRI(v quad.Value) quad.IRI {
	iri, _ := v.(quad.IRI)
	return iri
}

// CompareTriples orders quads by subject, predicate and object, as they are written.
func CompareTriples(a, b quad.Quad) int {
	written := func(a, b quad.Value) int { return cmp.Compare(quad.StringOf(a), quad.StringOf(b)) }
	return cmp.Or(written(a.Subject, b.Subject), written(a.Predicate, b.Predicate), written(a.Object, b.Object))
}
