package store

import (
	"context"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// Feed supplies a store that has a part of a graph: the whole is stored elsewhere, on a
// server as a rule. It is told which data is about to be read, and either puts it into
// the store first or records it as missing; then the result of the read is no answer, and
// the caller repeats it when the feed has supplied the data.
//
// Failures panic with a *snapshot.FeedError. A feed is used by one goroutine at a time.
type Feed interface {
	// Quads announces a pattern whose quads are about to be read.
	Quads(t *memtable.Table, p term.Pattern)
	// Count is the number of quads of a pattern in the whole graph. It is not ok if
	// the store has all of them.
	Count(t *memtable.Table, p term.Pattern) (n uint64, ok bool)
	// Walk announces the steps that a plan is about to read, and UpperBound returns a
	// known upper bound of Count of a pattern.
	Walk(t *memtable.Table, w plan.Walk)
	UpperBound(t *memtable.Table, p term.Pattern) (n uint64, ok bool)
	// CountRows counts the rows of a plan, without the quads under hidden labels. ok is
	// false if the plan has to be run.
	CountRows(t *memtable.Table, of plan.RowCount, hidden []term.ID) (rows uint64, ok bool)
	// Key announces a term that is about to be looked up, and Keys all terms with keys in
	// some ranges.
	Key(key []byte)
	Keys(ranges []term.KeyRange)
	// Live reports whether a quad of the graph has a term that the store has, but for
	// quads under hidden labels.
	Live(t *memtable.Table, id term.ID, hidden []term.ID) bool
	// All announces that all quads, or all terms, are about to be read.
	All()
	// Size is the number of quads and of terms of the whole graph. It is not ok if the
	// store has all of them.
	Size() (quads, nodes uint64, ok bool)
	// Degrees are those of each so many nodes. It is not ok if the store has them all.
	Degrees(ctx context.Context, stride int64) (list []int64, ok bool, err error)
	// Kinds returns the kinds of the graph's entities. ok is false if the store has all
	// quads.
	Kinds() (list []KindCount, ok bool, err error)
	// Named returns the nodes whose name, description or, for claims, text has the wanted
	// grams, and passes keep: folded, of an IRI its end. Nodes that no longer have the
	// name, or are hidden, may be among them. ok is false if the store has all quads, or
	// if there are too many.
	Named(w names.Wanted, keep func(name string) bool, most int) (nodes []quad.IRI, ok bool, err error)
	// Missing reports whether something was not read yet that was asked for.
	Missing() bool

	// Apply and Import write to the whole graph, and to the store.
	Apply(deltas []graph.Delta, ignore graph.IgnoreOpts) error
	Import(ctx context.Context, inputs []bulk.Input, o bulk.Options) (bulk.Imported, error)
	// Check checks the data stored elsewhere.
	Check(ctx context.Context) error
	// Name says where the whole graph is, for errors and people.
	Name() string
	Close() error
}

// KindCount is a kind, and the number of quads that state it.
type KindCount struct {
	IRI   quad.IRI
	Count int64
}

// Fed gives the handle on a store that a source feeds.
func Fed(d *db.DB, from Feed) *QuadStore {
	qs := New(d)
	qs.from = from
	return qs
}

// IsFed reports whether a source feeds the store: one goroutine at a time reads it.
func (qs *QuadStore) IsFed() bool { return qs.from != nil }

// Feed replaces the store that is fed by another one, which is empty as a rule. Data read
// from the old one must not be used any more.
func (qs *QuadStore) Feed(d *db.DB) {
	d.Number(newNumbering(d, nil))
	qs.db = d
	qs.last.Store(nil)
}

// Source returns the feed of a store, nil for a store that has all data.
func (qs *QuadStore) Source() Feed { return qs.from }

// name is the store's, for errors.
func (qs *QuadStore) name() string {
	if qs.from != nil {
		return qs.from.Name()
	}
	return qs.db.Path()
}

// Degrees are the degrees of each so many nodes of a store that has but a part of
// them. It is not ok for another.
func (qs *QuadStore) Degrees(ctx context.Context, stride int64) (list []int64, ok bool, err error) {
	if qs.from == nil {
		return nil, false, nil
	}
	return qs.from.Degrees(ctx, stride)
}

// fedView returns the view of a fed store: of the data it has so far, all of which is of
// one state of the whole graph.
func (qs *QuadStore) fedView() (*view, error) {
	if len(qs.hiddenKeys) > 0 {
		qs.from.Keys(qs.hiddenKeys)
		t := qs.db.State().Table
		for _, r := range ranges(t, qs.hiddenKeys) {
			for id := r.From; id < r.To; id++ {
				qs.from.Quads(t, under(id))
			}
		}
	}
	now := qs.db.State()
	if v := qs.last.Load(); v != nil && v.State == now {
		return v, nil
	}
	v := &view{State: now, from: qs.from, keys: qs.hiddenKeys, pinned: qs, live: qs.db}
	v.hide()
	qs.last.Store(v)
	return v, nil
}

// hide finds the labels that are hidden.
func (v *view) hide() {
	v.hidden = nil
	if len(v.keys) > 0 {
		if ids := ranges(v.Table, v.keys); len(ids) > 0 {
			v.hidden = &hidden{ids: ids}
		}
	}
}

// renew shows the data that the feed has added.
func (v *view) renew() {
	if now := v.live.State(); now != v.State && now.Numbering == v.State.Numbering {
		v.State = now
		v.hide()
	}
}

// want announces to the feed a pattern that is about to be read.
func (v *view) want(p term.Pattern) {
	if v.from != nil {
		v.from.Quads(v.Table, p)
		v.renew()
	}
}

// stateCount counts the quads of a pattern, hidden ones too.
func (v *view) stateCount(p term.Pattern) uint64 {
	if v.from != nil {
		n, ok := v.from.Count(v.Table, p)
		v.renew()
		if ok {
			return n
		}
	}
	return v.State.Count(p)
}

// bare returns the view with nothing hidden.
func (v *view) bare() *view {
	return &view{State: v.State, from: v.from, live: v.live, pinned: v.pinned}
}

// fedLive is Live of a store that has but a part: a quad that it has will do.
func (v *view) fedLive(id term.ID) bool {
	if v.hasVisible(id) {
		return true
	}
	var labels []term.ID
	if v.hidden != nil {
		labels = v.hiddenLabels()
	}
	live := v.from.Live(v.Table, id, labels)
	v.renew()
	return live
}

// hasVisible reports whether the store itself has a quad of the term that is not
// hidden.
func (v *view) hasVisible(id term.ID) bool {
	if !v.State.Live(id) || v.hidden == nil {
		return v.State.Live(id)
	}
	for position := range 4 {
		var p term.Pattern
		p.Quad[position] = id
		c := cursor{hidden: v.hidden}
		var q [1]term.Quad
		if c.rows.Begin(v.Table, p); c.fill(q[:]) > 0 {
			return true
		}
	}
	return false
}

// fedNodes announces to the feed the nodes that are about to be listed.
func (v *view) fedNodes(c *plan.Cursor) {
	if v.from == nil || c.Begun {
		return
	}
	if c.Pattern.ObjectTo == term.None {
		v.from.All()
		v.renew()
	}
}

// liveNodes is Nodes of a store that has but a part.
func (v *view) liveNodes(c *plan.Cursor, dst []term.ID) (n int) {
	for ; n < len(dst) && c.Pos < c.End; c.Pos++ {
		if id := term.ID(c.Pos); v.Live(id) {
			dst[n] = id
			n++
		}
	}
	return n
}
