package read

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// Numbers are the quads of a store that does not change, by the numbers of their terms.
// They are not for concurrent use.
type Numbers interface {
	// Find returns the id of an IRI, term.None if no quad has it.
	Find(iri quad.IRI) (term.ID, error)
	// IsIRI reports whether a term is an IRI, and AppendIRI appends the text of one,
	// nothing of another.
	IsIRI(id term.ID) (bool, error)
	AppendIRI(dst []byte, id term.ID) ([]byte, error)
	// Beginning are the numbers, from one up to another, of IRIs that begin so, but
	// perhaps not of all.
	Beginning(text string) (from, to term.ID, err error)
	// Each calls do with the quads of a subject, an object or both, and perhaps of a
	// predicate, until it returns false. It may be called by do.
	Each(ctx context.Context, p term.Pattern, do func(term.Quad) (more bool, err error)) error
	// Count counts the quads of a subject or an object.
	Count(ctx context.Context, p term.Pattern) (int64, error)
}

// Numbers are those of the store, which may be any of Cayley's.
func (r *Quads) Numbers() (_ Numbers, err error) {
	defer snapshot.Catch(&err)
	ix, err := r.Index()
	if ix == nil || err != nil {
		return &termNumberer{qs: r.QS, ids: map[any]term.ID{}}, err
	}
	ids, err := r.QS.(*store.QuadStore).IDs()
	if err != nil {
		return nil, err
	}
	return &indexed{ix: ix, ids: ids, kinds: ids.Resources()}, nil
}

// indexed implements Numbers for a store of kg's.
type indexed struct {
	ix    plan.Index
	ids   *store.IDs // the same
	kinds *store.Resources
	free  []*columnBlock
}

type columnBlock struct {
	cursor plan.Cursor
	quads  [64]term.Quad
}

func (x *indexed) Find(iri quad.IRI) (term.ID, error) { return x.ix.Resolve(refs.PreFetched(iri)) }

func (x *indexed) IsIRI(id term.ID) (bool, error) { return x.kinds.IRI(id), nil }

func (x *indexed) AppendIRI(dst []byte, id term.ID) (text []byte, err error) {
	defer snapshot.Catch(&err)
	if !x.kinds.IRI(id) {
		return dst, nil
	}
	text, _ = x.ids.AppendText(dst, id)
	return text, nil
}

func (x *indexed) Beginning(text string) (from, to term.ID, err error) {
	defer snapshot.Catch(&err)
	if base, _ := x.ids.Snapshot(); base != nil {
		from, to = base.IRIs(text)
	}
	return from, to, nil
}

func (x *indexed) Count(_ context.Context, p term.Pattern) (n int64, err error) {
	defer snapshot.Catch(&err)
	return int64(x.ix.Count(p)), nil
}

func (x *indexed) Each(ctx context.Context, p term.Pattern, do func(term.Quad) (bool, error)) (err error) {
	defer snapshot.Catch(&err)
	if len(x.free) == 0 {
		x.free = append(x.free, &columnBlock{})
	}
	b := x.free[len(x.free)-1]
	x.free = x.free[:len(x.free)-1]
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

// termNumberer numbers the terms of a store that is not kg's as they come.
type termNumberer struct {
	qs   cayley.QuadStore
	ids  map[any]term.ID
	refs []cayley.Ref
}

func (x *termNumberer) number(ref cayley.Ref) term.ID {
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

func (x *termNumberer) Find(iri quad.IRI) (term.ID, error) {
	ref, err := x.qs.ValueOf(iri)
	if err != nil || ref == nil {
		return term.None, err
	}
	return x.number(ref), nil
}

func (x *termNumberer) IsIRI(id term.ID) (bool, error) {
	value, err := x.qs.NameOf(x.refs[id-1])
	return IRI(value) != "", err
}

func (x *termNumberer) AppendIRI(dst []byte, id term.ID) ([]byte, error) {
	value, err := x.qs.NameOf(x.refs[id-1])
	return append(dst, IRI(value)...), err
}

func (x *termNumberer) Beginning(string) (from, to term.ID, err error) { return from, to, nil }

// endOf is the end of a pattern by which its quads are read.
func endOf(p term.Pattern) (quad.Direction, term.ID) {
	if id := p.Quad[term.Subject]; id != term.None {
		return quad.Subject, id
	}
	return quad.Object, p.Quad[term.Object]
}

func (x *termNumberer) Count(ctx context.Context, p term.Pattern) (int64, error) {
	d, id := endOf(p)
	size, err := x.qs.QuadIteratorSize(ctx, d, x.refs[id-1])
	return size.Value, err
}

func (x *termNumberer) Each(ctx context.Context, p term.Pattern, do func(term.Quad) (bool, error)) error {
	d, id := endOf(p)
	for ref, err := range Refs(ctx, x.qs.QuadIterator(d, x.refs[id-1])) {
		if err != nil {
			return err
		}
		var q term.Quad
		for position, d := range quad.Directions {
			of, err := x.qs.QuadDirection(ref, d)
			if err != nil {
				return err
			}
			q[position] = x.number(of)
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
