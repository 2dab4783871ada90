package store

import (
	"runtime"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

var _ plan.Index = (*view)(nil)

// view is a state as a handle shows it, read by plans and iterators.
type view struct {
	*db.State
	pinned *QuadStore // the handle that shows this and nothing later
	hidden *hidden    // nil if nothing is

	from Feed            // see Fed; nil as a rule, and then so are:
	live *db.DB          // the store that it feeds
	keys []term.KeyRange // of the hidden labels
}

func (v *view) numbering() *numbering { return v.State.Numbering.(*numbering) }

// Numbering implements plan.Index.
func (v *view) Numbering() *plan.Numbering { return &v.numbering().ref }

// Version implements plan.Index.
func (v *view) Version() uint64 { return v.State.Version }

// Store implements plan.Index.
func (v *view) Store() graph.QuadStore { return v.pinned }

// Count implements plan.Index.
func (v *view) Count(p term.Pattern) uint64 {
	n := v.stateCount(p)
	if v.hidden != nil && n > 0 {
		n -= v.hiddenCount(p, n)
	}
	runtime.KeepAlive(v)
	return n
}

// Fetch implements plan.Ahead.
func (v *view) Fetch(w plan.Walk) {
	v.from.Walk(v.Table, w)
	v.renew()
}

// CountRows implements plan.Ahead.
func (v *view) CountRows(t plan.RowCount) (uint64, bool) {
	var labels []term.ID
	if v.hidden != nil {
		labels = v.hiddenLabels()
	}
	return v.from.CountRows(v.Table, t, labels)
}

// Fetches implements plan.Ahead.
func (v *view) Fetches() bool { return v.from != nil }

// UpperBound implements plan.Ahead.
func (v *view) UpperBound(p term.Pattern) uint64 {
	if n, ok := v.from.UpperBound(v.Table, p); ok {
		return n
	}
	return v.State.Count(p)
}

// AtMost implements plan.Index: hidden quads are not taken out.
func (v *view) AtMost(p term.Pattern) uint64 {
	n := v.stateCount(p)
	runtime.KeepAlive(v)
	return n
}

// CountEach implements plan.Index.
func (v *view) CountEach(p term.Pattern, position int, ids []term.ID) (n uint64) {
	if v.hidden != nil || v.from != nil || v.Base() == nil || !v.Fits(p) {
		return v.addUp(p, position, ids)
	}
	if v.Changed(&p) {
		// Of those that a change is about.
		clean := make([]term.ID, 0, len(ids))
		for i, id := range ids {
			if v.Touches(position, id) {
				n += v.addUp(p, position, ids[i:i+1])
			} else {
				clean = append(clean, id)
			}
		}
		ids = clean
	}
	n += v.Base().CountEach(p, position, ids)
	runtime.KeepAlive(v)
	return n
}

// Counts implements plan.Index.
func (v *view) Counts(p term.Pattern, position int, ids []term.ID, counts []uint64) {
	bare := v.hidden == nil && v.from == nil && v.Base() != nil && v.Fits(p)
	if bare {
		v.Base().Counts(p, position, ids, counts)
	}
	if !bare || v.Changed(&p) {
		for i, id := range ids {
			if !bare || v.Touches(position, id) {
				counts[i] = v.addUp(p, position, ids[i:i+1])
			}
		}
	}
	runtime.KeepAlive(v)
}

// EndsEach implements plan.Index.
func (v *view) EndsEach(p term.Pattern, position int, ids, dst []term.ID) (_ []term.ID, used int) {
	if v.hidden != nil || v.from != nil || v.Base() == nil {
		return dst, 0
	}
	if v.Changed(&p) { // those before one that a change is about
		touched := func(id term.ID) bool { return v.Touches(position, id) }
		if i := slices.IndexFunc(ids, touched); i >= 0 {
			ids = ids[:i]
		}
	}
	if len(ids) > 0 {
		dst, used = v.Base().AppendEach(dst, p.Quad[term.Predicate], position, ids, endsEnough)
	}
	runtime.KeepAlive(v)
	return dst, used
}

// endsEnough is after how many ends of several terms to stop.
const endsEnough = 512

func (v *view) addUp(p term.Pattern, position int, ids []term.ID) (n uint64) {
	for _, id := range ids {
		if p.Quad[position] = id; id != term.None {
			n += v.Count(p)
		}
	}
	return n
}

// Contains reports whether the view has a quad.
func (v *view) Contains(q term.Quad) bool {
	v.want(term.Pattern{Quad: q})
	return (v.hidden == nil || !v.hidden.has(q[term.Label])) && v.State.Contains(q)
}

// Ends implements plan.Index.
func (v *view) Ends(c *plan.Cursor, position int, dst []term.ID) int {
	defer runtime.KeepAlive(v)
	if !c.Begun {
		v.want(c.Pattern)
	}
	if n, ok := v.hop(c, position, dst); ok {
		return n
	}
	w := v.cursorOf(c)
	n := copy(dst, w.ends)
	w.ends = w.ends[n:]
	if n > 0 {
		c.Done = len(w.ends) == 0
		return n
	}
	n, c.Done = w.fillIDs(dst, position)
	return n
}

// Quads implements plan.Index.
func (v *view) Quads(c *plan.Cursor, dst []term.Quad) int { return v.cursorOf(c).fill(dst) }

// Nodes implements plan.Index.
func (v *view) Nodes(c *plan.Cursor, dst []term.ID) int {
	v.fedNodes(c)
	if !c.Begun {
		c.Begun = true
		c.Pos, c.End = 1, uint64(v.Last())+1
		if c.Pattern.ObjectTo != term.None {
			c.Pos = max(c.Pos, uint64(c.Pattern.ObjectFrom))
			c.End = min(c.End, uint64(c.Pattern.ObjectTo))
		}
	}
	if v.from != nil {
		return v.liveNodes(c, dst)
	}
	dead := v.dead()
	n := 0
	for ; n < len(dst) && c.Pos < c.End; c.Pos++ {
		id := term.ID(c.Pos)
		if (v.Len() == 0 || v.State.Live(id)) && !dead[id] {
			dst[n] = id
			n++
		}
	}
	return n
}

// NodeCount implements plan.Index.
func (v *view) NodeCount() uint64 {
	if v.from != nil {
		if _, nodes, ok := v.from.Size(); ok {
			return nodes
		}
	}
	return v.State.Nodes() - uint64(len(v.dead()))
}

// quadCount is the number of quads.
func (v *view) quadCount() uint64 { return v.Count(term.Pattern{}) }

// Live implements plan.Index.
func (v *view) Live(id term.ID) bool {
	if v.from != nil {
		return v.fedLive(id)
	}
	live := v.State.Live(id)
	if !live || v.hidden == nil {
		return live
	}
	for position := range 4 {
		var c cursor
		var q [1]term.Quad
		var p term.Pattern
		p.Quad[position] = id
		if v.begin(&c, p); c.fill(q[:]) > 0 {
			return true
		}
	}
	return false
}

// Value implements plan.Index.
func (v *view) Value(id term.ID) (quad.Value, error) {
	return v.numbering().value(id)
}

// Resolve implements plan.Index.
func (v *view) Resolve(r refs.Ref) (id term.ID, err error) {
	defer snapshot.Catch(&err)
	switch r := r.(type) {
	case plan.TermRef:
		if r.In == v.Numbering() {
			return r.ID, nil
		}
		return v.translate(r), nil
	case refs.PreFetchedValue:
		return v.idOf(r.NameOf())
	}
	return term.None, nil
}

// idOf gives the ID of a value, None if the state does not know it.
func (v *view) idOf(value quad.Value) (term.ID, error) {
	if value == nil {
		return term.None, nil
	}
	var buf [128]byte
	key, err := term.Append(buf[:0], value)
	if err != nil {
		return term.None, nil // a value that is no term is in no store
	}
	if v.from != nil {
		v.from.Key(key)
		v.renew()
	}
	id, _ := v.Find(key)
	runtime.KeepAlive(v)
	return id, nil
}

// translate finds a term of another numbering, None if the state does not know
// it.
func (v *view) translate(r plan.TermRef) term.ID {
	n := numberingOf(r.In)
	if n == nil {
		return term.None
	}
	var buf [128]byte
	key := n.key(buf[:0], r.ID)
	if len(key) == 0 {
		return term.None
	}
	id, _ := v.Find(key)
	runtime.KeepAlive(v)
	return id
}

// Ranges implements plan.Index.
func (v *view) Ranges(op iterator.Operator, value quad.Value) (ids []plan.Range, err error) {
	defer snapshot.Catch(&err)
	keys, err := term.Ranges(op, value)
	if err != nil {
		return nil, err
	}
	return v.keyRanges(keys), nil
}

// keyRanges are the ids of the terms with keys in some ranges.
func (v *view) keyRanges(keys []term.KeyRange) []plan.Range {
	if v.from != nil {
		v.from.Keys(keys)
		v.renew()
	}
	return ranges(v.Table, keys)
}

// Prefix implements plan.Index. Numbers, times and booleans are not stored in the order
// of their text, nor are literals of other datatypes: all are returned.
func (v *view) Prefix(text string) (ids []plan.Range, err error) {
	defer snapshot.Catch(&err)
	strings, tagged := term.Prefix(quad.String("")), term.Prefix(quad.LangString{})
	iris := term.Prefix(quad.IRI(""))
	keys := []term.KeyRange{{From: []byte{}, To: strings[0].From}}
	keys = append(keys, term.Prefix(quad.String(text))...)
	keys = append(keys, term.Prefix(quad.LangString{Value: quad.String(text)})...)
	keys = append(keys, term.KeyRange{From: tagged[len(tagged)-1].To, To: iris[0].From})
	keys = append(keys, term.Prefix(quad.IRI(text))...)
	keys = append(keys, term.Prefix(quad.BNode(text))...)
	return v.keyRanges(keys), nil
}
