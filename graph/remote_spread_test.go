package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kg/graph"
	"kg/internal/pgtest"
)

// spreadTwins are a server, whose graph has half of its partitions on another one, and
// the same graph in memory.
func spreadTwins(t *testing.T) (store *graph.Store, address string, other *pgtest.Server) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts servers")
	}
	address, other = pgtest.Database(t), pgtest.New(t)
	if _, err := at(address).Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	pgtest.Spread(t, address, other.Database(t))
	store = graph.Scratch()
	t.Cleanup(func() { store.Close() })
	load := func(s *graph.Store) error {
		_, err := s.Load(t.Context(), ontology(), docs(t, bundled(t)...), graph.LoadOptions{Base: base})
		return err
	}
	if err := errors.Join(load(store), changing(t, address, load)); err != nil {
		t.Fatal(err)
	}
	return store, address, other
}

// TestRemoteSpread holds that a graph over two servers answers as one in memory does,
// and that a server that ends in the middle of a load or a question leaves an error
// that tells so and nothing half done, and that all goes on when it is back.
func TestRemoteSpread(t *testing.T) {
	store, address, other := spreadTwins(t)
	want, err := store.Hash(t.Context(), graph.ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	sound := func(when string) {
		t.Helper()
		if got := hashOf(t, address); got != want {
			t.Errorf("%s: got hash %s, want %s", when, got, want)
		}
		if err := changing(t, address, func(s *graph.Store) error { return s.Verify(t.Context(), nil) }); err != nil {
			t.Errorf("%s: %v", when, err)
		}
	}
	sound("loaded")
	alike(t, store, address, "stats", func(v *graph.View) ([]graph.Count, error) { return v.Stats(t.Context()) })
	alike(t, store, address, "find", func(v *graph.View) (string, error) {
		list, all, err := v.FindAll(t.Context(), "korea", graph.FindOptions{})
		return fmt.Sprintf("%+v %d", list, all), err
	})
	if err := changing(t, address, func(s *graph.Store) error {
		_, err := s.Load(t.Context(), ontology(), docs(t, bundled(t)...), graph.LoadOptions{Base: base})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	sound("loaded again")
	text := ladder(4, 10_000)
	for name, work := range map[string]func(*killing) error{
		"load": func(k *killing) error {
			s, err := graph.OpenToWrite(address, nil)
			if err != nil {
				return err
			}
			defer s.Close()
			return k.load(s, text)
		},
		"question": func(k *killing) error {
			for {
				s, err := graph.Open(address)
				if err == nil {
					_, err = s.View(base).Stats(t.Context())
					err = errors.Join(err, s.Close())
				}
				if err != nil {
					return err
				}
				k.begin()
			}
		},
	} {
		k := newKilling(t, address, other)
		err := work(k)
		if err == nil || !strings.Contains(err.Error(), "a server that has some of the partitions does not answer") {
			t.Errorf("a %s with a server that was killed: %v", name, err)
		}
		if err := errors.Join(<-k.killed, other.Start()); err != nil {
			t.Fatal(err)
		}
		sound("after a " + name + " that was cut")
	}
	load := func(s *graph.Store) error { return loadLines(s, t, ladder(2, 100)) }
	if err := errors.Join(load(store), changing(t, address, load)); err != nil {
		t.Fatal(err)
	}
	if want, err = store.Hash(t.Context(), graph.ExportOptions{}); err != nil {
		t.Fatal(err)
	}
	sound("loaded when it was back")
}

// TestRemoteSpreadOneState holds that a question sees both servers as they were when it
// began, and that none begins while somebody commits to one after the other.
func TestRemoteSpreadOneState(t *testing.T) {
	_, address, _ := spreadTwins(t)
	before := hashOf(t, address)
	a, err := at(address).Ask(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, ladder(2, 20)) }); err != nil {
		t.Fatal(err)
	}
	err = a.In(t.Context(), func(s *graph.Store) error {
		got, err := s.Hash(t.Context(), graph.ExportOptions{})
		if err == nil && !a.Missed() && got != before {
			t.Errorf("got hash %s, want %s", got, before)
		}
		return errors.Join(err, s.Verify(t.Context(), nil))
	})
	if err := errors.Join(err, a.Close()); err != nil {
		t.Error(err)
	}
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "SELECT pg_advisory_lock($1::bigint)", 0x6b68); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := at(address).Ask(ctx, false); !errors.Is(err, context.DeadlineExceeded) && !strings.Contains(fmt.Sprint(err), "canceling statement") {
		t.Errorf("a question begins while somebody commits: %v", err)
	}
}
