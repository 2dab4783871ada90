package graph_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kg/graph"
	"kg/internal/pgtest"
)

// TestRemoteSpreadKill holds that of two servers, one of which is killed when the second
// has committed and the first has not, the writer is told, and a check when both are back;
// that a question before the check is an error, or shows what was before, and that a
// repair brings back what was before, if it is itself killed as the writer was, too.
//
// The second server waits within its commit for a standby that there is not: what it
// commits is in its journal by then.
func TestRemoteSpreadKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts servers")
	}
	for _, which := range []string{"first", "second"} {
		t.Run(which, func(t *testing.T) {
			first, second := pgtest.New(t), pgtest.New(t)
			address, other := first.Database(t), second.Database(t)
			if _, err := at(address).Init(t.Context()); err != nil {
				t.Fatal(err)
			}
			pgtest.Spread(t, address, other)
			load := func(text string) error {
				s, err := graph.OpenToWrite(address, nil)
				if err != nil {
					return err
				}
				defer s.Close()
				return loadLines(s, t, text)
			}
			if err := load(ladder(2, 50)); err != nil {
				t.Fatal(err)
			}
			before := hashOf(t, address)
			killed := map[string]*pgtest.Server{"first": first, "second": second}[which]
			more := strings.ReplaceAll(ladder(2, 60), "x.example/g>", "x.example/h>")
			err := halfDone(t, second, other, killed, func() error { return load(more) })
			told := map[string]string{"first": "the connection was lost", "second": "a server that has some of the partitions does not answer"}[which]
			if err == nil || !strings.Contains(err.Error(), told) {
				t.Errorf("the writer is told: %v", err)
			}
			verify := func() error {
				return changing(t, address, func(s *graph.Store) error { return s.Verify(t.Context(), nil) })
			}
			err = verify()
			if err == nil || !strings.Contains(err.Error(), "the tables do not agree") || !strings.Contains(err.Error(), "the number of quads is wrong") {
				t.Errorf("the check says: %v", err)
			}
			got, _, _, err := askedStore(t, address, func(s *graph.Store) (string, error) { return s.Hash(t.Context(), graph.ExportOptions{}) })
			if err == nil && got != before || err != nil && !strings.Contains(err.Error(), "kg db check") {
				t.Errorf("an export gives %q, and was %q before: %v", got, before, err)
			}

			repair := func() error { _, err := at(address).Repair(t.Context()); return err }
			if err := halfDone(t, second, other, killed, repair); err == nil {
				t.Error("the repair was killed, and is told of no error")
			}
			if err := repair(); err != nil {
				t.Fatal(err)
			}
			if got := hashOf(t, address); got != before {
				t.Errorf("after the repair an export gives %q, and was %q before", got, before)
			}
			if err := errors.Join(load(more), verify()); err != nil {
				t.Errorf("after the repair: %v", err)
			}
		})
	}
}

// halfDone kills a server when the second has committed what do does, and the first has
// not, and starts it again. It gives what do is told.
func halfDone(t *testing.T, second *pgtest.Server, other string, killed *pgtest.Server, do func() error) error {
	t.Helper()
	pgtest.Exec(t, second.Address, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()")
	failed := make(chan error, 1)
	go func() { failed <- do() }()
	untilOn(t, other, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')")
	if err := killed.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	pgtest.Exec(t, second.Address, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
	err := <-failed
	untilOn(t, other, "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')")
	return err
}

// untilOn waits until a statement gives true.
func untilOn(t *testing.T, address, query string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for range 6000 {
		var is bool
		if err := conn.QueryRow(t.Context(), query).Scan(&is); err != nil {
			t.Fatal(err)
		}
		if is {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("it does not come to %s", query)
}
