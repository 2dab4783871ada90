package read

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Numbers are the quads of a store that does not change, by the numbers of their terms.
// They are not for concurrent use.
type Numbers interface {
	// Find is the number of an IRI, term.None if no quad has it.
	Find(iri quad.IRI) (term.ID, error)
	// Value is the term of a number that Find or Each gave.
	Value(id term.ID) (quad.Value, error)
	// Each calls do with the quads of a subject, an object or both, and perhaps of a
	// predicate, until it returns false. It may be called by do.
	Each(ctx context.Context, p term.Pattern, do func(term.Quad) (more bool, err error)) error
	// Count counts the quads of a subject or an object.
	Count(ctx context.Context, p term.Pattern) (int64, error)
}

// Numbers are those of the store, which may be any of Cayley's.
func (r *Quads) Numbers() (Numbers, error) {
	ix, err := r.Index()
	if ix == nil || err != nil {
		return &numbered{qs: r.QS, ids: map[any]term.ID{}}, err
	}
	return &indexed{ix: ix}, nil
}

// indexed are those of a store of ours.
type indexed struct {
	ix   plan.Index
	free []*block
}

type block struct {
	cursor plan.Cursor
	quads  [64]term.Quad
}

func (x *indexed) Find(iri quad.IRI) (term.ID, error) { return x.ix.Resolve(refs.PreFetched(iri)) }

func (x *indexed) Value(id term.ID) (quad.Value, error) { return x.ix.Value(id) }

func (x *indexed) Count(_ context.Context, p term.Pattern) (n int64, err error) {
	defer snapshot.Catch(&err)
	return int64(x.ix.Count(p)), nil
}

func (x *indexed) Each(ctx context.Context, p term.Pattern, do func(term.Quad) (bool, error)) (err error) {
	defer snapshot.Catch(&err)
	b := &block{}
	if n := len(x.free); n > 0 {
		b, x.free = x.free[n-1], x.free[:n-1]
	}
	defer func() { x.free = append(x.free, b) }()
	for b.cursor.Begin(p); !b.cursor.Done; {
		n := x.ix.Quads(&b.cursor, b.quads[:])
		if n == 0 {
			break
		}
		for _, q := range b.quads[:n] {
			if more, err := do(q); !more || err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// numbered numbers the terms of a store that is not ours as they come.
type numbered struct {
	qs   cayley.QuadStore
	ids  map[any]term.ID
	refs []cayley.Ref
}

func (x *numbered) number(ref cayley.Ref) term.ID {
	if ref == nil {
		return term.None
	}
	key := refs.ToKey(ref)
	id, known := x.ids[key]
	if !known {
		x.refs = append(x.refs, ref)
		id = term.ID(len(x.refs))
		x.ids[key] = id
	}
	return id
}

func (x *numbered) Find(iri quad.IRI) (term.ID, error) {
	ref, err := x.qs.ValueOf(iri)
	if err != nil || ref == nil {
		return term.None, err
	}
	return x.number(ref), nil
}

func (x *numbered) Value(id term.ID) (quad.Value, error) { return x.qs.NameOf(x.refs[id-1]) }

// endOf is the end of a pattern by which its quads are read.
func endOf(p term.Pattern) (quad.Direction, term.ID) {
	if id := p.Quad[term.Subject]; id != term.None {
		return quad.Subject, id
	}
	return quad.Object, p.Quad[term.Object]
}

func (x *numbered) Count(ctx context.Context, p term.Pattern) (int64, error) {
	d, id := endOf(p)
	size, err := x.qs.QuadIteratorSize(ctx, d, x.refs[id-1])
	return size.Value, err
}

func (x *numbered) Each(ctx context.Context, p term.Pattern, do func(term.Quad) (bool, error)) error {
	d, id := endOf(p)
	for ref, err := range Refs(ctx, x.qs.QuadIterator(d, x.refs[id-1])) {
		if err != nil {
			return err
		}
		var q term.Quad
		for place, d := range quad.Directions {
			of, err := x.qs.QuadDirection(ref, d)
			if err != nil {
				return err
			}
			q[place] = x.number(of)
		}
		if !p.Matches(q) {
			continue
		}
		if more, err := do(q); !more || err != nil {
			return err
		}
	}
	return nil
}
