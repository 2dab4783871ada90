package pg

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Version is that of the tables, stored in kg_meta. It has to change, too, whenever the
// searched form of terms does: fold.Words, or names.AppendGrams.
const Version = 4

// steps bring tables of version 1 to the next, and so on: version 2 has names, version 3
// the record of changes, version 4 the state of what was trimmed of it.
var steps = [Version - 1]func(context.Context, pgx.Tx) error{
	addNames,
	func(ctx context.Context, tx pgx.Tx) error { return run(ctx, tx, changeTables()) },
	addTrimmed,
}

// parts is into how many partitions the quads are cut, by subject and by object.
const parts = 4

// ErrNoTables is the error of a database in which kg db init was not run.
var ErrNoTables = errors.New("the database has no tables of kg: kg db init makes them")

// tables makes those of version 1. The quads are there twice: by subject, which is also found
// by its label, and by object, which is also found by its predicate.
func tables() []string {
	list := []string{
		`CREATE TABLE kg_meta (name text PRIMARY KEY, value text NOT NULL)`,
		`CREATE SEQUENCE kg_term_ids AS bigint`,
		`CREATE TABLE kg_terms (
			id bigint NOT NULL DEFAULT nextval('kg_term_ids') PRIMARY KEY,
			head bytea NOT NULL,   -- the first 1000 bytes of the key
			rest bytea NOT NULL,   -- those after them
			digest bytea NOT NULL, -- SHA-256 of the rest, empty if there is none
			UNIQUE (head, digest))`,
		`CREATE TABLE kg_counts (kind "char" NOT NULL, id bigint NOT NULL, n bigint NOT NULL)`,
		`CREATE INDEX kg_counts_kind ON kg_counts (kind, id)`,
		`CREATE TABLE kg_by_subject (s bigint NOT NULL, p bigint NOT NULL, o bigint NOT NULL, l bigint NOT NULL,
			PRIMARY KEY (s, p, o, l)) PARTITION BY HASH (s)`,
		`CREATE INDEX kg_by_label ON kg_by_subject (l)`,
		`CREATE TABLE kg_by_object (o bigint NOT NULL, p bigint NOT NULL, s bigint NOT NULL, l bigint NOT NULL,
			PRIMARY KEY (o, p, s, l)) PARTITION BY HASH (o)`,
		`CREATE INDEX kg_by_predicate ON kg_by_object (p)`,
	}
	for _, table := range []string{"kg_by_subject", "kg_by_object"} {
		for i := range parts {
			list = append(list, fmt.Sprintf(`CREATE TABLE %s_%d PARTITION OF %s FOR VALUES WITH (MODULUS %d, REMAINDER %d)`, table, i, table, parts, i))
		}
	}
	return append(list, `INSERT INTO kg_meta VALUES ('version', '1')`)
}

// Init makes the tables in a database that has none; it reports whether it did.
func Init(ctx context.Context, address string) (made bool, err error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	version, err := versionOf(ctx, conn)
	switch {
	case err == nil && version == Version:
		return false, nil
	case err == nil:
		return false, fmt.Errorf("making tables in %s: there are tables of version %d: kg db upgrade", Redact(address), version)
	case !errors.Is(err, ErrNoTables):
		return false, err
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := run(ctx, tx, tables()); err != nil {
			return err
		}
		return upgrade(ctx, tx)
	})
	if err != nil {
		return false, fmt.Errorf("making tables in %s: %w", Redact(address), err)
	}
	return true, nil
}

// run runs statements.
func run(ctx context.Context, tx pgx.Tx, statements []string) error {
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%w: the statement was %s", err, oneLine(statement))
		}
	}
	return nil
}

// Upgrade brings the tables to the version that this kg reads, all or nothing. It waits
// for the questions and writers that are at work, and holds up those that come.
func Upgrade(ctx context.Context, address string) (err error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	if err := pgx.BeginTxFunc(ctx, conn, latest, func(tx pgx.Tx) error { return upgrade(ctx, tx) }); err != nil {
		return fmt.Errorf("upgrading %s: %w", Redact(address), err)
	}
	return nil
}

func upgrade(ctx context.Context, tx pgx.Tx) error {
	// Of two concurrent upgrades, the second waits here for the first.
	_, err := tx.Exec(ctx, `UPDATE kg_meta SET value = value WHERE name = 'version'`)
	if code(err) == undefinedTable {
		return ErrNoTables
	}
	if err != nil {
		return err
	}
	version, err := versionOf(ctx, tx)
	if err != nil {
		return err
	}
	if version < 1 || version > Version {
		return known(version)
	}
	if version < Version { // every session has read kg_counts: those at work end first
		if _, err := tx.Exec(ctx, "LOCK TABLE kg_counts"); err != nil {
			return err
		}
	}
	for _, step := range steps[version-1:] {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE kg_meta SET value = $1 WHERE name = 'version'`, strconv.Itoa(Version))
	return err
}

// querier is a connection or a transaction.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// versionOf is the version of the tables; the error wraps ErrNoTables if there are
// none.
func versionOf(ctx context.Context, q querier) (int, error) {
	var text string
	err := q.QueryRow(ctx, versionText).Scan(&text)
	return versionIn(text, err)
}

const versionText = `SELECT value FROM kg_meta WHERE name = 'version'`

// versionIn returns the version in the result of versionText, empty if it has no row.
func versionIn(text string, err error) (int, error) {
	if code(err) == undefinedTable || errors.Is(err, pgx.ErrNoRows) || err == nil && text == "" {
		return 0, ErrNoTables
	}
	if err != nil {
		return 0, err
	}
	version, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0, fmt.Errorf("reading kg_meta: the version %q is no number", text)
	}
	return version, nil
}

// known is an error if the tables are of another version than those of this kg.
func known(version int) error {
	if version > Version {
		return fmt.Errorf("the tables were made by a newer kg: they have version %d, and this kg reads version %d; use the newer kg", version, Version)
	}
	if version < Version {
		return fmt.Errorf("the tables have version %d, and this kg reads version %d: kg db upgrade", version, Version)
	}
	return nil
}
