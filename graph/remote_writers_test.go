package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/pgtest"
)

// TestRemoteWriters holds that many who load at once, the same sources and others,
// leave behind what one after the other would.
func TestRemoteWriters(t *testing.T) {
	address, twin := remote(t), graph.Scratch()
	defer twin.Close()
	var files []string
	for i := range 4 {
		files = append(files, strings.ReplaceAll(ferry, "id: ferry", fmt.Sprintf("id: ferry-%d", i)))
	}
	load := func(file string) func(*graph.Store) error {
		checked := docs(t, file)
		return func(s *graph.Store) error {
			_, err := s.Load(t.Context(), ontology(), checked, graph.LoadOptions{Base: base})
			return err
		}
	}
	var done sync.WaitGroup
	for i := range 12 {
		do := load(files[i%len(files)])
		if i < len(files) {
			if err := do(twin); err != nil {
				t.Fatal(err)
			}
		}
		done.Go(func() {
			a, err := at(address).Ask(t.Context(), true)
			if err != nil {
				t.Error(err)
				return
			}
			defer a.Close()
			if err := a.In(t.Context(), do); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	want, err := twin.Hash(t.Context(), graph.ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := hashOf(t, address); got != want {
		t.Errorf("got hash %s, want %s", got, want)
	}
	if err := changing(t, address, func(s *graph.Store) error { return s.Verify(t.Context(), nil) }); err != nil {
		t.Error(err)
	}
}

// TestRemoteOneState holds that a question sees one state, whatever is written while it
// is asked.
func TestRemoteOneState(t *testing.T) {
	store, address := twins(t, bundled(t)...)
	want, err := store.Hash(t.Context(), graph.ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := at(address).Ask(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	wrote := false
	err = a.In(t.Context(), func(s *graph.Store) error {
		if !wrote {
			wrote = true
			if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, ladder(2, 5)) }); err != nil {
				return err
			}
		}
		if _, err := s.View(base).Stats(t.Context()); err != nil {
			return err
		}
		got, err := s.Hash(t.Context(), graph.ExportOptions{})
		if err == nil && !a.Missed() && got != want {
			t.Errorf("got hash %s, want %s", got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := hashOf(t, address); got == want {
		t.Error("what was written meanwhile is not there afterwards")
	}
}

// TestRemoteCancel holds that a run that is cancelled ends on the server, too, and that
// the next run of the same Asking answers.
func TestRemoteCancel(t *testing.T) {
	_, address := twins(t, ferry)
	a, err := at(address).Ask(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	find := func(ctx context.Context) (found quad.IRI, err error) {
		return found, a.In(ctx, func(s *graph.Store) error {
			found, err = s.View(base).Find(ctx, string(base.Source("ferry")))
			return err
		})
	}
	unlock := pgtest.Lock(t, address, "kg_terms")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := find(ctx)
		ended <- err
	}()
	pgtest.Waits(t, address)
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	pgtest.Rests(t, address)
	unlock()
	if found, err := find(t.Context()); err != nil || found != base.Source("ferry") {
		t.Errorf("after that it finds %v, %v", found, err)
	}
}

// TestRemoteCrash holds that a server that ends in the middle of a load or a question
// leaves an error and nothing half done, and that all goes on when it is back.
func TestRemoteCrash(t *testing.T) {
	server := pgtest.New(t)
	address := server.Database(t)
	if _, err := at(address).Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, ladder(2, 10)) }); err != nil {
		t.Fatal(err)
	}
	before := hashOf(t, address)
	text := ladder(4, 10_000)
	for _, work := range []struct {
		name string
		do   func(*graph.Store, *killing) error
	}{
		{"a load", func(s *graph.Store, k *killing) error { return k.load(s, text) }},
		{"a question", func(_ *graph.Store, k *killing) error {
			for { // till the server ends
				s, err := graph.Open(address)
				if err == nil {
					_, err = s.View(base).Stats(t.Context())
					s.Close()
				}
				if err != nil {
					return err
				}
				k.begin()
			}
		}},
	} {
		s, err := graph.OpenToWrite(address, nil)
		if err != nil {
			t.Fatal(err)
		}
		k := newKilling(t, address, server)
		if err := work.do(s, k); err == nil {
			t.Errorf("%s is done on a server that was killed", work.name)
		}
		if err := errors.Join(<-k.killed, server.Start()); err != nil {
			t.Fatal(err)
		}
		_ = s.Close() // the connection is gone
		if got := hashOf(t, address); got != before {
			t.Errorf("after %s that was cut: got hash %s, want %s", work.name, got, before)
		}
	}
	if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, text) }); err != nil {
		t.Fatal(err)
	}
	if got := hashOf(t, address); got == before {
		t.Error("loaded when the server was back: nothing is there")
	}
}
