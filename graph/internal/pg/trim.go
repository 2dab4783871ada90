package pg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// trimmedTable makes kg_trimmed, which notes in one row which commits were trimmed: a
// State, by its fields.
func trimmedTable() []string {
	return []string{
		`CREATE TABLE kg_trimmed (last bigint NOT NULL, gaps_from bigint[] NOT NULL, gaps_to bigint[] NOT NULL, commits bigint NOT NULL, tokens bigint NOT NULL)`,
		`INSERT INTO kg_trimmed VALUES (0, '{}', '{}', 0, 0)`,
		`DROP INDEX kg_counts_kind`, // all of the table is read, and now it is small
	}
}

// addTrimmed makes kg_trimmed in tables of version 3, whose trim left the rows of
// kg_commits.
func addTrimmed(ctx context.Context, tx pgx.Tx) error {
	if err := run(ctx, tx, trimmedTable()); err != nil {
		return err
	}
	_, err := trim(ctx, tx, "NOT EXISTS (SELECT FROM kg_changes k WHERE k.commit_id = kg_commits.id)")
	return err
}

// Trim deletes the record of the commits before a time, and rolls the counts up: a reader
// with an older state copies the whole graph. It returns the number of these commits.
func Trim(ctx context.Context, address string, before time.Time) (commits int64, err error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	err = pgx.BeginTxFunc(ctx, conn, latest, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1::bigint)", upkeep); err != nil {
			return err
		}
		if err := rollCounts(ctx, tx, 0); err != nil {
			return err
		}
		// Commits since the roll-up are counted by rows of their own, and stay.
		commits, err = trim(ctx, tx, "at < $1 AND NOT EXISTS (SELECT FROM kg_counts c WHERE c.commit_id = kg_commits.id)", before)
		return err
	})
	if err == nil { // without the right to vacuum, the server refuses, and does it later by itself
		_, err = conn.Exec(ctx, "VACUUM kg_counts, kg_commits, kg_changes")
	}
	if err != nil {
		return 0, fmt.Errorf("dropping the record of changes in %s: %w", Redact(address), err)
	}
	return commits, nil
}

// trim drops commits, and notes them in kg_trimmed.
func trim(ctx context.Context, tx pgx.Tx, where string, args ...any) (int64, error) {
	was, err := trimmed(ctx, tx)
	if err != nil {
		return 0, err
	}
	rows, err := tx.Query(ctx, `WITH d AS (DELETE FROM kg_commits WHERE `+where+` RETURNING id, token),
		k AS (DELETE FROM kg_changes WHERE commit_id IN (SELECT id FROM d)) SELECT id, token FROM d`, args...)
	if err != nil {
		return 0, err
	}
	var list []commit
	var c commit
	if _, err := pgx.ForEachRow(rows, []any{&c.id, &c.token}, func() error {
		list = append(list, c)
		return nil
	}); err != nil {
		return 0, err
	}
	now := was.after(list)
	from, to := now.gaps()
	_, err = tx.Exec(ctx, `UPDATE kg_trimmed SET last = $1, gaps_from = $2, gaps_to = $3, commits = $4, tokens = $5`, now.Last, from, to, now.Commits, now.Tokens)
	return now.Commits - was.Commits, err
}

// trimmed is the State of a copy that has the trimmed commits and no other.
func trimmed(ctx context.Context, q querier) (s CopyState, err error) {
	var from, to []int64
	err = q.QueryRow(ctx, `SELECT m.value, t.last, t.gaps_from, t.gaps_to, t.commits, t.tokens FROM kg_meta m, kg_trimmed t WHERE m.name = 'graph'`).
		Scan(&s.Graph, &s.Last, &from, &to, &s.Commits, &s.Tokens)
	if err == nil && len(from) != len(to) {
		err = errors.New("the gaps in kg_trimmed have not as many ends as beginnings: kg db check")
	}
	for i := range from {
		if err == nil {
			s.Gaps = append(s.Gaps, [2]int64{from[i], to[i]})
		}
	}
	return s, err
}
