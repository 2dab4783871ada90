package store

import (
	"bytes"
	"context"
	"runtime"
	"slices"

	"kg/graph/internal/store/term"
)

// Unlike calls do with every quad that one of two snapshots has and the other has not,
// and with the one that has it, until do fails. A snapshot's ids are in the order of its
// keys: so the ids of the one are mapped to those of the other, four bytes for each, and
// quads whose terms both have are merged in order.
func Unlike(ctx context.Context, a, b *IDs, do func(of *IDs, q term.Quad) error) error {
	defer runtime.KeepAlive(a.v)
	defer runtime.KeepAlive(b.v)
	to, back := common(a, b)
	x := &merged{ids: a, translate: func(q *term.Quad) bool {
		for i, id := range q {
			if q[i] = to[id]; q[i] == term.None && id != term.None {
				return false
			}
		}
		return true
	}}
	y := &merged{ids: b, translate: func(q *term.Quad) bool {
		return !slices.ContainsFunc(q[:], func(id term.ID) bool { return back[id/64]&(1<<(id%64)) == 0 })
	}}
	for _, w := range []*merged{x, y} {
		w.do = do
		w.ids.v.begin(&w.cursor, term.Pattern{})
		if err := w.next(); err != nil {
			return err
		}
	}
	for n := 0; x.some || y.some; n++ {
		if n%(1<<12) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := advance(x, y); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// advance goes on with the lesser of two quads, which only one has, or with both.
func advance(x, y *merged) error {
	order := 0
	switch {
	case !x.some:
		order = 1
	case !y.some:
		order = -1
	default:
		order = slices.Compare(x.key[:], y.key[:])
	}
	for _, w := range []struct {
		*merged
		passed, alone bool
	}{{x, order <= 0, order < 0}, {y, order >= 0, order > 0}} {
		if w.alone {
			if err := w.do(w.ids, w.quad); err != nil {
				return err
			}
		}
		if w.passed {
			if err := w.next(); err != nil {
				return err
			}
		}
	}
	return nil
}

// merged is one of two walks.
type merged struct {
	cursor
	ids       *IDs
	translate func(q *term.Quad) bool // not ok for a quad with a term that the other has not
	do        func(of *IDs, q term.Quad) error

	ahead     [8 * chunk]term.Quad
	at, n     int
	quad, key term.Quad // as it is, and in the numbers of the second
	some      bool      // there is a quad
}

// next advances to the next quad that the other may have, and reports those before it.
func (w *merged) next() error {
	for {
		if w.at == w.n {
			w.at, w.n = 0, w.fill(w.ahead[:])
			if w.some = w.n > 0; !w.some {
				return nil
			}
		}
		w.quad = w.ahead[w.at]
		w.key = w.quad
		w.at++
		if w.translate(&w.key) {
			return nil
		}
		if err := w.do(w.ids, w.quad); err != nil {
			return err
		}
	}
}

// common gives, by the numbers of a snapshot, those that another has for the same
// terms, and which of the other have one.
func common(a, b *IDs) (to []term.ID, back []uint64) {
	to, back = make([]term.ID, a.Last()+1), make([]uint64, b.Last()/64+1)
	back[0] = 1 // no label is one of both
	var x, y []byte
	for i, j := term.ID(1), term.ID(1); i <= a.Last() && j <= b.Last(); {
		if len(x) == 0 {
			x = a.AppendKey(x, i)
		}
		if len(y) == 0 {
			y = b.AppendKey(y, j)
		}
		order := bytes.Compare(x, y)
		if order == 0 {
			to[i] = j
			back[j/64] |= 1 << (j % 64)
		}
		if order <= 0 {
			i, x = i+1, x[:0]
		}
		if order >= 0 {
			j, y = j+1, y[:0]
		}
	}
	return to, back
}
