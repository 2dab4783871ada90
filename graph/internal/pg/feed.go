package pg

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
)

// fewToSort is how many quads are put into a new store more quickly than sorted into
// the one there is.
const fewToSort = 100

// store adds the rows read to the store. In rounds all terms are renumbered, in the order
// of their keys; otherwise new ones get the numbers after the others.
func (f *fetched) store() error {
	switch {
	case len(f.rows) == 0:
		return f.knowTerms()
	case f.asking && !f.loaded && len(f.Session.rows)+len(f.rows) <= fewToSort:
		f.Session.rows = append(f.Session.rows, f.rows...)
		return f.again()
	case f.asking:
		return f.sort()
	}
	f.loose = true
	if err := f.add(f.rows); err != nil {
		return err
	}
	return f.knowTerms()
}

// add adds quads one by one.
func (s *Session) add(rows []idRow) error {
	tx := &memtable.Transaction{IgnoreDup: true}
	for _, r := range rows {
		if err := tx.Add(s.keys[r[0]], s.keys[r[1]], s.keys[r[2]], s.keys[r[3]]); err != nil {
			return err
		}
	}
	_, err := s.db.Commit(tx)
	return err
}

// again puts all that came so far into a new store, in which terms have numbers in the
// order of their keys. Of few quads that is quick.
func (f *fetched) again() error {
	old := f.db
	f.db = db.Scratch()
	f.quads.Feed(f.db)
	if err := old.Close(); err != nil {
		return err
	}
	terms := map[int64]bool{}
	for _, r := range f.Session.rows {
		for _, id := range r {
			terms[id] = true
		}
	}
	for key := range f.known {
		f.lone[key] = true
	}
	keys := make([][]byte, 0, len(terms)+len(f.lone))
	for id := range terms {
		keys = append(keys, f.keys[id])
	}
	for key := range f.lone {
		keys = append(keys, []byte(key))
	}
	slices.SortFunc(keys, bytes.Compare)
	f.db.Know(keys)
	f.server, f.loose = f.server[:0], false
	return f.add(f.Session.rows)
}

// sort adds the rows read to the store, and renumbers all terms.
func (f *fetched) sort() error {
	f.loaded, f.Session.rows = true, nil
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

// knowTerms gives numbers to the terms that were looked up, though the store has no quad
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
