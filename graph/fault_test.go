package graph_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/files"
)

// TestFault: a store that is cut while it is open is an error of what is asked,
// and no file is left that has half of an answer.
func TestFault(t *testing.T) {
	for name, ask := range map[string]func(s *graph.Store) error{
		"export": func(s *graph.Store) error { return s.Export(t.Context(), io.Discard, graph.ExportOptions{}) },
		"hash":   func(s *graph.Store) error { _, err := s.Hash(t.Context(), graph.ExportOptions{}); return err },
		"verify": func(s *graph.Store) error { return s.Verify(t.Context(), nil) },
		"check":  func(s *graph.Store) error { _, err := whole(s).Check(t.Context(), nil); return err },
		"diff":   func(s *graph.Store) error { _, err := s.Diff(t.Context(), scratch(t, ferry), base); return err },
		"query": func(s *graph.Store) error {
			_, err := answers(whole(s), `g.V().out().all()`)
			return err
		},
		"query in try": func(s *graph.Store) error {
			_, err := answers(whole(s), `try { g.V().out().toArray() } catch (e) {} g.V().all()`)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "kg.db") // storePath checks in the end that it is whole
			load(t, path, graph.LoadOptions{}, port)
			store, err := graph.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if store.Overwritten() {
				t.Error("it is overwritten before it is")
			}
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
			if !store.Overwritten() {
				t.Error("it is not overwritten")
			}
			file := filepath.Join(t.TempDir(), "out")
			err = faulty(func() error {
				return files.Replace(file, func(w io.Writer) error {
					if _, err := w.Write([]byte("half")); err != nil {
						return err
					}
					return ask(store)
				})
			})
			if err == nil || !strings.Contains(err.Error(), "overwritten") {
				t.Errorf("got %v", err)
			}
			if left, _ := filepath.Glob(filepath.Dir(file) + "/*"); len(left) > 0 {
				t.Errorf("it leaves %q", left)
			}
		})
	}
}

// faulty is f's error, or the fault it ran into.
func faulty(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if x := recover(); x != nil {
			if err = graph.Fault(x); err == nil {
				panic(x)
			}
		}
	}()
	return f()
}

// TestNoFault: other panics are none, a nil pointer's neither.
func TestNoFault(t *testing.T) {
	defer func() {
		if x := recover(); x == nil || graph.Fault(x) != nil {
			t.Errorf("a nil pointer is a fault: %v", x)
		}
	}()
	if graph.Fault(errors.New("x")) != nil || graph.Fault(nil) != nil || graph.Fault("x") != nil {
		t.Error("an error is a fault")
	}
	var b *bytes.Buffer
	b.WriteByte(0)
}

// TestOverwritten: what kg itself does to a store does not overwrite it, nor
// does a file that is renamed into its place.
func TestOverwritten(t *testing.T) {
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, port)
	store := open(t, path)
	load(t, path, graph.LoadOptions{}, town)
	if store.Overwritten() {
		t.Error("a load overwrites it")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := files.Replace(path, func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
		t.Fatal(err)
	}
	if store.Overwritten() {
		t.Error("a rename overwrites it")
	}
	if _, err := whole(store).Check(context.Background(), nil); err != nil {
		t.Error(err)
	}
}
