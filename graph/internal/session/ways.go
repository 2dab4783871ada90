package session

import (
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
)

// maxWays bounds the ways that are kept of one answer. The number of ways can
// grow exponentially with the length of a path.
const maxWays = 64

// ways are the derivations of a result, each a list of quads: its minimal
// witnesses, since a way that contains another is dropped.
type ways struct {
	list [][]refs.Ref
	more bool // there are more than maxWays
}

// oneWay is a single derivation.
func oneWay(quads []refs.Ref) *ways { return &ways{list: [][]refs.Ref{quads}} }

// add adds a derivation, unless it contains one that is there, and drops those
// that contain it.
func (w *ways) add(way []refs.Ref) {
	for _, have := range w.list {
		if contains(way, have) {
			return
		}
	}
	w.list = slices.DeleteFunc(w.list, func(have []refs.Ref) bool { return contains(have, way) })
	if len(w.list) >= maxWays {
		w.more = true
		return
	}
	w.list = append(w.list, way)
}

// join adds all derivations of other.
func (w *ways) join(other *ways) {
	w.more = w.more || other.more
	for _, way := range other.list {
		w.add(way)
	}
}

// then are the derivations that pass one of w and one of next.
func (w *ways) then(next *ways) *ways {
	switch {
	case len(w.list) == 1 && len(w.list[0]) == 0:
		return &ways{next.list, w.more || next.more}
	case len(next.list) == 1 && len(next.list[0]) == 0:
		return &ways{w.list, w.more || next.more}
	}
	out := &ways{more: w.more || next.more}
	for _, first := range w.list {
		for _, second := range next.list {
			c := collector{}
			for _, q := range first {
				c.add(q)
			}
			for _, q := range second {
				c.add(q)
			}
			out.add(c.list)
		}
	}
	return out
}

// contains reports whether every quad of part is in way.
func contains(way, part []refs.Ref) bool {
	if len(part) > len(way) {
		return false
	}
	for _, q := range part {
		key := refs.ToKey(q)
		if !slices.ContainsFunc(way, func(other refs.Ref) bool { return refs.ToKey(other) == key }) {
			return false
		}
	}
	return true
}

// waysThrough are the derivations of a result by its traces: the quads of the
// plain ones, and any choice of the ways that the bundles hold.
func waysThrough(traces []trace, tags map[string]refs.Ref) *ways {
	var plain collector
	var choices []*ways
	for _, t := range traces {
		if t.covered {
			continue
		}
		if b, ok := tags[t.tag].(*bundle); ok {
			choices = append(choices, b.ways)
			continue
		}
		plain.add(tags[t.tag])
	}
	out := oneWay(plain.list)
	for _, c := range choices {
		out = out.then(c)
	}
	return out
}

// sameShown reports whether two results agree in the tags that rows show.
func sameShown(a, b map[string]refs.Ref) bool {
	within := func(a, b map[string]refs.Ref) bool {
		for tag, ref := range a {
			if isReserved(tag) {
				continue
			}
			other, ok := b[tag]
			if !ok || refs.ToKey(ref) != refs.ToKey(other) {
				return false
			}
		}
		return true
	}
	return within(a, b) && within(b, a)
}
