package pg_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/pg"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/internal/pgtest"
)

func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func do(t *testing.T, conn *pgx.Conn, statement string) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(statement, err)
	}
}

// schemaOf are the columns of all tables, and the indices.
func schemaOf(t *testing.T, conn *pgx.Conn) string {
	t.Helper()
	rows, err := conn.Query(t.Context(), `SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'
		UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, "\n")
}

// toFirst makes tables of this version those of version 1.
func toFirst(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	for _, statement := range []string{"DROP TABLE kg_names", "DELETE FROM kg_counts WHERE kind = 'k'", "DROP TABLE kg_trimmed", "CREATE INDEX kg_counts_kind ON kg_counts (kind, id)", "DROP TABLE kg_changes", "DROP TABLE kg_commits", "DROP SEQUENCE kg_commit_ids", "ALTER TABLE kg_counts DROP COLUMN commit_id",
		"DELETE FROM kg_meta WHERE name = 'graph'", "UPDATE kg_meta SET value = '1' WHERE name = 'version'"} {
		do(t, conn, statement)
	}
}

// TestUpgrade holds that tables of version 1 become those that kg db init makes, by one
// of several who upgrade at once, and that an older kg that has begun to write cannot
// end it without a record.
func TestUpgrade(t *testing.T) {
	s, address := open(t, pg.Options{Write: true})
	if _, err := s.Import(t.Context(), text("a", lines(0, 50)+called), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, address)
	want := schemaOf(t, conn)
	toFirst(t, conn)
	if _, err := pg.Open(t.Context(), address, pg.Options{}); err == nil || !strings.Contains(err.Error(), "kg db upgrade") {
		t.Errorf("before the upgrade: got %v", err)
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := pg.Upgrade(t.Context(), address); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := schemaOf(t, conn); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := conn.Exec(t.Context(), `INSERT INTO kg_counts (kind, id, n) VALUES ('q', 0, 1)`); err == nil {
		t.Error("an older kg can write without a record")
	}
	c := copied{db: db.Scratch()}
	c.refresh(t, address)
	later := session(t, address, pg.Options{Write: true})
	if _, err := later.Import(t.Context(), text("a", lines(50, 60)), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	if whole := c.refresh(t, address); whole != "" {
		t.Errorf("copied as a whole: %s", whole)
	}
	if err := session(t, address, pg.Options{}).Check(t.Context()); err != nil {
		t.Error(err)
	}
	if err := pg.Upgrade(t.Context(), pgtest.Database(t)); !errors.Is(err, pg.ErrNoTables) {
		t.Errorf("without tables: got %v", err)
	}
}

// TestCheckRecord holds that a record of changes that is not whole is found.
func TestCheckRecord(t *testing.T) {
	s, address := open(t, pg.Options{Write: true})
	for i := range 2 { // 12,000 quads the second time, in two rows
		if _, err := s.Import(t.Context(), text("a", lines(0, 6000*i+10)), bulk.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	conn := connect(t, address)
	for damage, want := range map[string]string{
		"DELETE FROM kg_changes WHERE commit_id = 2 AND part = 0":                                "of 1 commits the record of changes is not whole",
		"DELETE FROM kg_commits WHERE id = 1":                                                    "are of no commit",
		"UPDATE kg_changes SET s = '{}' WHERE commit_id = 2":                                     "are not whole",
		"UPDATE kg_changes SET l = l || 99999999::bigint WHERE kind = 'l'":                       "terms in the record",
		"INSERT INTO kg_commits (token, parts, quads) SELECT 1, 0, 0 FROM generate_series(1, 9)": "the number of commits is wrong by",
		"INSERT INTO kg_counts (kind, id, n, commit_id) VALUES ('q', 0, 0, 999)":                 "left no record",
		"UPDATE kg_trimmed SET last = 2":                                                         "noted as trimmed",
		"UPDATE kg_trimmed SET commits = 9":                                                      "of the commits that were trimmed is wrong",
	} {
		do(t, conn, damage)
		if err := session(t, address, pg.Options{}).Check(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", damage, err, want)
		}
	}
}
