package pg_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
)

// copied is a copy of the graph in memory, with its state.
type copied struct {
	db    *db.DB
	state pg.CopyState
}

// refresh brings a copy to where the server is, and holds it against a whole copy of the
// same transaction. It reports why it was copied as a whole, if it was.
func (c *copied) refresh(t *testing.T, address string) string {
	t.Helper()
	s, err := pg.Open(context.Background(), address, pg.Options{})
	if err != nil {
		t.Error(err)
		return ""
	}
	defer s.Close()
	change, err := s.Since(c.state)
	if err != nil {
		t.Error(err)
		return ""
	}
	if c.state = change.To; change.Transition != nil {
		if change.Whole != "" {
			c.db = db.Scratch()
		} else {
			c.db = c.db.Fork()
		}
		if err := c.db.Step(context.Background(), *change.Transition); err != nil {
			t.Error(err)
			return change.Whole
		}
	}
	all, err := s.Everything(errors.New("a test"))
	if err != nil {
		t.Error(err)
		return change.Whole
	}
	twin := db.Scratch()
	if err := twin.Step(context.Background(), *all.Transition); err != nil {
		t.Error(err)
	}
	if got, want := exported(t, store.New(c.db)), exported(t, store.New(twin)); got != want {
		t.Errorf("refreshed: got %d bytes, want %d\n%s\nwant\n%s", len(got), len(want), got, want)
	}
	return change.Whole
}

// write does one change at random, in one commit.
func write(ctx context.Context, r *rand.Rand, address string) error {
	node := func(kind string, n int) quad.IRI {
		return quad.IRI(fmt.Sprintf("https://x.example/%s%d", kind, r.IntN(n)))
	}
	random := func() quad.Quad {
		return quad.Quad{Subject: node("s", 9), Predicate: node("p", 3), Object: node("o", 12), Label: node("l", 4)}
	}
	var do func(*store.QuadStore) error
	if r.IntN(3) == 0 { // a load, of a label that is new or not
		var b strings.Builder
		for range 1 + r.IntN(30) {
			q := random()
			if r.IntN(2) == 0 {
				q.Label = node("fresh", 1000)
			}
			fmt.Fprintf(&b, "<%s> <%s> <%s> <%s> .\n", string(q.Subject.(quad.IRI)), string(q.Predicate.(quad.IRI)), string(q.Object.(quad.IRI)), string(q.Label.(quad.IRI)))
		}
		do = func(qs *store.QuadStore) error {
			_, err := qs.Import(ctx, text("x.nq", b.String()), bulk.Options{})
			return err
		}
	} else {
		var deltas []cayley.Delta
		for range 1 + r.IntN(8) {
			deltas = append(deltas, cayley.Delta{Quad: random(), Action: []cayley.Procedure{cayley.Add, cayley.Delete}[r.IntN(2)]})
		}
		do = func(qs *store.QuadStore) error {
			return qs.ApplyDeltas(deltas, cayley.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
		}
	}
	s, err := pg.Open(ctx, address, pg.Options{Write: true, Ask: true})
	if err != nil {
		return err
	}
	for {
		err := do(s.Store())
		if !s.Missed() {
			return errors.Join(err, s.Close())
		}
		if err := s.More(); err != nil {
			return errors.Join(err, s.Close())
		}
	}
}

// TestRefreshAmongWriters holds that a copy that is refreshed while several write, in
// loads and in changes, the same quads and others, is at each moment what a whole copy
// of that moment is.
func TestRefreshAmongWriters(t *testing.T) {
	_, address := open(t, pg.Options{Write: true})
	var done atomic.Bool
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 7))
			for range 40 {
				if err := write(t.Context(), r, address); err != nil {
					t.Error(err)
				}
			}
		})
	}
	go func() { writers.Wait(); done.Store(true) }()
	c := copied{db: db.Scratch()}
	wholes, times := 0, 0
	for last := false; !last; times++ {
		last = done.Load()
		if c.refresh(t, address) != "" {
			wholes++
		}
	}
	if wholes != 1 {
		t.Errorf("of %d refreshes %d copied all", times, wholes)
	}
	t.Logf("%d refreshes, state %+v", times, c.state)
	if err := session(t, address, pg.Options{}).Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestRefreshLateCommit holds that what began before a copy was refreshed, and is
// committed after it, comes with the next refresh.
func TestRefreshLateCommit(t *testing.T) {
	s, address := open(t, pg.Options{Write: true})
	if _, err := s.Import(t.Context(), text("a", lines(0, 20)), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	late, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var id int64
	if err := late.QueryRow(t.Context(), `INSERT INTO kg_commits (token, parts, quads) VALUES (5, 1, 1) RETURNING id`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO kg_by_subject (s, p, o, l) SELECT s, p, s, l FROM kg_by_subject WHERE s <> o ORDER BY s, p, o, l LIMIT 1`,
		`INSERT INTO kg_by_object (s, p, o, l) SELECT s, p, o, l FROM kg_by_subject WHERE s = o`,
		`INSERT INTO kg_counts (kind, id, n, commit_id) SELECT 'q', 0, 1, id FROM kg_commits WHERE token = 5`,
		`INSERT INTO kg_changes (commit_id, part, kind, s, p, o, l) SELECT c.id, 0, 'q', ARRAY[q.s], ARRAY[q.p], ARRAY[q.o], ARRAY[q.l] FROM kg_commits c, kg_by_subject q WHERE c.token = 5 AND q.s = q.o`,
	} {
		if _, err := late.Exec(t.Context(), statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	if _, err := s.Import(t.Context(), text("b", lines(20, 40)), bulk.Options{}); err != nil {
		t.Fatal(err)
	}
	c := copied{db: db.Scratch()}
	c.refresh(t, address)
	before := c.db.State().Quads()
	if c.state.Last <= id {
		t.Fatalf("the commit %d is not before the last, %d", id, c.state.Last)
	}
	if err := late.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if whole := c.refresh(t, address); whole != "" || c.db.State().Quads() != before+1 || len(c.state.Gaps) > 0 {
		t.Errorf("copied as a whole: %q; %d quads, and %d before; state %+v", whole, c.db.State().Quads(), before, c.state)
	}
}

// TestRefreshWhole holds that a copy is made anew where the record does not tell, and
// why.
func TestRefreshWhole(t *testing.T) {
	s, address := open(t, pg.Options{Write: true})
	load := func(from, to int) {
		t.Helper()
		if _, err := s.Import(t.Context(), text("a", lines(from, to)), bulk.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	load(0, 1000)
	c := copied{db: db.Scratch()}
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, "there was none"},
		{func() {}, ""},
		{func() { load(1000, 1010) }, ""},
		{func() { load(1000, 1010) }, ""},
		{func() { load(1010, 5000) }, "much has changed"},
		{func() {
			load(5000, 5010)
			if n, err := pg.Trim(t.Context(), address, time.Now().Add(time.Hour)); n != 4 || err != nil {
				t.Errorf("dropped the record of %d commits: %v", n, err)
			}
		}, "the record of what it lacks was dropped"},
		{func() { load(5010, 5020) }, ""},
		{func() { // a backup is put back, and others write then
			if _, err := conn.Exec(t.Context(), `UPDATE kg_commits SET token = token + 1 WHERE id = (SELECT max(id) FROM kg_commits)`); err != nil {
				t.Fatal(err)
			}
		}, "the server was put back to an earlier state"},
		{func() { load(5020, 5030) }, ""},
	} {
		step.do()
		if got := c.refresh(t, address); got != step.want {
			t.Errorf("got %q, want %q", got, step.want)
		}
	}
	if err := session(t, address, pg.Options{}).Check(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := conn.Exec(t.Context(), `UPDATE kg_meta SET value = 'another' WHERE name = 'graph'`); err != nil {
		t.Fatal(err)
	}
	if _, err := session(t, address, pg.Options{}).Since(c.state); !errors.Is(err, pg.ErrOtherGraph) {
		t.Errorf("another graph: got %v", err)
	}
}

// TestMirror holds that a mirror shows what the server has after each refresh, that it
// knows when it need not be refreshed, and that the stores of before stay as they were.
func TestMirror(t *testing.T) {
	_, address := open(t, pg.Options{Write: true})
	m := pg.NewMirror(address)
	defer m.Close()
	r := rand.New(rand.NewPCG(1, 1))
	shown := map[*store.QuadStore]string{}
	for i := range 12 {
		changed, err := m.Changed(t.Context())
		if err != nil || changed != (i == 0 || i%3 != 2) {
			t.Fatalf("refresh %d: changed is %t: %v", i, changed, err)
		}
		qs, err := m.Refresh(t.Context())
		if err != nil {
			t.Fatalf("refresh %d: %v", i, err)
		}
		got, s := exported(t, qs), session(t, address, pg.Options{})
		want := answer(t, s, func(qs *store.QuadStore) (string, error) { return exported(t, qs), nil })
		if got != want {
			t.Errorf("refresh %d: got %d bytes, want %d", i, len(got), len(want))
		}
		shown[qs] = got
		if i%3 == 1 {
			continue
		}
		line := fmt.Sprintf("<https://x.example/a%d> <https://x.example/b> <https://x.example/c%d> <https://x.example/l> .\n", i, r.IntN(99))
		w, err := pg.Open(t.Context(), address, pg.Options{Write: true})
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Import(t.Context(), text("x.nq", line), bulk.Options{})
		if err := errors.Join(err, w.Close()); err != nil { // it holds the lock of its source
			t.Fatal(err)
		}
	}
	for qs, want := range shown {
		if got := exported(t, qs); got != want {
			t.Errorf("a store of before has %d bytes, want %d", len(got), len(want))
		}
	}
}
