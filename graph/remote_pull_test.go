package graph_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/graph"
	"kg/schema"
)

func pull(t testing.TB, address, path string) graph.Pulled {
	t.Helper()
	p, err := graph.Pull(t.Context(), address, path, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sameAsServer holds a copy against the server.
func sameAsServer(t testing.TB, address, path string) {
	t.Helper()
	if got, want := hash(t, open(t, path)), hashOf(t, address); got != want {
		t.Fatalf("got hash %s, want %s", got, want)
	}
}

// changeSomehow changes the graph on a server: a source comes, in one of its versions,
// or goes, or is retracted; or quads are loaded.
func changeSomehow(t testing.TB, r *rand.Rand, address string) {
	t.Helper()
	id := fmt.Sprint("ferry-", r.IntN(4))
	file := strings.ReplaceAll(ferry, "id: ferry", "id: "+id)
	var do func(*graph.Store) error
	switch r.IntN(5) {
	case 0, 1:
		checked := docs(t, file)
		do = func(s *graph.Store) error {
			_, err := s.Load(t.Context(), ontology(), checked, graph.LoadOptions{Base: base, Replace: true})
			return err
		}
	case 2:
		do = func(s *graph.Store) error {
			err := s.RemoveSource(t.Context(), base.Source(schema.SourceID(id)))
			return err
		}
	case 3:
		text := randomLines(r)
		do = func(s *graph.Store) error { return loadLines(s, t, text) }
	default:
		text := ladder(2, 5+r.IntN(20))
		do = func(s *graph.Store) error { return loadLines(s, t, text) }
	}
	if err := changing(t, address, do); err != nil {
		t.Logf("%v", err)
	}
}
