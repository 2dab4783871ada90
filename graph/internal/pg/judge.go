package pg

import (
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/graph/internal/store/wal"
)

// delta is a quad that comes or goes, by its keys.
type delta struct {
	wal.Delta
	there bool // before all of them
}

func (d *delta) row(ids map[string]int64) (r idRow) {
	for i, key := range d.Keys {
		r[i] = ids[string(key)]
	}
	return r
}

func rowsOf(list []delta, ids map[string]int64) []idRow {
	rows := make([]idRow, len(list))
	for i := range list {
		rows[i] = list[i].row(ids)
	}
	return rows
}

// keysOf gives the keys of deltas, and the text of their labels.
func keysOf(deltas []cayley.Delta) ([]delta, map[string]bool, error) {
	list, labels := make([]delta, len(deltas)), map[string]bool{}
	for i, d := range deltas {
		if d.Action != cayley.Add && d.Action != cayley.Delete {
			return nil, nil, &cayley.DeltaError{Delta: d, Err: cayley.ErrInvalidAction}
		}
		list[i].Remove = d.Action == cayley.Delete
		for n, v := range [4]quad.Value{d.Quad.Subject, d.Quad.Predicate, d.Quad.Object, d.Quad.Label} {
			key, err := term.Append(nil, v)
			if err != nil {
				return nil, nil, &cayley.DeltaError{Delta: d, Err: fmt.Errorf("the quad has no %s that can be stored: %w", quad.Directions[n], err)}
			}
			list[i].Keys[n] = key
		}
		if iri, ok := d.Quad.Label.(quad.IRI); ok {
			labels[string(iri)] = true
		}
	}
	return list, labels, nil
}

// judge judges the deltas one after the other, each on the result of those before it, and
// returns their net effect.
func judge(list []delta, deltas []cayley.Delta, ignore cayley.IgnoreOpts) (adds, removes []delta, err error) {
	type state struct {
		first int
		is    bool
	}
	var order []string
	states := map[string]*state{}
	for i := range list {
		d := &list[i]
		name := fmt.Sprintf("%q", d.Keys)
		st, ok := states[name]
		if !ok {
			st = &state{i, d.there}
			states[name] = st
			order = append(order, name)
		}
		switch {
		case !d.Remove && st.is && !ignore.IgnoreDup:
			return nil, nil, &cayley.DeltaError{Delta: deltas[i], Err: cayley.ErrQuadExists}
		case d.Remove && !st.is && !ignore.IgnoreMissing:
			return nil, nil, &cayley.DeltaError{Delta: deltas[i], Err: cayley.ErrQuadNotExist}
		}
		st.is = !d.Remove
	}
	for _, name := range order {
		switch st := states[name]; {
		case st.is && !list[st.first].there:
			adds = append(adds, list[st.first])
		case !st.is && list[st.first].there:
			removes = append(removes, list[st.first])
		}
	}
	return adds, removes, nil
}
