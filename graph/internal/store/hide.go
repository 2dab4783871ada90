package store

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// Hide returns a second handle on the same store without the quads under some labels, and
// without the nodes that only these have: under each of the labels given, and under all
// that begin with one of the prefixes and are of its kind. It shows every commit, if qs
// does; quads hidden in qs stay hidden. It is read-only, and need not be closed.
func (qs *QuadStore) Hide(labels, prefixes []quad.Value) (*QuadStore, error) {
	keys := slices.Clone(qs.hiddenKeys)
	for _, label := range labels {
		key, err := term.Append(nil, label)
		if err != nil {
			return nil, fmt.Errorf("hiding label %v: %w", label, err)
		}
		keys = append(keys, term.KeyRange{From: key, To: append(bytes.Clone(key), 0)})
	}
	for _, prefix := range prefixes {
		keys = append(keys, term.Prefix(prefix)...)
	}
	return &QuadStore{db: qs.db, hiddenKeys: union(keys), shadow: true, pinned: qs.pinned, from: qs.from}, nil
}

// union sorts ranges and joins those that overlap.
func union(keys []term.KeyRange) []term.KeyRange {
	slices.SortFunc(keys, func(a, b term.KeyRange) int { return bytes.Compare(a.From, b.From) })
	var out []term.KeyRange
	for _, k := range keys {
		if n := len(out); n > 0 && bytes.Compare(k.From, out[n-1].To) <= 0 {
			if bytes.Compare(k.To, out[n-1].To) > 0 {
				out[n-1].To = k.To
			}
			continue
		}
		out = append(out, k)
	}
	return out
}

// hidden is which labels of a state are hidden.
type hidden struct {
	ids []plan.Range

	once   once
	labels []term.ID // those that quads have

	deadOnce once
	dead     map[term.ID]bool
}

// once is a sync.Once that runs again after a panic, as on damage: the result is not
// there yet.
type once struct {
	mu   sync.Mutex
	done atomic.Bool
}

func (o *once) Do(do func()) {
	if o.done.Load() {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.done.Load() {
		do()
		o.done.Store(true)
	}
}

// has reports whether the quads under a label are hidden.
func (h *hidden) has(label term.ID) bool {
	return label != term.None && within(h.ids, label)
}

// drop takes the hidden quads out and returns how many are left.
func (h *hidden) drop(quads []term.Quad) int {
	n := 0
	for _, q := range quads {
		if !h.has(q[term.Label]) {
			quads[n] = q
			n++
		}
	}
	return n
}

// hiddenLabels are the hidden labels that quads have.
func (v *view) hiddenLabels() []term.ID {
	h := v.hidden
	h.once.Do(func() {
		h.labels = nil
		for _, r := range h.ids {
			for id := r.From; id < r.To; id++ {
				if v.stateCount(under(id)) > 0 {
					h.labels = append(h.labels, id)
				}
			}
		}
	})
	return h.labels
}

func under(label term.ID) (p term.Pattern) {
	p.Quad[term.Label] = label
	return p
}

// hiddenCount is how many of the n quads of a pattern are hidden.
func (v *view) hiddenCount(p term.Pattern, n uint64) (hidden uint64) {
	if label := p.Quad[term.Label]; label != term.None {
		if v.hidden.has(label) {
			return n
		}
		return 0
	}
	// Reading some dozens of quads costs as much as one count.
	const perCount = 32
	labels := v.hiddenLabels()
	if n/perCount >= uint64(len(labels)) {
		for _, id := range labels {
			p.Quad[term.Label] = id
			hidden += v.stateCount(p)
		}
		return hidden
	}
	v.bare().each(p, func(q term.Quad) {
		if v.hidden.has(q[term.Label]) {
			hidden++
		}
	})
	return hidden
}

// each calls do with every quad of a pattern.
func (v *view) each(p term.Pattern, do func(term.Quad)) {
	var w cursor
	var quads [chunk]term.Quad
	v.begin(&w, p)
	for {
		n := w.fill(quads[:])
		if n == 0 {
			return
		}
		for _, q := range quads[:n] {
			do(q)
		}
	}
}

// dead are the nodes that only hidden quads have.
func (v *view) dead() map[term.ID]bool {
	h := v.hidden
	if h == nil {
		return nil
	}
	h.deadOnce.Do(func() {
		dead := map[term.ID]bool{}
		seen := map[term.ID]bool{}
		bare := v.bare()
		for _, label := range v.hiddenLabels() {
			bare.each(under(label), func(q term.Quad) {
				for _, id := range q {
					if !seen[id] {
						seen[id] = true
						if !v.Live(id) {
							dead[id] = true
						}
					}
				}
			})
		}
		h.dead = dead
	})
	return h.dead
}
