package plan

import "kg/graph/internal/store/term"

// startRows are the rows that a recursion began with, to be yielded again with each node
// that is reached. There can be far more rows than nodes: the memory grows with the
// nodes. Rows without tags are only counted. Those with tags are buffered while they are
// few per node, and otherwise read again.
type startRows struct {
	lister
	rowBuffer
	least   int   // number of rows that are buffered in any case
	asking  bool  // rows are not buffered
	numbers idMap // of a node: its number in the order they came
	counts  []uint64
	heads   []uint32 // of a node: its first row. Rows are counted from 1
	chain   []uint32 // of a row: the next of its node, 0 for none
	left    uint64   // rows to come with the present node, if they are counted
	row     uint32   // the next row, if they are buffered
	listing bool     // there may be more to come, if they are asked for
}

// A start keeps keptRows for each of its nodes, and keptLeast in any case.
const (
	keptRows  = 8
	keptLeast = 1 << 16
)

func newStarts(r *run, n node) *startRows {
	m := r.frame()
	s := &startRows{lister: list(r, n), least: keptLeast}
	s.rowBuffer = keep(r, m)
	return s
}

// read scans the start and appends its nodes to dst, each once.
func (s *startRows) read(dst []term.ID) []term.ID {
	s.forget()
	s.numbers.clear()
	s.counts, s.asking = s.counts[:0], false
	s.left, s.row, s.listing = 0, 0, false
	s.lister.scan()
	for id := s.lister.next(); id != term.None; id = s.lister.next() {
		s.lister.run.step()
		n, had := s.numbers.put(id, uint32(len(dst)))
		if !had {
			dst = append(dst, id)
		}
		switch {
		case s.rowBuffer.width() == 0:
			s.count(n, had)
		case !s.asking:
			s.keep(id, n, had)
			if s.asking = s.tooMany(len(dst)); s.asking {
				s.forget()
			}
		}
	}
	return dst
}

func (s *startRows) count(n uint32, had bool) {
	if !had {
		s.counts = append(s.counts, 0)
	}
	s.counts[n]++
}

// keep puts a row behind the first of its node.
func (s *startRows) keep(id term.ID, n uint32, had bool) {
	s.rowBuffer.add(id)
	row := uint32(len(s.rowBuffer.ids))
	if !had {
		s.heads, s.chain = append(s.heads, row), append(s.chain, 0)
		return
	}
	head := s.heads[n]
	s.chain = append(s.chain, s.chain[head])
	s.chain[head] = row
}

func (s *startRows) tooMany(nodes int) bool {
	rows := len(s.rowBuffer.ids)
	return rows > s.least && rows > keptRows*nodes
}

// forget drops the buffered rows.
func (s *startRows) forget() {
	s.rowBuffer.reset()
	s.heads, s.chain = s.heads[:0], append(s.chain[:0], 0)
}

// begin stands at the first row of a node.
func (s *startRows) begin(n uint32, id term.ID) {
	switch {
	case s.rowBuffer.width() == 0:
		s.left = s.counts[n]
	case s.asking:
		s.lister.probe(id)
		s.listing = true
	default:
		s.row = s.heads[n]
	}
	s.more()
}

// more goes on to the next row of the node, if there is one.
func (s *startRows) more() bool {
	switch {
	case s.left > 0:
		s.left--
	case s.row != 0:
		s.rowBuffer.load(int(s.row) - 1)
		s.row = s.chain[s.row]
	case s.listing:
		s.listing = s.lister.next() != term.None
		return s.listing
	default:
		return false
	}
	return true
}
