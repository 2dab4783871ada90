package snapshot

import (
	"math/bits"
	"sort"
	"sync"
	"sync/atomic"

	"kg/graph/internal/store/term"
)

// column is the decoded rows of one predicate: for each lead, a subject or an object, the
// nodes at the other end. A hop in it costs a few loads, where the rows of a lead
// otherwise have to be found, unpacked and filtered.
//
// Columns are cached in memory for frequent predicates: one is made when the hops by its
// predicate were as many as it has rows, and so have cost about as much as it does.
// Columns are never evicted; their memory is bounded, see columnBytes.
type column struct {
	from  uint32    // the least lead
	cells []cell    // one for 64 leads
	first []uint32  // where the ends of each lead that has some begin, and all end; nil if each has one
	ends  []term.ID // by lead, then ascending
}

// cell is for 64 leads.
type cell struct {
	has    uint64 // which of them have rows
	before uint32 // how many leads before them have
}

// rank is how many leads before one have rows, and whether it has some itself.
func (c *column) rank(lead uint32) (before uint32, has bool) {
	at := uint64(lead) - uint64(c.from) // far too great before the first
	if at>>6 >= uint64(len(c.cells)) {
		return 0, false
	}
	l, bit := &c.cells[at>>6], uint64(1)<<(at&63)
	return l.before + uint32(bits.OnesCount64(l.has&(bit-1))), l.has&bit != 0
}

// start is where the ends of the leads with a rank begin.
func (c *column) start(rank uint32) uint32 {
	if c.first == nil {
		return rank
	}
	return c.first[rank]
}

// of are the ends of a lead.
func (c *column) of(lead uint32) []term.ID {
	rank, has := c.rank(lead)
	switch {
	case !has:
		return nil
	case c.first == nil:
		return c.ends[rank : rank+1]
	}
	return c.ends[c.first[rank]:c.first[rank+1]]
}

// count counts the ends of a lead that are in [from, to).
func (c *column) count(lead uint32, from, to uint64) (n uint64) {
	ends := c.of(lead)
	if len(ends) > fewRows {
		i := sort.Search(len(ends), func(i int) bool { return uint64(ends[i]) >= from })
		return uint64(sort.Search(len(ends)-i, func(k int) bool { return uint64(ends[i+k]) >= to }))
	}
	for _, id := range ends {
		if uint64(id) >= from && uint64(id) < to {
			n++
		}
	}
	return n
}

// columns are those of a reader, by the rank of their predicate: of subjects and of
// objects.
type columns struct {
	of   [2][]columnOf
	make sync.Mutex
	left int64 // bytes, under make
}

type columnOf struct {
	made  atomic.Pointer[column]
	hops  atomic.Int64 // that are left before it is made
	known bool         // how many they are, under make
}

const (
	ofSubjects = iota
	ofObjects
)

// columnBytes is the most that the columns of a snapshot of a size take.
func columnBytes(size uint64) int64 { return int64(min(size/2, 32<<20)) }

// notMade stands for a column that would take too much.
var notMade = &column{}

// column gives the column of the predicate with a rank, nil if there is none; so many
// hops by it are to come.
func (r *Reader) column(of int, rank uint32, hops int) *column {
	all := r.columns.Load()
	if all == nil {
		if r.h.predicates > knownIDs {
			return nil
		}
		all = &columns{left: columnBytes(r.h.size)}
		for i := range all.of {
			all.of[i] = make([]columnOf, r.h.predicates)
		}
		if !r.columns.CompareAndSwap(nil, all) {
			all = r.columns.Load()
		}
	}
	if int(rank) >= len(all.of[of]) {
		return nil
	}
	c := &all.of[of][rank]
	switch made := c.made.Load(); {
	case made == notMade:
		return nil
	case made != nil:
		return made
	case hops == 0 || c.hops.Add(-int64(hops)) >= 0 || !all.make.TryLock():
		return nil
	}
	defer all.make.Unlock()
	return r.makeColumn(all, c, of, rank)
}

// makeColumn makes a column if there is room and its time has come.
func (r *Reader) makeColumn(all *columns, c *columnOf, of int, rank uint32) *column {
	if made := c.made.Load(); made != nil {
		return nil // by another, just now: it is there the next time
	}
	from, to := r.h.subjectFrom, r.h.subjTo
	if of == ofObjects {
		from, to = r.h.objectFrom, r.h.objTo
	}
	i, j := r.predStarts.pair(uint64(rank), r.h.quads)
	n, cells := j-i, uint64(to-from)/64+1
	if !c.known {
		c.known = true
		c.hops.Store(int64(max(n, cells)))
		return nil
	}
	if room := int64(16*cells + 8*n + 4); room > all.left || n > 1<<31 {
		c.made.Store(notMade)
		return nil
	}
	made := &column{from: from, cells: make([]cell, cells), ends: make([]term.ID, n)}
	if err := made.fill(r, of, rank); err != nil { // the reader of the damaged page gets the error
		c.made.Store(notMade)
		return nil
	}
	all.left -= int64(16*cells) + 4*int64(len(made.first)+len(made.ends))
	c.made.Store(made)
	return made
}

// fill reads the rows of a predicate, which come by object and then by subject.
func (c *column) fill(r *Reader, of int, rank uint32) (err error) {
	defer Catch(&err)
	lead, other := term.Subject, term.Object
	if of == ofObjects {
		lead, other = other, lead
	}
	leads, others := make([]uint32, 0, len(c.ends)), make([]term.ID, 0, len(c.ends))
	for it := r.Rows(term.Pattern{Quad: term.Quad{term.Predicate: r.predicates.id(rank)}}); it.Next(); {
		at := uint32(it.q[lead]) - c.from
		c.cells[at>>6].has |= 1 << (at & 63)
		leads, others = append(leads, at), append(others, it.q[other])
	}
	some := uint32(0)
	for i := range c.cells {
		c.cells[i].before = some
		some += uint32(bits.OnesCount64(c.cells[i].has))
	}
	next := make([]uint32, some+1)
	for i, at := range leads {
		leads[i], _ = c.rank(at + c.from)
		next[leads[i]+1]++
	}
	for i := range some {
		next[i+1] += next[i]
	}
	for i, rank := range leads { // in their order, so that ends ascend
		c.ends[next[rank]] = others[i]
		next[rank]++
	}
	if int(some) < len(c.ends) {
		copy(next[1:], next) // each has gone on to where the next began
		next[0] = 0
		c.first = next
	}
	return nil
}
