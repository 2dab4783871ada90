// Package graphtest opens the graphs of tests by one name: in memory, or with
// KG_ON_SERVER on a PostgreSQL server (package pgtest), where the suites of queries and
// of pages must pass as well.
package graphtest

import (
	"errors"
	"sync"
	"testing"

	"kg/graph"
	"kg/graph/internal/pg"
	"kg/internal/pgtest"
)

// Store is a graph that fill has written. On a server each thing is read when it is
// needed, without rounds, as in kg draft. It is for one goroutine at a time.
func Store(t testing.TB, fill func(*graph.Store) error) *graph.Store {
	t.Helper()
	if !pgtest.OnServer() {
		return memory(t, fill)
	}
	store, err := graph.OpenToWrite(server(t, fill), nil)
	return kept(t, store, err)
}

// Pages is a graph for pages, for many goroutines: on a server the copy that kg serve
// answers from.
func Pages(t testing.TB, fill func(*graph.Store) error) *graph.Store {
	t.Helper()
	if !pgtest.OnServer() {
		return memory(t, fill)
	}
	remote, _ := graph.ParseRemote(server(t, fill))
	mirror := remote.Mirror()
	t.Cleanup(func() {
		if err := mirror.Close(); err != nil {
			t.Error(err)
		}
	})
	store, err := mirror.Refresh(t.Context())
	return kept(t, store, err)
}

// read are the graphs that are shared, by their names. They end with the process.
var read = struct {
	sync.Mutex
	stores map[string]*graph.Store
}{stores: map[string]*graph.Store{}}

// Shared is Store for tests that only read: in memory, those of a process that give it
// one name have one graph, which only the first of them fills.
func Shared(t testing.TB, name string, fill func(*graph.Store) error) *graph.Store {
	t.Helper()
	if pgtest.OnServer() {
		return Store(t, fill)
	}
	return shared(t, name, fill)
}

// SharedPages is Pages for tests that only read, as Shared is Store.
func SharedPages(t testing.TB, name string, fill func(*graph.Store) error) *graph.Store {
	t.Helper()
	if pgtest.OnServer() {
		return Pages(t, fill)
	}
	return shared(t, name, fill)
}

func shared(t testing.TB, name string, fill func(*graph.Store) error) *graph.Store {
	t.Helper()
	read.Lock()
	defer read.Unlock()
	if s := read.stores[name]; s != nil {
		return s
	}
	s := graph.Scratch()
	if err := fill(s); err != nil {
		t.Fatal(err)
	}
	read.stores[name] = s
	return s
}

// InRounds makes this process ask small graphs on a server in rounds, as it does large
// ones: the graphs of tests are all small.
func InRounds() { pg.Small = -1 }

func memory(t testing.TB, fill func(*graph.Store) error) *graph.Store {
	t.Helper()
	store := graph.Scratch()
	return kept(t, store, fill(store))
}

func kept(t testing.TB, store *graph.Store, err error) *graph.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// server is the address of a database with what fill writes.
func server(t testing.TB, fill func(*graph.Store) error) string {
	t.Helper()
	address := pgtest.Database(t)
	remote, _ := graph.ParseRemote(address)
	_, err := remote.Init(t.Context())
	if err == nil {
		var asking *graph.Asking
		if asking, err = remote.Ask(t.Context(), true); err == nil {
			err = errors.Join(asking.In(t.Context(), fill), asking.Close())
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return address
}
