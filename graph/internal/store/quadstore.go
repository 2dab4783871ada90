package store

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

var _ graph.QuadStore = (*QuadStore)(nil)

// QuadStore is a handle on an open store, safe for concurrent use. An iterator shows the
// store as it was when it was begun, whatever is written meanwhile; a query may begin
// several, one after the other, so it is best run on a handle of Now.
//
// Refs are plan.TermRef and plan.QuadRef. They keep their meaning while they are held, in
// all handles, whatever is written and rewritten.
type QuadStore struct {
	db         *db.DB
	hiddenKeys []term.KeyRange // of labels, see Hide
	shadow     bool            // made by Hide or Now
	pinned     *db.State       // the state it shows, nil for the present one
	last       atomic.Pointer[view]
	from       Feed // feeds it; nil for a store that has all there is
}

// Now returns a handle that shows the store in its present state, whatever is written
// later: all its methods and iterators read one state. It costs next to nothing. It hides
// what qs hides, is read-only, and need not be closed; it is closed with the handle that
// Open returned.
func (qs *QuadStore) Now() (*QuadStore, error) {
	v, err := qs.view()
	if err != nil {
		return nil, err
	}
	return v.pinned, nil
}

// view is the present state as this handle shows it.
func (qs *QuadStore) view() (_ *view, err error) {
	if err := qs.db.Readable(); err != nil {
		return nil, err
	}
	if qs.from != nil {
		return qs.fedView()
	}
	now := qs.pinned
	if now == nil {
		now = qs.db.State()
	}
	if v := qs.last.Load(); v != nil && v.State == now {
		return v, nil
	}
	v := &view{State: now}
	if len(qs.hiddenKeys) > 0 {
		defer snapshot.Catch(&err)
		if ids := ranges(now.Table, qs.hiddenKeys); len(ids) > 0 {
			v.hidden = &hidden{ids: ids}
		}
	}
	v.pinned = qs
	if qs.pinned == nil {
		v.pinned = &QuadStore{db: qs.db, hiddenKeys: qs.hiddenKeys, shadow: true, pinned: now}
		v.pinned.last.Store(v)
	}
	qs.last.Store(v)
	return v, nil
}

// Index returns the index for plans: the present state of the store.
func (qs *QuadStore) Index() (plan.Index, error) {
	v, err := qs.view()
	if err != nil {
		return nil, err
	}
	return v, nil
}

// ValueOf implements refs.Namer: it returns the node of a value, nil if no quad has it.
func (qs *QuadStore) ValueOf(value quad.Value) (ref graph.Ref, err error) {
	defer snapshot.Catch(&err)
	v, err := qs.view()
	if err != nil {
		return nil, err
	}
	id, err := v.idOf(value)
	if err != nil || id == term.None || !v.Live(id) {
		return nil, err
	}
	return plan.TermRef{ID: id, In: v.Numbering()}, nil
}

// NameOf implements refs.Namer: the value of a node, nil of anything else.
func (qs *QuadStore) NameOf(ref graph.Ref) (value quad.Value, err error) {
	switch r := ref.(type) {
	case plan.TermRef:
		if _, err := qs.view(); err != nil {
			return nil, err
		}
		if n := numberingOf(r.In); n != nil {
			return n.value(r.ID)
		}
	case refs.PreFetchedValue:
		return r.NameOf(), nil
	}
	return nil, nil
}

// Quad implements graph.QuadIndexer: the quad of a link, a zero one of anything
// else.
func (qs *QuadStore) Quad(ref graph.Ref) (q quad.Quad, err error) {
	link, ok := ref.(plan.QuadRef)
	if !ok {
		return q, nil
	}
	for i, id := range link.Quad {
		if id == term.None {
			continue
		}
		value, err := qs.NameOf(plan.TermRef{ID: id, In: link.In})
		if err != nil {
			return quad.Quad{}, err
		}
		q.Set(quad.Directions[i], value)
	}
	return q, nil
}

// QuadDirection implements graph.QuadIndexer: the node in one position of a link,
// nil if it has none.
func (qs *QuadStore) QuadDirection(ref graph.Ref, d quad.Direction) (graph.Ref, error) {
	link, ok := ref.(plan.QuadRef)
	if !ok {
		return nil, nil
	}
	if id := link.Quad.Get(d); id != term.None {
		return plan.TermRef{ID: id, In: link.In}, nil
	}
	return nil, nil
}

// QuadIterator implements graph.QuadIndexer: the quads with a node in a position.
func (qs *QuadStore) QuadIterator(d quad.Direction, ref graph.Ref) iterator.Shape {
	return &present{qs, func(ix plan.Index) iterator.Shape { return plan.QuadsOf(ix, d, ref) }}
}

// QuadIteratorSize implements graph.QuadIndexer. It is always exact.
func (qs *QuadStore) QuadIteratorSize(ctx context.Context, d quad.Direction, ref graph.Ref) (size refs.Size, err error) {
	defer snapshot.Catch(&err)
	v, err := qs.view()
	if err != nil {
		return size, err
	}
	size.Exact = true
	id, err := v.Resolve(ref)
	if position := slices.Index(quad.Directions, d); err == nil && id != term.None && position >= 0 {
		var p term.Pattern
		p.Quad[position] = id
		size.Value = int64(v.Count(p))
	}
	return size, err
}

// NodesAllIterator implements graph.QuadStore.
func (qs *QuadStore) NodesAllIterator() iterator.Shape { return &present{qs, plan.Nodes} }

// QuadsAllIterator implements graph.QuadStore.
func (qs *QuadStore) QuadsAllIterator() iterator.Shape { return &present{qs, plan.Quads} }

// Stats implements graph.QuadIndexer. The numbers are always exact, and cost
// nothing but in a handle of Hide.
func (qs *QuadStore) Stats(ctx context.Context, exact bool) (st graph.Stats, err error) {
	defer snapshot.Catch(&err)
	v, err := qs.view()
	if err != nil {
		return st, err
	}
	st.Nodes = refs.Size{Value: int64(v.NodeCount()), Exact: true}
	st.Quads = refs.Size{Value: int64(v.quadCount()), Exact: true}
	return st, nil
}
