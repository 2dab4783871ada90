package graph_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"kg/graph"
)

// once does for each key, once, what the tests that come with the key share.
type once[T any] struct{ done sync.Map }

func (o *once[T]) of(key string, do func() (T, error)) (T, error) {
	f, _ := o.done.LoadOrStore(key, sync.OnceValues(do))
	return f.(func() (T, error))()
}

var (
	ontologyAlone = sync.OnceValues(func() (graph.Template, error) {
		return graph.Template{}.With(func(s *graph.Store) error {
			_, err := s.Load(context.Background(), ontology(), nil, graph.LoadOptions{Base: base})
			return err
		})
	})
	templates once[graph.Template] // by the claims files, joined
	made      once[madeStore]      // by the claims files, joined
)

// scratch is a store with the claims files in it, which are read and loaded once, into
// what has the ontology.
func scratch(t testing.TB, files ...string) *graph.Store {
	t.Helper()
	template, err := templates.of(strings.Join(files, "\x00"), func() (graph.Template, error) {
		from, err := ontologyAlone()
		if err != nil {
			return from, err
		}
		list, err := readDocs(ontology(), files)
		if err != nil {
			return from, err
		}
		return from.With(func(s *graph.Store) error {
			_, err := s.Load(context.Background(), ontology(), list, graph.LoadOptions{Base: base})
			if err == nil {
				checkWhole(t, s)
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	store, err := template.Fork()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if store.Version() != 0 {
			checkWhole(t, store)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// madeStore is what a load into a new file makes: the file, and the report.
type madeStore struct {
	file   []byte
	report []graph.Loaded
}

// load loads what must not be refused. A new store that another test made already, of the
// same claims files, is copied.
func load(t testing.TB, path string, opt graph.LoadOptions, files ...string) []graph.Loaded {
	t.Helper()
	opt.Base = base
	load := func() ([]graph.Loaded, error) {
		list, err := readDocs(ontology(), files)
		if err != nil {
			return nil, err
		}
		return loadAt(context.Background(), path, ontology(), list, opt)
	}
	report, err := []graph.Loaded(nil), error(nil)
	if reflect.DeepEqual(opt, graph.LoadOptions{Base: base}) && isNew(path) {
		var m madeStore
		m, err = made.of(strings.Join(files, "\x00"), func() (m madeStore, err error) {
			if m.report, err = load(); err == nil {
				m.file, err = os.ReadFile(path)
			}
			return m, err
		})
		if report = slices.Clone(m.report); err == nil && isNew(path) {
			err = os.WriteFile(path, m.file, 0o644)
		}
	} else {
		report, err = load()
	}
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func isNew(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}
