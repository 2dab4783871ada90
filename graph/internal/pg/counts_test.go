package pg_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kg/graph/internal/pg"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
)

// rollOften lets nearly every commit roll the counts up.
func rollOften(t *testing.T) {
	was := pg.SetMostSurplus(0)
	t.Cleanup(func() { pg.SetMostSurplus(was) })
}

func number(t *testing.T, conn *pgx.Conn, query string) (n int64) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(query, err)
	}
	return n
}

// TestRollUpAmongWriters holds that at each moment of a history the counts are those of
// the tables, and a copy is what the server is, while several write, each of them rolls
// up, and another one trims.
func TestRollUpAmongWriters(t *testing.T) {
	rollOften(t)
	_, address := open(t, pg.Options{Write: true})
	var done atomic.Bool
	var writers, others sync.WaitGroup
	for w := range 3 {
		writers.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 11))
			for range 40 {
				if err := write(t.Context(), r, address); err != nil {
					t.Error(err)
				}
			}
		})
	}
	others.Go(func() {
		for !done.Load() {
			if _, err := pg.Trim(t.Context(), address, time.Now().Add(-200*time.Millisecond)); err != nil {
				t.Error(err)
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	go func() { writers.Wait(); done.Store(true) }()
	c := copied{db: db.Scratch()}
	times := 0
	for last := false; !last; times++ {
		last = done.Load()
		c.refresh(t, address)
		s, err := pg.Open(t.Context(), address, pg.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Check(t.Context()), s.Close()); err != nil {
			t.Error(err)
		}
	}
	others.Wait()
	// Others committed while the last one rolled up; this one rolls up what they left.
	if err := write(t.Context(), rand.New(rand.NewPCG(3, 11)), address); err != nil {
		t.Error(err)
	}
	conn := connect(t, address)
	rows, kinds := number(t, conn, "SELECT count(*) FROM kg_counts"), number(t, conn, "SELECT count(DISTINCT (kind, id)) FROM kg_counts")
	t.Logf("checked %d times; %d rows of %d counts; %d commits of %d trimmed", times, rows, kinds, number(t, conn, "SELECT commits FROM kg_trimmed"), c.state.Commits)
	if rows > 4*kinds {
		t.Errorf("there are %d rows of %d counts", rows, kinds)
	}
}

// TestTrimLeavesWhatWasNotRolledUp holds that a commit which comes between the roll-up of
// a trim and the rest of it keeps its record, whenever it began.
func TestTrimLeavesWhatWasNotRolledUp(t *testing.T) {
	s, address := open(t, pg.Options{Write: true})
	other := session(t, address, pg.Options{Write: true})
	load := func(s *pg.Session, label string) {
		line := fmt.Sprintf("<https://x.example/a> <https://x.example/b> <https://x.example/c> <https://x.example/%s> .\n", label)
		if _, err := s.Import(t.Context(), text("a", line), bulk.Options{}); err != nil {
			t.Error(err)
		}
	}
	load(s, "l")
	defer pg.SetRolling(func(*pgx.Conn) {})
	pg.SetRolling(func(*pgx.Conn) { load(other, "m") })
	n, err := pg.Trim(t.Context(), address, time.Now().Add(time.Hour))
	if err != nil || n != 1 {
		t.Errorf("%d commits were trimmed, want 1: %v", n, err)
	}
	if err := session(t, address, pg.Options{}).Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestRollUpLeavesWhatItDoesNotSee holds that what is on its way while others roll up is
// counted when it is committed, and that nobody waits for who rolls up.
func TestRollUpLeavesWhatItDoesNotSee(t *testing.T) {
	rollOften(t)
	s, address := open(t, pg.Options{Write: true})
	load := func(s *pg.Session, label string, n int) {
		t.Helper()
		for i := range n {
			line := fmt.Sprintf("<https://x.example/a%d> <https://x.example/b> <https://x.example/c> <https://x.example/%s> .\n", i, label)
			if _, err := s.Import(t.Context(), text("a", line), bulk.Options{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	load(s, "l", 4)
	conn := connect(t, address)
	late, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	do(t, conn, "INSERT INTO kg_terms (head, rest, digest) VALUES ('late', '', '')")
	do(t, conn, "INSERT INTO kg_counts (kind, id, n, commit_id) VALUES ('t', 0, 1, 0)")
	rolled := 0
	pg.SetRolling(func(*pgx.Conn) { rolled++ })
	defer pg.SetRolling(func(*pgx.Conn) {})
	load(s, "m", 4)
	if rolled == 0 {
		t.Error("nobody rolled up")
	}
	if err := late.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := number(t, conn, "SELECT (SELECT count(*) FROM kg_terms) - sum(n)::bigint FROM kg_counts WHERE kind = 't'"); n != 0 {
		t.Errorf("the number of terms is wrong by %d", n)
	}
	do(t, conn, fmt.Sprintf("SELECT pg_advisory_lock(%d)", pg.Upkeep))
	rolled = 0
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	other, err := pg.Open(ctx, address, pg.Options{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	load(other, "n", 4)
	if rolled > 0 {
		t.Error("two rolled up at once")
	}
}

// TestRollUpKilled holds that a writer whose connection is killed while it rolls up has
// committed, and that the counts are those of before, which the next one rolls up.
func TestRollUpKilled(t *testing.T) {
	rollOften(t)
	_, address := open(t, pg.Options{Write: true})
	killer := connect(t, address)
	killed := 0
	pg.SetRolling(func(conn *pgx.Conn) {
		if killed++; killed%2 == 1 {
			do(t, killer, fmt.Sprintf("SELECT pg_terminate_backend(%d, 5000)", conn.PgConn().PID()))
		}
	})
	defer pg.SetRolling(func(*pgx.Conn) {})
	failed := 0
	for i := range 12 {
		line := fmt.Sprintf("<https://x.example/a%d> <https://x.example/b> <https://x.example/c> <https://x.example/l> .\n", i)
		s, err := pg.Open(t.Context(), address, pg.Options{Write: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Import(t.Context(), text("a", line), bulk.Options{}); err != nil {
			failed++
		}
		_ = s.Close()
		if n := number(t, killer, "SELECT count(*) FROM kg_by_subject"); n != int64(i+1) {
			t.Fatalf("after %d commits there are %d quads", i+1, n)
		}
		if err := session(t, address, pg.Options{}).Check(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if killed < 3 || failed == 0 {
		t.Errorf("%d roll-ups, %d failed: the test is none", killed, failed)
	}
}
