package pg

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// sums are of quads added less those removed.
type sums struct {
	predicates map[int64]int64
	kinds      map[int64]int64 // those that say that something is of a kind
}

func newSums() sums { return sums{map[int64]int64{}, map[int64]int64{}} }

// The kinds of counts in kg_counts.
const (
	countQuads     = 'q'
	countTerms     = 't'
	countPredicate = 'p'
	countKind      = 'k' // quads that state the kind of an entity
	countCommits   = 'c' // commits whose counts were rolled up
)

// count records the changes in the numbers of quads and of terms of a commit. It adds
// rows and changes none, so that writers do not block each other.
func (s *Session) count(commit int64, sums sums, terms int64) error {
	kinds, ids, numbers := []string{string(rune(countTerms))}, []int64{0}, []int64{terms}
	var quads int64
	for id, n := range sums.predicates {
		if n != 0 {
			kinds, ids, numbers = append(kinds, string(rune(countPredicate))), append(ids, id), append(numbers, n)
			quads += n
		}
	}
	for id, n := range sums.kinds {
		if n != 0 {
			kinds, ids, numbers = append(kinds, string(rune(countKind))), append(ids, id), append(numbers, n)
		}
	}
	kinds, ids, numbers = append(kinds, string(rune(countQuads))), append(ids, 0), append(numbers, quads)
	s.Statements++
	_, err := s.tx.Exec(s.ctx, `INSERT INTO kg_counts (kind, id, n, commit_id) SELECT k::"char", i, n, $4 FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS c(k, i, n)`, kinds, ids, numbers, commit)
	return err
}

// sumCounts reads the counts, and how many rows each is the sum of.
const sumCounts = `SELECT kind, id, sum(n)::bigint, count(*) FROM kg_counts GROUP BY kind, id`

// rollUp makes one row of all that count the same, if there are more rows than so many:
// rows of commit 0, since they are of several, the number of which is a count, too. Each
// reader has the rows of before or those of after. Rows that are committed meanwhile are
// not seen, and stay.
const rollUp = `WITH d AS (DELETE FROM kg_counts WHERE (SELECT count(*) FROM kg_counts) > $1 RETURNING kind, id, n, commit_id)
	INSERT INTO kg_counts (kind, id, n, commit_id) SELECT kind, id, sum(n), 0
	FROM (SELECT kind, id, n FROM d UNION ALL SELECT 'c', 0, count(DISTINCT commit_id) FROM d WHERE commit_id <> 0) AS a
	GROUP BY kind, id HAVING sum(n) <> 0`

// mostSurplus is how many rows kg_counts has at most in addition to two for each count,
// before a writer rolls it up. As the rows double in between, a row is rolled up once or
// twice on average, and a question never sums up many more than it reads. Tests change
// it.
var mostSurplus int64 = 1000

// latest are the options of transactions whose statements each see the latest commits, as
// needed after waiting for a lock.
var latest = pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite}

// upkeep is the advisory lock of roll-ups and trims.
const upkeep = 0x6b69

// rolling is called within the transaction of a roll-up, before its end; tests kill it.
var rolling = func(*pgx.Conn) {}

// keepFew rolls the counts up, after a commit, if there were many rows when its
// transaction began. It does not wait: if another writer is rolling up, it leaves it to
// that one. If it fails, the commit stands, and the next writer tries again. The vacuum
// is for writers that are faster than the server's autovacuum, which runs once a minute:
// a sum reads the pages of deleted rows, too.
func (s *Session) keepFew() {
	most := 2*s.groups + mostSurplus
	if s.surplus <= s.groups+mostSurplus {
		return
	}
	s.Statements += 5
	var mine bool
	err := pgx.BeginTxFunc(s.ctx, s.conn, latest, func(tx pgx.Tx) error {
		if err := tx.QueryRow(s.ctx, "SELECT pg_try_advisory_xact_lock($1::bigint)", upkeep).Scan(&mine); err != nil || !mine {
			return err
		}
		return rollCounts(s.ctx, tx, most)
	})
	if err == nil && mine {
		_, _ = s.conn.Exec(s.ctx, "VACUUM (SKIP_LOCKED, TRUNCATE false) kg_counts")
	}
}

// rollCounts rolls up, if there are more rows than so many. The transaction has the lock.
func rollCounts(ctx context.Context, tx pgx.Tx, most int64) error {
	if err := stillKnown(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, rollUp, most); err != nil {
		return err
	}
	rolling(tx.Conn())
	return nil
}

// stillKnown returns an error if the tables are of another version; until the transaction
// ends, they are not upgraded.
func stillKnown(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, "LOCK TABLE kg_counts IN ROW EXCLUSIVE MODE"); err != nil {
		if code(err) == undefinedTable {
			return ErrNoTables
		}
		return fmt.Errorf("keeping off those who upgrade: %w", err)
	}
	version, err := versionOf(ctx, tx)
	if err != nil {
		return err
	}
	return known(version)
}
