package pg

import (
	"encoding/binary"
	"slices"

	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/term"
)

// few is how many quads are read where only their number, or a part of them, was
// asked for.
const few = 1000

// eachObject is how many objects of a range are asked for one by one.
const eachObject = 20_000

// has reports whether the store has all quads of a pattern.
func (s *Session) has(r idRow) bool { return s.whole || within(s.fed, r) }

// comes reports whether the store will have all quads of a pattern, as soon as the
// missing patterns are read.
func (s *Session) comes(r idRow) bool { return len(s.missing.begun) > 0 && within(s.missing.begun, r) }

// within reports whether one of some patterns has all quads of another.
func within(patterns map[idRow]bool, r idRow) bool {
	m := r.mask()
	for sub := m; ; sub = (sub - 1) & m { // each part of the pattern
		if patterns[r.only(sub)] {
			return true
		}
		if sub == 0 {
			return false
		}
	}
}

// Quads implements store.Feed.
func (s *Session) Quads(t *memtable.Table, p term.Pattern) {
	if s.whole {
		return
	}
	r := s.pattern(t, p)
	if s.has(r) || s.comes(r) {
		return
	}
	if p.ObjectTo != term.None && r.mask()&(withSubject|withObject|withLabel) == 0 && p.ObjectTo-p.ObjectFrom <= eachObject {
		for id := p.ObjectFrom; id < p.ObjectTo; id++ {
			if one := r; id <= t.Last() {
				if one[term.Object] = s.serverID(t, id); one[term.Object] != 0 && !s.has(one) && !s.comes(one) {
					s.missing.rows[one] = true
				}
			}
		}
		s.settle()
		return
	}
	switch m := r.mask(); {
	case m == 0 || s.most(r):
		s.missing.all = true
	case m&withSubject != 0 && !s.large[r.only(withSubject)] && !s.large[r]:
		s.missing.of[r] = true
	case s.counts[r] > 0:
		s.missing.rows[r] = true
	case s.large[r]:
		s.missing.counts[r] = true
	default:
		s.missing.some[r] = true
	}
	s.settle()
	if !s.asking && !s.has(r) { // they are many
		s.missing.rows[r] = true
		s.settle()
	}
}

// most reports whether a pattern selects so much of the graph that it is read as a
// whole.
func (s *Session) most(r idRow) bool {
	const least = 100_000
	n, ok := s.counts[r.only(withPredicate)]
	return ok && r.mask() == withPredicate && n > least && n > uint64(s.total[0])/4
}

// Count implements store.Feed.
func (s *Session) Count(t *memtable.Table, p term.Pattern) (uint64, bool) {
	if s.whole {
		return 0, false
	}
	r := s.pattern(t, p)
	if s.has(r) {
		return 0, false
	}
	if p.ObjectTo != term.None {
		s.Quads(t, p)
		return 0, false
	}
	if n, ok := s.counts[r]; ok {
		return n, true
	}
	m := r.mask()
	if m == withPredicate {
		return 0, true // it has no count: it is no predicate
	}
	if s.comes(r) {
		return 1, true
	}
	switch {
	case s.large[r] || m == withPredicate|withObject && s.counts[r.only(withPredicate)] > 10*few:
		s.missing.counts[r] = true
	case m&withSubject != 0 && !s.large[r.only(withSubject)]:
		s.missing.of[r] = true
	default:
		s.missing.some[r] = true
	}
	s.settle()
	if s.asking {
		return 1, true
	}
	return s.Count(t, p)
}

// Key implements store.Feed.
func (s *Session) Key(key []byte) {
	if _, ok := s.ids[string(key)]; ok || s.whole {
		return
	}
	s.missing.keys[string(key)] = true
	s.settle()
}

// Keys implements store.Feed.
func (s *Session) Keys(ranges []term.KeyRange) {
	if s.whole {
		return
	}
	for _, r := range ranges {
		if !covers(s.ranges, r) && !covers(s.missing.ranges, r) {
			s.missing.ranges = append(s.missing.ranges, r)
		}
	}
	s.settle()
}

// Live implements store.Feed.
func (s *Session) Live(t *memtable.Table, id term.ID, hidden []term.ID) bool {
	if s.whole {
		return false
	}
	a := alive{id: s.serverID(t, id)}
	if a.id == 0 {
		return false
	}
	if len(hidden) == 0 && !s.write && (s.counts[idRow{term.Predicate: a.id}] > 0 || s.kinds[a.id] > 0) {
		return true
	}
	var labels []int64
	for _, label := range hidden {
		if of := s.serverID(t, label); of != 0 {
			labels = append(labels, of)
		}
	}
	slices.Sort(labels)
	for _, label := range labels {
		a.hidden = string(binary.BigEndian.AppendUint64([]byte(a.hidden), uint64(label)))
	}
	live, ok := s.alive[a]
	if ok {
		return live
	}
	s.missing.live[a] = true
	s.settle()
	return s.asking || s.alive[a]
}

// All implements store.Feed.
func (s *Session) All() {
	if !s.whole {
		s.missing.all = true
		s.settle()
	}
}

// Size implements store.Feed.
func (s *Session) Size() (quads, nodes uint64, ok bool) {
	return uint64(s.total[0]), uint64(s.total[1]), !s.whole
}

// settle reads the missing patterns, unless they are only to be recorded.
func (s *Session) settle() {
	if s.asking || s.missing.none() {
		return
	}
	if err := s.fetch(); err != nil {
		s.fail(err)
	}
}
