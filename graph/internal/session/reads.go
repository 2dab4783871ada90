package session

import (
	"slices"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// endScan reads the other ends of quads from an index.
type endScan struct {
	ix    plan.Index
	cur   plan.Cursor
	ends  []term.ID
	quads []term.Quad
}

func newScan(ix plan.Index) *endScan {
	return &endScan{ix: ix, ends: make([]term.ID, 512), quads: make([]term.Quad, 512)}
}

// read gives the terms at one position of the quads of a pattern; with labels, of
// those under one of them.
func (s *endScan) read(p term.Pattern, at int, labels []term.ID, f func(term.ID)) {
	for s.cur.Begin(p); !s.cur.Done; {
		n := 0
		if len(labels) == 0 {
			n = s.ix.Ends(&s.cur, at, s.ends)
			for _, id := range s.ends[:n] {
				f(id)
			}
		} else {
			n = s.ix.Quads(&s.cur, s.quads)
			for _, q := range s.quads[:n] {
				if q[term.Label] != term.None && slices.Contains(labels, q[term.Label]) {
					f(q[at])
				}
			}
		}
		if n == 0 {
			return
		}
	}
}
