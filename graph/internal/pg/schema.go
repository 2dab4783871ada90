package pg

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Version is that of the tables, which kg_meta has. It is another one, too, whenever
// what terms are found by is: schema.FoldWords, or names.AppendGrams.
const Version = 2

// parts is into how many partitions the quads are cut, by subject and by object.
const parts = 4

// ErrNoTables is the error of a database in which kg db init was not run.
var ErrNoTables = errors.New("the database has no tables of kg: kg db init makes them")

// tables makes the tables. The quads are there twice: by subject, which is also found
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
		namesTable,
		namesIndex,
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
	return append(list, fmt.Sprintf(`INSERT INTO kg_meta VALUES ('version', '%d')`, Version))
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
		for _, statement := range tables() {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("making tables in %s: %w: the statement was %s", Redact(address), err, oneLine(statement))
			}
		}
		return nil
	})
	return err == nil, err
}

// Upgrade brings the tables to the version that this kg reads, in one transaction.
// Nobody may write with an older kg meanwhile.
func Upgrade(ctx context.Context, address string) (err error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	version, err := versionOf(ctx, conn)
	if err == nil && version < Version {
		err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			for ; version < Version; version++ {
				if err := upgrades[version](ctx, tx); err != nil {
					return fmt.Errorf("from version %d: %w", version, err)
				}
			}
			_, err := tx.Exec(ctx, "UPDATE kg_meta SET value = $1 WHERE name = 'version'", strconv.Itoa(version))
			return err
		})
	} else if err == nil {
		err = known(version)
	}
	if err != nil {
		return fmt.Errorf("upgrading %s: %w", Redact(address), err)
	}
	return nil
}

// upgrades lead from a version of the tables to the next one.
var upgrades = map[int]func(context.Context, pgx.Tx) error{1: addNames}

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

// versionIn is the version in what versionText gave, empty if it gave no row.
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
