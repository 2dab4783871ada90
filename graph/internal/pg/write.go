package pg

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/jackc/pgx/v5"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/term"
)

// mostTries bounds how often a transaction is begun again after a conflict with another
// one.
const mostTries = 10

// writable returns an error if nothing can be written now: ErrAgain if the data read so
// far is incomplete, since the changes depend on it.
func (s *Session) writable() error {
	switch {
	case !s.write:
		return db.ErrReadOnly
	case s.asking && s.Missed():
		return ErrAgain
	}
	return nil
}

// lock takes the locks of the sources of some labels, until the session ends. Data read
// before another writer released them may be stale: taken reports that, and then all is
// read again.
func (s *Session) lock(labels map[string]bool) (taken bool, err error) {
	var more []int64
	for label := range labels {
		source, _, _ := strings.Cut(label, "/claim/")
		if id := lockOf(source); !s.locked[id] && !slices.Contains(more, id) {
			more = append(more, id)
		}
	}
	if len(more) == 0 || !s.asking {
		return false, nil
	}
	if err := s.tx.Rollback(s.ctx); err != nil {
		return false, err
	}
	slices.Sort(more) // in one order, or two writers wait for each other
	if len(s.locked) > 0 {
		more = append(more, slices.Collect(maps.Keys(s.locked))...)
		slices.Sort(more)
		if _, err := s.conn.Exec(s.ctx, "SELECT pg_advisory_unlock_all()"); err != nil {
			return false, err
		}
		clear(s.locked)
	}
	s.Statements++
	if _, err := s.conn.Exec(s.ctx, "SELECT pg_advisory_lock(k) FROM unnest($1::bigint[]) AS k", more); err != nil {
		return false, err
	}
	for _, id := range more {
		s.locked[id] = true
	}
	return true, s.begin()
}

// mostLocks is how many locks of sources there are, for all writers together: a server has
// room for some thousands, of any kind. So a source shares its lock with others, and a
// load of very many sources takes all.
const mostLocks = 1024

func lockOf(source string) int64 {
	const first = 0x6b6c0000
	sum := sha256.Sum256([]byte(source))
	return first + int64(binary.BigEndian.Uint64(sum[:])%mostLocks)
}

// perStatement is how many rows the arrays of a statement have at most.
const perStatement = 10_000

// Apply implements store.Feed.
func (s *Session) Apply(deltas []cayley.Delta, ignore cayley.IgnoreOpts) error {
	if err := s.writable(); err != nil {
		return err
	}
	list, labels, err := keysOf(deltas)
	if err != nil {
		return err
	}
	if taken, err := s.lock(labels); err != nil || taken {
		s.again = taken
		return cmpErr(s.writing(err), ErrAgain)
	}
	c, err := s.change(list, deltas, ignore)
	if err == nil {
		err = s.commit()
	}
	if err != nil {
		return s.anew(err)
	}
	for id, key := range c.created {
		s.keys[id] = nil
		s.learn(id, key)
	}
	clear(s.alive)
	s.asking = false // written data stands: from now on nothing is repeated
	tx := &memtable.Transaction{IgnoreDup: true, IgnoreMissing: true}
	for _, d := range list {
		tx.Deltas = append(tx.Deltas, d.Delta)
	}
	if _, err := s.db.Commit(tx); err != nil {
		return err
	}
	return s.writing(s.beginAgain())
}

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func (s *Session) writing(err error) error {
	if err == nil {
		return nil
	}
	if s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	if s.conn.IsClosed() && code(err) == "" {
		return fmt.Errorf("writing to %s: the connection was lost, and the server may have written or not: look, or do it again: %w", s.Name(), err)
	}
	return fmt.Errorf("writing to %s: %w", s.Name(), away(err))
}

// anew begins the transaction again after an error, and lets the run be repeated after a
// conflict with another writer.
func (s *Session) anew(err error) error {
	ctx := context.WithoutCancel(s.ctx)
	if e := s.tx.Rollback(ctx); e != nil && !errors.Is(e, pgx.ErrTxClosed) {
		return s.writing(err)
	}
	if known := new(cayley.DeltaError); errors.As(err, &known) {
		return cmpErr(s.writing(s.beginAgain()), err)
	}
	switch code(err) {
	case notSerializable, deadlock, uniqueViolation:
		if s.tries++; s.asking && s.tries < mostTries {
			s.again = true
			return cmpErr(s.writing(s.begin()), ErrAgain)
		}
		return fmt.Errorf("writing to %s: other writers were in the way %d times: try again: %w", s.Name(), s.tries, err)
	}
	return s.writing(err)
}

// pendingChange is a transaction on its way.
type pendingChange struct {
	*Session
	created map[int64][]byte // terms
	sums    sums
}

// change judges deltas and does them, in the transaction.
func (s *Session) change(list []delta, deltas []cayley.Delta, ignore cayley.IgnoreOpts) (*pendingChange, error) {
	c := &pendingChange{Session: s, created: map[int64][]byte{}, sums: newSums()}
	ids, err := c.find(list)
	if err != nil {
		return nil, err
	}
	if err := c.present(list, ids); err != nil {
		return nil, err
	}
	adds, removes, err := judge(list, deltas, ignore)
	if err == nil {
		err = c.create(adds, ids)
	}
	if err == nil {
		err = c.keepNames(removes, adds, ids)
	}
	if err == nil {
		err = c.do(rowsOf(removes, ids), rowsOf(adds, ids))
	}
	return c, err
}

// find looks up the terms of deltas. Those that the server does not have get the id 0.
func (c *pendingChange) find(list []delta) (map[string]int64, error) {
	ids := map[string]int64{}
	var unknown []string
	for i := range list {
		for _, key := range list[i].Keys {
			if _, ok := ids[string(key)]; !ok {
				ids[string(key)] = c.ids[string(key)]
				if ids[string(key)] == 0 {
					unknown = append(unknown, string(key))
				}
			}
		}
	}
	slices.Sort(unknown)
	for chunk := range slices.Chunk(unknown, perStatement) {
		heads, digests := splitAll(chunk)
		if err := c.eachKey(func(id int64, key []byte) error {
			ids[string(key)] = id
			return nil
		}, termsByKey, heads, digests); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// present finds which quads of deltas are there.
func (c *pendingChange) present(list []delta, ids map[string]int64) error {
	there := map[idRow]bool{}
	if err := c.among(rowsOf(list, ids), there); err != nil {
		return err
	}
	for i := range list {
		list[i].there = there[list[i].row(ids)]
	}
	return nil
}

// among finds which of some quads are there.
func (c *pendingChange) among(list []idRow, there map[idRow]bool) error {
	const whole = withSubject | withPredicate | withObject | withLabel
	asked := map[idRow]bool{}
	for _, r := range list {
		asked[r] = r.mask() == whole
	}
	for chunk := range slices.Chunk(byMask(asked)[whole], perStatement) {
		c.Statements++
		rows, err := c.tx.Query(c.ctx, allQuads(whole), arrays(whole, chunk)...)
		if err != nil {
			return err
		}
		var r idRow
		if _, err := pgx.ForEachRow(rows, []any{&r[0], &r[1], &r[2], &r[3]}, func() error {
			there[r] = true
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// create makes the terms of quads that the server has not.
func (c *pendingChange) create(adds []delta, ids map[string]int64) error {
	missing := map[string]bool{}
	for _, d := range adds {
		for _, key := range d.Keys {
			if ids[string(key)] == 0 {
				missing[string(key)] = true
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	id, err := c.reserve(len(missing))
	if err != nil {
		return err
	}
	keys := slices.Sorted(maps.Keys(missing)) // in one order, or two writers wait for each other
	for chunk := range slices.Chunk(keys, perStatement) {
		var list []int64
		var heads, rests, digests [][]byte
		for _, key := range chunk {
			head, rest, digest := split([]byte(key))
			list, heads, rests, digests = append(list, id), append(heads, head), append(rests, rest), append(digests, digest)
			ids[key], c.created[id] = id, []byte(key)
			id++
		}
		c.Statements++
		if _, err := c.tx.Exec(c.ctx, `INSERT INTO kg_terms (id, head, rest, digest) SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[])`, list, heads, rests, digests); err != nil {
			return err
		}
	}
	return nil
}

// reserve takes so many ids for terms, and returns the first.
func (s *Session) reserve(n int) (first int64, err error) {
	const ids = 0x6b67 // the lock of the sequence, which is let go of at once
	s.Statements += 3
	if _, err = s.tx.Exec(s.ctx, "SELECT pg_advisory_lock($1::bigint)", ids); err != nil {
		return 0, err
	}
	if err = s.tx.QueryRow(s.ctx, "SELECT nextval('kg_term_ids')").Scan(&first); err == nil {
		_, err = s.tx.Exec(s.ctx, "SELECT setval('kg_term_ids', $1::bigint)", first+int64(n))
	}
	if err == nil {
		_, err = s.tx.Exec(s.ctx, "SELECT pg_advisory_unlock($1::bigint)", ids)
	}
	return first, err
}

// do takes quads away that are there, and adds others that are not.
func (c *pendingChange) do(removes, adds []idRow) error {
	for _, step := range []struct {
		rows  []idRow
		by    int64
		again string
	}{
		{removes, -1, "DELETE FROM %s q USING unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS k(s, p, o, l) WHERE q.s = k.s AND q.p = k.p AND q.o = k.o AND q.l = k.l"},
		{adds, 1, "INSERT INTO %s (s, p, o, l) SELECT s, p, o, l FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS k(s, p, o, l)"},
	} {
		for chunk := range slices.Chunk(step.rows, perStatement) {
			for _, table := range []string{"kg_by_subject", "kg_by_object"} {
				c.Statements++
				tag, err := c.tx.Exec(c.ctx, fmt.Sprintf(step.again, table), arrays(15, chunk)...)
				if err != nil {
					return err
				}
				if tag.RowsAffected() != int64(len(chunk)) {
					return fmt.Errorf("expected %d quads of %s to change, and %d did: kg db check", len(chunk), table, tag.RowsAffected())
				}
			}
		}
		for _, r := range step.rows {
			c.sums.predicates[r[term.Predicate]] += step.by
		}
	}
	if len(removes)+len(adds) == 0 {
		return nil
	}
	id, err := c.record(touched{quads: slices.Concat(removes, adds), count: int64(len(removes) + len(adds))})
	if err != nil {
		return err
	}
	return c.count(id, c.sums, int64(len(c.created)))
}
