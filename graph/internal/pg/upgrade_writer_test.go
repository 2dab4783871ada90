package pg_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"kg/graph/internal/pg"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// oldWriter begins a transaction as a kg of version 1 does, and adds a quad that gives a
// node a name, and one that gives it a kind.
func oldWriter(t *testing.T, address, node string) pgx.Tx {
	t.Helper()
	conn := connect(t, address)
	tx, err := conn.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	if err != nil {
		t.Fatal(err)
	}
	do(t, conn, "SELECT value FROM kg_meta WHERE name = 'version'")
	do(t, conn, "SELECT kind, id, sum(n)::bigint FROM kg_counts GROUP BY kind, id")
	terms := []quad.Value{quad.IRI("https://x.example/" + node), quad.IRI("https://x.example/label/" + node), quad.String("Name of " + node), quad.IRI("https://x.example/kind/" + node), schema.Naming[0], schema.Type}
	ids := make([]int64, len(terms))
	made := 0
	for i, v := range terms {
		key, err := term.Append(nil, v)
		if err != nil {
			t.Fatal(err)
		}
		err = tx.QueryRow(t.Context(), "SELECT id FROM kg_terms WHERE head = $1 AND digest = ''", key).Scan(&ids[i])
		if errors.Is(err, pgx.ErrNoRows) {
			made++
			err = tx.QueryRow(t.Context(), "INSERT INTO kg_terms (head, rest, digest) VALUES ($1, '', '') RETURNING id", key).Scan(&ids[i])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range [][4]int64{{ids[0], ids[4], ids[2], ids[1]}, {ids[0], ids[5], ids[3], ids[1]}} {
		for _, insert := range []string{"INSERT INTO kg_by_subject (s, p, o, l) VALUES ($1, $2, $3, $4)", "INSERT INTO kg_by_object (s, p, o, l) VALUES ($1, $2, $3, $4)"} {
			if _, err := tx.Exec(t.Context(), insert, q[0], q[1], q[2], q[3]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := tx.Exec(t.Context(), "INSERT INTO kg_counts (kind, id, n) VALUES ('q', 0, 2), ('p', $1, 1), ('p', $2, 1), ('t', 0, $3)", ids[4], ids[5], made); err != nil {
		t.Fatal(err)
	}
	return tx
}

// TestUpgradeWaits holds that an upgrade waits for a writer under way, has all that it
// commits, whether it is the first upgrade or one before it was cut; and that a writer
// of this kg that comes while the upgrade waits is told what to do, or writes.
func TestUpgradeWaits(t *testing.T) {
	s, address := open(t, pg.Options{Write: true})
	if _, err := s.Import(t.Context(), text("a", lines(0, 50)+called), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, address)
	toFirst(t, conn)
	before := number(t, conn, "SELECT sum(n)::bigint FROM kg_counts WHERE kind = 'q'")
	waits := func() bool {
		return number(t, conn, "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = 'kg_counts'::regclass") > 0
	}
	begin := func(ctx context.Context) chan error {
		t.Helper()
		done := make(chan error, 1)
		go func() { done <- pg.Upgrade(ctx, address) }()
		for !waits() {
			select {
			case err := <-done:
				t.Fatalf("it did not wait: %v", err)
			case <-time.After(20 * time.Millisecond):
			}
		}
		return done
	}

	first := oldWriter(t, address, "first")
	ctx, cut := context.WithCancel(t.Context())
	done := begin(ctx)
	cut()
	if err := <-done; err == nil {
		t.Error("an upgrade that was cut says nothing")
	}
	if err := first.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := number(t, conn, "SELECT count(*) FROM kg_meta WHERE value = '1'"); n != 1 {
		t.Error("an upgrade that was cut left another version")
	}

	second := oldWriter(t, address, "second")
	done = begin(t.Context())
	comes := make(chan error, 1)
	go func() {
		other, err := pg.Open(t.Context(), address, pg.Options{Write: true})
		if err == nil {
			_, err = other.Import(t.Context(), text("b", lines(50, 60)), bulk.Options{})
			err = errors.Join(err, other.Close())
		}
		comes <- err
	}()
	select {
	case err := <-done:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	if err := second.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := <-comes; err != nil && !strings.Contains(err.Error(), "kg db upgrade") {
		t.Errorf("a writer that came meanwhile: %v", err)
	}

	now := session(t, address, pg.Options{})
	if err := now.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if n := number(t, conn, "SELECT sum(n)::bigint FROM kg_counts WHERE kind = 'q'"); n < before+4 {
		t.Errorf("there are %d quads, and %d before; two writers added 2 each", n, before)
	}
	kinds, ok, err := now.Kinds()
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	list := ""
	for _, k := range kinds {
		list += string(k.IRI) + " "
	}
	for _, want := range []string{"kind/first", "kind/second"} {
		if !strings.Contains(list, want) {
			t.Errorf("%s is missing among the kinds %s", want, list)
		}
	}
}
