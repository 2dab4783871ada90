package graph_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"kg/graph"
	"kg/graph/internal/pg"
	"kg/internal/pgtest"
)

// rowsIn are the quads that some tables have, by their ids.
func rowsIn(t *testing.T, address string, tables ...string) map[[4]int64]bool {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	set := map[[4]int64]bool{}
	for _, table := range tables {
		rows, err := conn.Query(t.Context(), "SELECT s, p, o, l FROM "+table)
		if err != nil {
			t.Fatal(err)
		}
		var q [4]int64
		if _, err := pgx.ForEachRow(rows, []any{&q[0], &q[1], &q[2], &q[3]}, func() error {
			set[q] = true
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return set
}

// TestRemoteSpreadRepair holds that when the second server has what the first has not, and
// lacks what it has, all quads with a row on the first are what they were, none is new,
// the tables agree, and a copy from before is made anew.
func TestRemoteSpreadRepair(t *testing.T) {
	if testing.Short() {
		t.Skip("starts servers")
	}
	address, other, path := pgtest.Database(t), pgtest.New(t).Database(t), storePath(t)
	if _, err := at(address).Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	pgtest.Spread(t, address, other)
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, ladder(4, 60)) }); err != nil {
		t.Fatal(err)
	}
	pull(t, address, path)
	if did, err := at(address).Repair(t.Context()); err != nil || did != (pg.Mended{}) {
		t.Errorf("tables that agree: %+v, %v", did, err)
	}
	if p := pull(t, address, path); !p.Same {
		t.Errorf("nothing was repaired, and the copy was made anew")
	}
	before := rowsIn(t, address, "kg_by_subject")
	here := rowsIn(t, address, "kg_by_subject_0", "kg_by_subject_1", "kg_by_object_0", "kg_by_object_1")
	if len(here) == 0 || len(here) == len(before) {
		t.Fatalf("%d of %d quads have a row on the first server", len(here), len(before))
	}
	for _, table := range []string{"kg_by_subject_2", "kg_by_subject_3", "kg_by_object_2", "kg_by_object_3"} {
		pgtest.Exec(t, other,
			"DELETE FROM "+table+" WHERE (s + 3 * p + 5 * o + 7 * l) % 5 = 0",
			"INSERT INTO "+table+" (s, p, o, l) SELECT s, p, o, l + 1000000 FROM "+table+" WHERE (s + o) % 4 = 0")
		if strings.HasPrefix(table, "kg_by_subject") { // terms that are there, and no row by object
			pgtest.Exec(t, other, "INSERT INTO "+table+" (s, p, o, l) SELECT s, p, s, l FROM "+table+" WHERE s % 3 = 0 ON CONFLICT DO NOTHING")
		}
	}
	verify := func() error {
		return changing(t, address, func(s *graph.Store) error { return s.Verify(t.Context(), nil) })
	}
	if err := verify(); err == nil || !strings.Contains(err.Error(), "kg db check --repair") {
		t.Errorf("the check says: %v", err)
	}
	did, err := at(address).Repair(t.Context())
	if err != nil || did.Dropped == 0 || did.Restored == 0 {
		t.Fatalf("%+v, %v", did, err)
	}
	if err := verify(); err != nil {
		t.Error(err)
	}
	after := rowsIn(t, address, "kg_by_subject")
	for q := range here {
		if !after[q] {
			t.Fatalf("%v has a row on the first server, and was not restored", q)
		}
	}
	for q := range after {
		if !before[q] {
			t.Fatalf("%v was not there, and is", q)
		}
	}
	if p := pull(t, address, path); p.Whole == "" {
		t.Errorf("the copy was not made anew: %+v", p)
	}
	sameAsServer(t, address, path)
}
