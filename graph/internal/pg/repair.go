package pg

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/jackc/pgx/v5"
)

// Mended is the changes made by Repair, in rows of the two tables of quads.
type Mended struct {
	Any               bool // something did not agree
	Dropped, Restored int64
}

// Repair makes the tables agree after a commit that reached the other servers and not the
// first: see the file spread.go. The first server's rows of a quad decide; for a quad
// with both rows on others, the presence of its terms decides, and then that of both
// rows. So some of these quads stay that were written, and some are gone that were
// removed: the writer has to write again. Copies have to be made anew as a whole. The
// error is that of Check if the tables do not agree for another reason.
//
// Repair locks readers and writers out. If it is killed, it has to be called again.
func Repair(ctx context.Context, address string) (m Mended, err error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	err = pgx.BeginTxFunc(ctx, conn, latest, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1::bigint)", upkeep); err != nil {
			return err
		}
		// Every session has read kg_counts: those at work end first, and others wait.
		if _, err := tx.Exec(ctx, "LOCK TABLE kg_counts"); err != nil {
			if code(err) == undefinedTable {
				return ErrNoTables
			}
			return err
		}
		version, err := versionOf(ctx, tx)
		if err == nil {
			err = known(version)
		}
		if err != nil {
			return err
		}
		wrong, err := broken(ctx, tx)
		if err != nil || len(wrong) == 0 {
			return err
		}
		if m, err = mend(ctx, tx); err != nil {
			return err
		}
		if wrong, err = broken(ctx, tx); err == nil && len(wrong) > 0 {
			err = damaged(wrong)
		}
		return err
	})
	if err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return Mended{}, fmt.Errorf("repairing %s: %w", Redact(address), away(err))
	}
	return m, nil
}

// partition is a partition of one of the tables of quads.
type partition struct {
	name, table string
	foreign     bool
	holds       string // the condition of the quads that it holds
}

func (p partition) other() string {
	if p.table == "kg_by_subject" {
		return "kg_by_object"
	}
	return "kg_by_subject"
}

const everyPart = `SELECT c.oid::regclass::text, i.inhparent::regclass::text, c.relkind = 'f', pg_get_partition_constraintdef(c.oid)
	FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent IN ('kg_by_subject'::regclass, 'kg_by_object'::regclass) ORDER BY 1`

func partsOf(ctx context.Context, tx pgx.Tx) (here, away []partition, err error) {
	rows, err := tx.Query(ctx, everyPart)
	if err != nil {
		return nil, nil, err
	}
	var p partition
	_, err = pgx.ForEachRow(rows, []any{&p.name, &p.table, &p.foreign, &p.holds}, func() error {
		if p.foreign {
			away = append(away, p)
		} else {
			here = append(here, p)
		}
		return nil
	})
	return here, away, err
}

// sameQuad is the condition that r is the quad q.
const sameQuad = "r.s = q.s AND r.p = q.p AND r.o = q.o AND r.l = q.l"

// mend brings the partitions on other servers to the state of those here, and then the
// counts to the state of all.
func mend(ctx context.Context, tx pgx.Tx) (m Mended, err error) {
	here, away, err := partsOf(ctx, tx)
	if err != nil || len(away) == 0 {
		return m, err
	}
	change := func(n *int64, statement string) error {
		tag, err := tx.Exec(ctx, statement)
		*n += tag.RowsAffected()
		return err
	}
	for _, to := range away {
		for _, from := range here {
			if from.table != to.other() {
				continue
			}
			if err := change(&m.Restored, fmt.Sprintf("INSERT INTO %s (s, p, o, l) SELECT s, p, o, l FROM %s q WHERE %s AND NOT EXISTS (SELECT FROM %[1]s r WHERE %[4]s)",
				to.name, from.name, to.holds, sameQuad)); err != nil {
				return m, err
			}
		}
	}
	// Rows without their terms are deleted first, before each row is compared with the
	// other table.
	for _, lacks := range []string{
		"NOT EXISTS (SELECT FROM kg_terms WHERE id = q.s) OR NOT EXISTS (SELECT FROM kg_terms WHERE id = q.p) OR NOT EXISTS (SELECT FROM kg_terms WHERE id = q.o) OR NOT EXISTS (SELECT FROM kg_terms WHERE id = q.l)",
		"NOT EXISTS (SELECT FROM %[2]s r WHERE " + sameQuad + ")",
	} {
		for _, from := range away {
			if err := change(&m.Dropped, fmt.Sprintf("DELETE FROM %[1]s q WHERE "+lacks, from.name, from.other())); err != nil {
				return m, err
			}
		}
	}
	m.Any = true
	return m, recount(ctx, tx)
}

// recount counts all quads again. Whether a copy has the current quads is unknown: with
// another sum of tokens no copy is refreshed.
func recount(ctx context.Context, tx pgx.Tx) error {
	if err := rollCounts(ctx, tx, 0); err != nil {
		return err
	}
	for _, s := range []statementOf{
		{text: `DELETE FROM kg_counts WHERE kind IN ('q', 'p', 'k')`},
		{text: `INSERT INTO kg_counts (kind, id, n, commit_id) SELECT 'q', 0, count(*), 0 FROM kg_by_subject`},
		{text: `INSERT INTO kg_counts (kind, id, n, commit_id) SELECT 'p', p, count(*), 0 FROM kg_by_object GROUP BY p`},
		{`INSERT INTO kg_counts (kind, id, n, commit_id) SELECT 'k', o, count(*), 0 FROM kg_by_object WHERE p = (SELECT id FROM kg_terms WHERE head = $1 AND digest = $2) GROUP BY o`, typeKey()},
		{`UPDATE kg_trimmed SET tokens = tokens + $1`, []any{1 + rand.Int64N(1<<40)}},
	} {
		if _, err := tx.Exec(ctx, s.text, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// statementOf is one that gives nothing.
type statementOf struct {
	text string
	args []any
}
