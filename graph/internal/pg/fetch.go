package pg

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/term"
)

// fetch reads what is missing and puts it into the store: one statement for all
// patterns of a kind, all of them sent at once, and one for the terms of what came.
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
	b := &pgx.Batch{}
	f.queueTerms(b, &w)
	f.queueQuads(b, &w)
	f.queueLive(b, &w)
	s.Statements += b.Len()
	if err := s.tx.SendBatch(s.ctx, b).Close(); err != nil {
		return err
	}
	for key := range w.keys {
		if _, ok := s.ids[key]; !ok {
			s.ids[key] = 0
		}
	}
	s.ranges = append(s.ranges, w.ranges...)
	if err := f.nameTerms(); err != nil {
		return err
	}
	if err := f.ahead(); err != nil {
		return err
	}
	return f.store()
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
	next := map[row]bool{}
	for _, r := range f.rows {
		for _, position := range []int{term.Subject, term.Object, term.Label} {
			if one := (row{r[position]}); !f.fed[one] && !f.large[one] && term.IsIRI(f.keys[one[0]]) {
				next[one] = true
			}
		}
	}
	if len(next) == 0 || len(next) > mostAhead {
		return nil
	}
	b := &pgx.Batch{}
	f.queueQuads(b, &wants{some: next})
	f.Statements++
	if err := f.tx.SendBatch(f.ctx, b).Close(); err != nil {
		return err
	}
	return f.nameTerms()
}

// cheapFirst leaves out what takes long while there is something that does not: with
// that, the question often goes another way.
func (s *Session) cheapFirst(w *wants) {
	dear := func(r row) bool {
		return s.counts[r] > 10*few
	}
	cheap := len(w.keys)+len(w.ranges)+len(w.some)+len(w.counts)+len(w.live) > 0
	for r := range w.rows {
		cheap = cheap || !dear(r)
	}
	if cheap {
		w.all = false
		maps.DeleteFunc(w.rows, func(r row, _ bool) bool { return dear(r) })
	}
}

// fetched is what came from the server.
type fetched struct {
	*Session
	rows  []row
	known map[string]bool // keys of terms that came without a quad
}

// queueTerms asks for terms by their keys, with the quads of which they are the
// subject: these are asked for next.
func (f *fetched) queueTerms(b *pgx.Batch, w *wants) {
	if len(w.keys) > 0 {
		var heads, digests [][]byte
		for _, key := range slices.Sorted(maps.Keys(w.keys)) {
			head, _, digest := split([]byte(key))
			heads, digests = append(heads, head), append(digests, digest)
		}
		b.Queue(termsByKey, heads, digests).Query(func(rows pgx.Rows) error {
			return f.terms(rows, func(key []byte) bool { return w.keys[string(key)] })
		})
		b.Queue(quadsOfKey, heads, digests, few+1).Query(f.quadsOfKeys)
	}
	for _, r := range w.ranges {
		b.Queue(termsIn, head(r.From), head(r.To)).Query(func(rows pgx.Rows) error {
			return f.terms(rows, r.Contains)
		})
	}
}

func head(key []byte) []byte { return key[:min(len(key), headLen)] }

func (f *fetched) terms(rows pgx.Rows, wanted func(key []byte) bool) error {
	for rows.Next() {
		v := rows.RawValues()
		id, key := int64(binary.BigEndian.Uint64(v[0])), slices.Concat(v[1], v[2])
		if !wanted(key) {
			continue
		}
		f.learn(id, key)
		f.known[string(key)] = true
	}
	return rows.Err()
}

// learn notes the key of a term.
func (s *Session) learn(id int64, key []byte) {
	if s.keys[id] == nil {
		s.ids[string(key)], s.keys[id] = id, key
	}
}

// read takes quads, and calls with, which may be nil, with each and the number after it.
func (f *fetched) read(rows pgx.Rows, with func(r row, n int64)) error {
	for rows.Next() {
		v := rows.RawValues()
		var r row
		for i := range r {
			r[i] = int64(binary.BigEndian.Uint64(v[i]))
		}
		f.rows = append(f.rows, r)
		if with != nil {
			var n int64
			if len(v) > 4 {
				n = int64(binary.BigEndian.Uint64(v[4]))
			}
			with(r, n)
		}
	}
	return rows.Err()
}

func (f *fetched) quadsOfKeys(rows pgx.Rows) error {
	count := map[int64]int{}
	err := f.read(rows, func(r row, _ int64) { count[r[term.Subject]]++ })
	for id, n := range count {
		f.came(row{id}, n)
	}
	return err
}

// came notes that so many quads of a pattern came, if there are as many.
func (s *Session) came(r row, n int) {
	if n <= few {
		s.fed[r] = true
	} else {
		s.large[r] = true
	}
}

// queueQuads asks for the quads of patterns, and for their numbers.
func (f *fetched) queueQuads(b *pgx.Batch, w *wants) {
	for mask, patterns := range byMask(w.rows) {
		b.Queue(allQuads(mask), arrays(mask, patterns)...).Query(func(rows pgx.Rows) error {
			for _, r := range patterns {
				f.fed[r] = true
			}
			return f.read(rows, nil)
		})
	}
	for mask, patterns := range byMask(w.some) {
		b.Queue(someQuads(mask), arrays(mask, patterns)...).Query(func(rows pgx.Rows) error {
			count := make([]int, len(patterns))
			err := f.read(rows, func(_ row, n int64) { count[n-1]++ })
			for i, r := range patterns {
				f.came(r, count[i])
			}
			return err
		})
	}
	for mask, patterns := range byMask(w.counts) {
		b.Queue(countQuadsOf(mask), arrays(mask, patterns)...).Query(func(rows pgx.Rows) error {
			var i, n int64
			_, err := pgx.ForEachRow(rows, []any{&i, &n}, func() error {
				f.counts[patterns[i-1]] = uint64(n)
				return nil
			})
			return err
		})
	}
}

// queueLive asks which terms are in quads.
func (f *fetched) queueLive(b *pgx.Batch, w *wants) {
	groups := map[string][]int64{}
	for a := range w.live {
		groups[a.hidden] = append(groups[a.hidden], a.id)
	}
	for hidden, ids := range groups {
		labels := []int64{}
		for rest := []byte(hidden); len(rest) > 0; rest = rest[8:] {
			labels = append(labels, int64(binary.BigEndian.Uint64(rest)))
		}
		b.Queue(liveTerms, ids, labels).Query(func(rows pgx.Rows) error {
			var id int64
			var live bool
			_, err := pgx.ForEachRow(rows, []any{&id, &live}, func() error {
				f.alive[alive{id, hidden}] = live
				return nil
			})
			return err
		})
	}
}

// nameTerms reads the keys of the terms that came in quads.
func (f *fetched) nameTerms() error {
	unknown := map[int64]bool{}
	for _, r := range f.rows {
		for _, id := range r {
			if f.keys[id] == nil {
				unknown[id] = true
			}
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	f.Statements++
	rows, err := f.tx.Query(f.ctx, termsByID, slices.Collect(maps.Keys(unknown)))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v := rows.RawValues()
		id := int64(binary.BigEndian.Uint64(v[0]))
		f.learn(id, slices.Concat(v[1], v[2]))
		delete(unknown, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(unknown) > 0 {
		return fmt.Errorf("quads have %d terms that kg_terms has not: kg db check", len(unknown))
	}
	return nil
}

// store puts what came into the store. The terms that are new get the numbers after the
// others, unless they are many.
func (f *fetched) store() (err error) {
	switch {
	case len(f.rows) == 0:
	case f.asking && (f.sorted || len(f.rows) > many):
		return f.sort()
	default:
		f.loose = true
		tx := &memtable.Transaction{IgnoreDup: true}
		for _, r := range f.rows {
			if err := tx.Add(f.keys[r[0]], f.keys[r[1]], f.keys[r[2]], f.keys[r[3]]); err != nil {
				return err
			}
		}
		_, err = f.db.Commit(tx)
	}
	if err != nil {
		return err
	}
	return f.knowTerms()
}

// many is how many quads are faster sorted anew with all there are than added one by
// one.
const many = 2000

// sort puts what came into the store, and numbers all terms anew. From then on that is
// done each time: the question is nearly answered.
func (f *fetched) sort() error {
	if _, err := f.db.Load(f.ctx, db.Load{Size: 1 + int64(len(f.rows))*64, Fill: f.fill}); err != nil {
		return err
	}
	f.server, f.loose = f.server[:0], false
	return f.knowTerms()
}

func (f *fetched) fill(ctx context.Context, to db.Target) error {
	sink := to.NewSink()
	for _, r := range f.rows {
		if err := sink.Add(f.keys[r[0]], f.keys[r[1]], f.keys[r[2]], f.keys[r[3]]); err != nil {
			return err
		}
	}
	return sink.Close()
}

// knowTerms gives the terms that were looked up numbers, though the store has no quad
// of theirs.
func (f *fetched) knowTerms() error {
	for key := range f.known {
		f.lone[key] = true
	}
	var keys [][]byte
	t := f.db.State().Table
	for _, key := range slices.Sorted(maps.Keys(f.lone)) {
		if id, ok := t.Find([]byte(key)); !ok {
			keys = append(keys, []byte(key))
		} else if t.Live(id) {
			delete(f.lone, key)
		}
	}
	f.db.Know(keys)
	return nil
}
