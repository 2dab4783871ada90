package pg

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"kg/graph/internal/store/term"
)

// fetch reads the missing patterns into the store: one statement for all patterns of a
// kind, and one for each walk, all of them sent at once.
func (s *Session) fetch() error {
	w := s.missing
	s.missing = newWants()
	w.choose()
	if s.asking {
		s.cheapFirst(&w)
	}
	if w.all {
		return s.pull()
	}
	f := &fetched{Session: s, known: map[string]bool{}}
	f.queueTerms(&w)
	f.queueQuads(&w)
	f.queueLive(&w)
	walks, counts := f.queueWalks(&w), f.queueCounts(&w)
	if err := f.send(); err != nil {
		return err
	}
	if err := f.walk(walks); err != nil {
		return err
	}
	if err := f.countRows(counts); err != nil {
		return err
	}
	for key := range w.keys {
		if _, ok := s.ids[key]; !ok {
			s.ids[key] = 0
		}
	}
	s.ranges = append(s.ranges, w.ranges...)
	if len(walks) == 0 {
		if err := f.ahead(); err != nil {
			return err
		}
	}
	return f.store()
}

// send sends the queued statements.
func (f *fetched) send() error {
	list := f.queue
	f.queue = nil
	f.Statements += len(list)
	if err := f.wire.send(f.ctx, list); err != nil {
		return err
	}
	for _, r := range f.rows[f.named:] {
		for _, id := range r {
			if f.keys[id] == nil {
				return fmt.Errorf("a quad has the term %d, which kg_terms has not: kg db check", id)
			}
		}
	}
	f.named = len(f.rows)
	return nil
}

// mostAhead is of how many terms the quads are read before anybody asks for them.
const mostAhead = 500

// ahead reads the quads of the terms that came: their names and kinds, or the claims
// that labels are, are asked for next as a rule. It saves most questions half of their
// rounds.
func (f *fetched) ahead() error {
	if !f.asking {
		return nil
	}
	next := map[idRow]bool{}
	for _, r := range f.rows {
		for _, position := range []int{term.Subject, term.Object, term.Label} {
			if one := (idRow{r[position]}); !f.fed[one] && !f.large[one] && term.IsIRI(f.keys[one[0]]) {
				next[one] = true
			}
		}
	}
	if len(next) == 0 || len(next) > mostAhead {
		return nil
	}
	f.queueQuads(&wants{some: next})
	return f.send()
}

// cheapFirst postpones expensive reads while there are cheap ones: with these, the
// question often goes another way.
func (s *Session) cheapFirst(w *wants) {
	dear := func(r idRow) bool {
		return s.counts[r] > 10*few
	}
	cheap := len(w.keys)+len(w.ranges)+len(w.some)+len(w.counts)+len(w.live)+len(w.walks)+len(w.rowCounts) > 0
	for r := range w.rows {
		cheap = cheap || !dear(r)
	}
	if cheap {
		w.all = false
		maps.DeleteFunc(w.rows, func(r idRow, _ bool) bool { return dear(r) })
	}
}

// fetched is the data read from the server.
type fetched struct {
	*Session
	queue []wireStatement
	rows  []idRow
	named int             // so many of them have terms that are known
	known map[string]bool // keys of terms that came without a quad
}

func (f *fetched) ask(text string, args []any, row func(v [][]byte) error, end func()) {
	f.queue = append(f.queue, wireStatement{text, args, row, end})
}

// queueTerms asks for terms by their keys, with the quads of which they are the
// subject: these are asked for next.
func (f *fetched) queueTerms(w *wants) {
	if len(w.keys) > 0 {
		heads, digests := splitAll(slices.Sorted(maps.Keys(w.keys)))
		f.ask(termsByKey, []any{heads, digests}, f.term(func(key []byte) bool { return w.keys[string(key)] }), nil)
		count := map[int64]int{}
		f.ask(withTerms(quadsOfKey), []any{heads, digests, few + 1}, f.quad(func(r idRow, _ int64) { count[r[term.Subject]]++ }), func() {
			for id, n := range count {
				f.came(idRow{id}, n)
			}
		})
	}
	for _, r := range w.ranges {
		f.ask(termsIn, []any{head(r.From), head(r.To)}, f.term(r.Contains), nil)
	}
}

func head(key []byte) []byte { return key[:min(len(key), headLen)] }

func integer(v []byte) int64 { return int64(binary.BigEndian.Uint64(v)) }

// term takes terms that were looked up.
func (f *fetched) term(wanted func(key []byte) bool) func([][]byte) error {
	return func(v [][]byte) error {
		if key := slices.Concat(v[1], v[2]); wanted(key) {
			f.learn(integer(v[0]), key)
			f.known[string(key)] = true
		}
		return nil
	}
}

// learn notes the key of a term.
func (s *Session) learn(id int64, key []byte) {
	if s.keys[id] == nil {
		s.ids[string(key)], s.keys[id] = id, key
	}
}

// quad takes the rows of withTerms, and calls with, which may be nil, with each quad and
// the number after it.
func (f *fetched) quad(with func(r idRow, n int64)) func([][]byte) error {
	return func(v [][]byte) error {
		n := integer(v[4])
		if n == aTerm {
			if id := integer(v[0]); f.keys[id] == nil {
				f.learn(id, slices.Concat(v[5], v[6]))
			}
			return nil
		}
		r := idRow{integer(v[0]), integer(v[1]), integer(v[2]), integer(v[3])}
		f.rows = append(f.rows, r)
		if with != nil {
			with(r, n)
		}
		return nil
	}
}

// came notes that so many quads of a pattern came, if there are as many.
func (s *Session) came(r idRow, n int) {
	if n <= few {
		s.fed[r] = true
	} else {
		s.large[r] = true
	}
}

// queueQuads asks for the quads of patterns, and for their numbers.
func (f *fetched) queueQuads(w *wants) {
	for mask, patterns := range byMask(w.rows) {
		text := "SELECT *, 0::bigint AS n FROM (" + allQuads(mask) + ") AS r"
		if len(f.spread) > 0 && alike(mask, patterns) {
			text = quadsAlike(mask, len(patterns) == 1)
		}
		f.ask(withTerms(text), arrays(mask, patterns), f.quad(nil), func() {
			for _, r := range patterns {
				f.fed[r] = true
			}
		})
	}
	for mask, patterns := range byMask(w.some) {
		count := make([]int, len(patterns))
		text := someQuads(mask)
		if len(f.spread) > 0 && len(patterns) > 1 && alike(mask, patterns) {
			text = someAlike(mask)
		}
		f.ask(withTerms(text), arrays(mask, patterns), f.quad(func(_ idRow, n int64) { count[n-1]++ }), func() {
			for i, r := range patterns {
				f.came(r, count[i])
			}
		})
	}
	for mask, patterns := range byMask(w.counts) {
		f.ask(countQuadsOf(mask), arrays(mask, patterns), func(v [][]byte) error {
			f.counts[patterns[integer(v[0])-1]] = uint64(integer(v[1]))
			return nil
		}, nil)
	}
}

// queueLive asks which terms are in quads.
func (f *fetched) queueLive(w *wants) {
	groups := map[string][]int64{}
	for a := range w.live {
		groups[a.hidden] = append(groups[a.hidden], a.id)
	}
	for hidden, ids := range groups {
		labels := []int64{}
		for rest := []byte(hidden); len(rest) > 0; rest = rest[8:] {
			labels = append(labels, integer(rest))
		}
		f.ask(liveTerms, []any{ids, labels}, func(v [][]byte) error {
			f.alive[alive{integer(v[0]), hidden}] = v[1][0] != 0
			return nil
		}, nil)
	}
}
