package pg

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/term"
)

// Import implements store.Feed. The texts become an embedded store first, which sorts
// their terms, names their blank nodes and drops duplicates; that goes to the server by
// COPY, in one transaction.
func (s *Session) Import(ctx context.Context, inputs []bulk.Input, o bulk.Options) (r bulk.Imported, err error) {
	if s.asking && s.Missed() {
		return r, ErrAgain
	}
	if !s.write && !o.DryRun {
		return r, s.writable()
	}
	texts := store.Scratch()
	defer func() { err = errors.Join(err, texts.Close()) }()
	dry := o.DryRun
	o.DryRun = false
	if r, err = texts.Import(ctx, inputs, o); err != nil || r.Added == 0 {
		return r, err
	}
	from, err := texts.IDs()
	if err != nil {
		return bulk.Imported{}, err
	}
	for r.Added, err = s.push(from, dry); err != nil; r.Added, err = s.push(from, dry) {
		if err = s.anew(err); !errors.Is(err, ErrAgain) {
			return bulk.Imported{}, err
		}
		s.again = false // the texts are as they were
	}
	if !s.write {
		return r, nil
	}
	return r, s.writing(s.afterLoad(dry, r.Added)) // a commit is not repeated
}

// afterLoad begins the transaction after that of a load.
func (s *Session) afterLoad(dry bool, added uint64) error {
	if !dry && added > perStatement {
		if _, err := s.conn.Exec(s.ctx, "ANALYZE kg_terms, kg_names, kg_by_subject, kg_by_object"); err != nil {
			return err
		}
	}
	return s.begin()
}

// push writes an embedded store to the server.
func (s *Session) push(from *store.IDs, dry bool) (added uint64, err error) {
	l := &loading{Session: s, from: from, ids: make([]int64, from.Last()+1), sums: newSums(), names: names.NewLists()}
	if dry && !s.write {
		return l.countNew()
	}
	labels, err := l.labels()
	if err != nil {
		return 0, err
	}
	asking := s.asking
	s.asking = true // so that the locks are taken
	_, err = s.lock(labels)
	if s.asking = asking; err != nil {
		return 0, err
	}
	if err := l.terms(); err != nil {
		return 0, err
	}
	if err := l.keepNames(); err != nil {
		return 0, err
	}
	if added, err = l.quads(); err != nil {
		return 0, err
	}
	if dry {
		return added, s.tx.Rollback(s.ctx)
	}
	if err = l.note(added); err == nil {
		err = s.commit()
	}
	if err == nil {
		s.asking = false
	}
	return added, err
}

// loading is a load on its way.
type loading struct {
	*Session
	from    *store.IDs
	ids     []int64 // the server's, of the store's terms
	old     []bool  // terms that the server had
	created int64
	sums    sums
	names   *names.Lists // of the terms that the server had not
	kind    int64        // the id of schema.Type, 0 if the load has none
	touched touched
}

// note records the added quads.
func (l *loading) note(added uint64) (err error) {
	if added == 0 && l.created == 0 {
		return nil
	}
	var id int64
	if added > 0 {
		l.touched.count = int64(added)
		if id, err = l.record(l.touched); err != nil {
			return err
		}
	}
	return l.count(id, l.sums, l.created)
}

// labels are the texts of the labels.
func (l *loading) labels() (map[string]bool, error) {
	seen, labels := map[term.ID]bool{}, map[string]bool{}
	var failed error
	err := l.from.Each(l.ctx, term.Pattern{}, func(q term.Quad) {
		if seen[q[term.Label]] {
			return
		}
		seen[q[term.Label]] = true
		value, err := l.from.Value(q[term.Label])
		if iri, ok := value.(quad.IRI); ok {
			labels[string(iri)] = true
		}
		failed = errors.Join(failed, err)
	})
	return labels, errors.Join(err, failed)
}

// terms makes the terms that the server has not, and finds the ids of all.
func (l *loading) terms() error {
	l.old = make([]bool, len(l.ids))
	if l.total[1] > 0 {
		if err := l.known(); err != nil {
			return err
		}
	}
	for id := 1; id < len(l.ids); id++ {
		if !l.old[id] {
			l.created++
		}
	}
	if l.created == 0 {
		return nil
	}
	next, err := l.reserve(int(l.created))
	if err != nil {
		return err
	}
	l.Statements++
	_, err = copyIn(l.ctx, l.conn, "kg_terms (id, head, rest, digest)", func(put func(...[]byte) error) error {
		var n [8]byte
		var key []byte
		for id := 1; id < len(l.ids); id++ {
			if l.old[id] {
				continue
			}
			l.ids[id] = next
			key = l.from.AppendKey(key[:0], term.ID(id))
			head, rest, digest := split(key)
			if err := put(number(&n, next), head, rest, digest); err != nil {
				return err
			}
			l.names.Add(next, string(foundBy(key)))
			next++
		}
		return nil
	})
	return err
}

// known finds the terms that the server has, by a table of the session's own.
func (l *loading) known() error {
	l.Statements += 4
	if _, err := l.tx.Exec(l.ctx, `CREATE TEMPORARY TABLE IF NOT EXISTS kg_stage_terms (n bigint, head bytea, digest bytea) ON COMMIT DROP`); err != nil {
		return err
	}
	if _, err := copyIn(l.ctx, l.conn, "kg_stage_terms (n, head, digest)", func(put func(...[]byte) error) error {
		var n [8]byte
		var key []byte
		for id := 1; id < len(l.ids); id++ {
			key = l.from.AppendKey(key[:0], term.ID(id))
			head, _, digest := split(key)
			if err := put(number(&n, int64(id)), head, digest); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	if _, err := l.tx.Exec(l.ctx, "ANALYZE kg_stage_terms"); err != nil {
		return err
	}
	rows, err := l.tx.Query(l.ctx, `SELECT k.n, t.id FROM kg_stage_terms k JOIN kg_terms t ON t.head = k.head AND t.digest = k.digest`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n, id int64
		if err := rows.Scan(&n, &id); err != nil {
			return err
		}
		if n < 1 || n >= int64(len(l.ids)) {
			return fmt.Errorf("found the term %d among %d", n, len(l.ids)-1)
		}
		l.ids[n], l.old[n] = id, true
	}
	return rows.Err()
}
