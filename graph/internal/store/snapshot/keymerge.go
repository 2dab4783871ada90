package snapshot

import (
	"bytes"
	"context"
	"slices"
)

// keyPiece is a range of the merged keys.
type keyPiece struct {
	keys  []byte // of distinct keys, one after the other
	ends  []int  // of each in keys
	ranks [][]uint32
	heap  []*keyCursor
	cur   []keyCursor
}

// mergeKeys passes the keys of all runs to use, ascending, each once, in chunks; ranks
// has, for each run, which keys of the chunk its next keys are.
func (b *Builder) mergeKeys(ctx context.Context, runs []*keyRun, use func(*keyPiece) error) error {
	const perPiece = 64 // blocks
	var firsts [][]byte
	for _, r := range runs {
		for _, x := range r.blocks {
			firsts = append(firsts, x.first)
		}
	}
	if len(firsts) == 0 {
		return ctx.Err()
	}
	slices.SortFunc(firsts, bytes.Compare)
	var bounds [][]byte
	for i := perPiece; i < len(firsts); i += perPiece {
		if n := len(bounds); n == 0 || !bytes.Equal(bounds[n-1], firsts[i]) {
			bounds = append(bounds, firsts[i])
		}
	}
	var pieces pool[*keyPiece]
	work := func(i int) (*keyPiece, error) {
		p := pieces.get()
		if p == nil {
			p = &keyPiece{ranks: make([][]uint32, len(runs)), cur: make([]keyCursor, len(runs))}
		}
		var lo, hi []byte
		if i > 0 {
			lo = bounds[i-1]
		}
		if i < len(bounds) {
			hi = bounds[i]
		}
		return p, p.merge(runs, lo, hi)
	}
	return ordered(ctx, b.workers, len(bounds)+1, work, func(p *keyPiece) error {
		defer pieces.put(p)
		return use(p)
	})
}

func (p *keyPiece) merge(runs []*keyRun, lo, hi []byte) error {
	p.keys, p.ends, p.heap = p.keys[:0], p.ends[:0], p.heap[:0]
	for i, r := range runs {
		c := &p.cur[i]
		c.run, c.index, c.hi, c.skip = r, i, hi, commonPrefix(lo, hi)
		p.ranks[i] = p.ranks[i][:0]
		if ok, err := c.start(lo); err != nil {
			return err
		} else if ok {
			p.heap = append(p.heap, c)
		}
	}
	for i := len(p.heap)/2 - 1; i >= 0; i-- {
		p.siftDown(i)
	}
	last := []byte(nil)
	for len(p.heap) > 0 {
		c := p.heap[0]
		if len(p.ends) == 0 || !bytes.Equal(c.key, last) {
			from := len(p.keys)
			p.keys = append(p.keys, c.key...)
			p.ends = append(p.ends, len(p.keys))
			last = p.keys[from:]
		}
		p.ranks[c.index] = append(p.ranks[c.index], uint32(len(p.ends)-1))
		ok, err := c.next()
		if err != nil {
			return err
		}
		if !ok {
			n := len(p.heap) - 1
			p.heap[0] = p.heap[n]
			p.heap = p.heap[:n]
		}
		p.siftDown(0)
	}
	return nil
}

// siftDown restores the heap below the cursor at i.
func (p *keyPiece) siftDown(i int) {
	h := p.heap
	for {
		j := 2*i + 1
		if j >= len(h) {
			return
		}
		if j+1 < len(h) && h[j+1].less(h[j]) {
			j++
		}
		if !h[j].less(h[i]) {
			return
		}
		h[i], h[j] = h[j], h[i]
		i = j
	}
}
