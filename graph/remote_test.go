package graph_test

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/why"
	"kg/internal/pgtest"
	"kg/schema"
)

// remote makes a database with the tables of kg.
func remote(t testing.TB) string {
	t.Helper()
	address := pgtest.Database(t)
	if made, err := at(address).Init(t.Context()); err != nil || !made {
		t.Fatal(made, err)
	}
	return address
}

// at is the database at an address.
func at(address string) graph.Remote {
	r, _ := graph.ParseRemote(address)
	return r
}

// changing runs do on a store to be written to.
func changing(t testing.TB, address string, do func(*graph.Store) error) error {
	t.Helper()
	a, err := at(address).Ask(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	return a.In(t.Context(), do)
}

// asked is what a question comes to on a server, with the number of its rounds.
func asked[T any](t testing.TB, address string, question func(*graph.View) (T, error)) (got T, rounds int, err error) {
	t.Helper()
	got, _, rounds, err = askedStore(t, address, func(s *graph.Store) (T, error) { return question(s.View(base)) })
	return got, rounds, err
}

// twins are the same graph in an embedded store and on a server.
func twins(t testing.TB, files ...string) (*graph.Store, string) {
	t.Helper()
	address, store := remote(t), graph.Scratch()
	t.Cleanup(func() { store.Close() })
	load := func(s *graph.Store) error {
		_, err := s.Load(t.Context(), ontology(), docs(t, files...), graph.LoadOptions{Base: base})
		return err
	}
	if err := load(store); err != nil {
		t.Fatal(err)
	}
	if err := changing(t, address, load); err != nil {
		t.Fatal(err)
	}
	return store, address
}

func hashOf(t testing.TB, address string) string {
	t.Helper()
	hash, _, _, err := askedStore(t, address, func(s *graph.Store) (string, error) { return s.Hash(t.Context(), graph.ExportOptions{}) })
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

// askedStore is what a question about a store comes to on a server, with the number of
// its statements and of its rounds.
func askedStore[T any](t testing.TB, address string, question func(*graph.Store) (T, error)) (got T, statements, rounds int, err error) {
	t.Helper()
	a, err := at(address).Ask(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	err = a.In(t.Context(), func(s *graph.Store) (err error) {
		got, err = question(s)
		return err
	})
	statements, rounds = a.Statements()
	return got, statements, rounds, err
}

func TestRemoteHasTheSameGraph(t *testing.T) {
	t.Parallel()
	store, address := twins(t, bundled(t)...)
	want, err := store.Hash(t.Context(), graph.ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := hashOf(t, address); got != want {
		t.Errorf("got hash %s, want %s", got, want)
	}
	again := func(s *graph.Store) error {
		_, err := s.Load(t.Context(), ontology(), docs(t, bundled(t)...), graph.LoadOptions{Base: base})
		return err
	}
	if err := changing(t, address, again); err != nil {
		t.Fatal(err)
	}
	if got := hashOf(t, address); got != want {
		t.Errorf("loaded again: got hash %s, want %s", got, want)
	}
	if err := changing(t, address, func(s *graph.Store) error { return s.Verify(t.Context(), nil) }); err != nil {
		t.Error(err)
	}
}

// alike holds what the two answer against each other.
func alike[T any](t *testing.T, store *graph.Store, address, name string, question func(*graph.View) (T, error)) {
	t.Helper()
	want, wantErr := question(store.View(base))
	got, rounds, err := asked(t, address, question)
	if fmt.Sprint(err) != fmt.Sprint(wantErr) {
		t.Errorf("%s: got error %v, want %v", name, err, wantErr)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %+v, want %+v", name, got, want)
	}
	const most = 40
	if rounds > most {
		t.Errorf("%s took %d rounds", name, rounds)
	}
	t.Logf("%s: %d rounds", name, rounds)
}

func TestRemoteAnswersTheSame(t *testing.T) {
	t.Parallel()
	store, address := twins(t, bundled(t)...)
	var entities []quad.IRI
	for q, err := range store.View(base).Each(t.Context(), quad.Quad{Predicate: schema.Type}) {
		if err != nil {
			t.Fatal(err)
		}
		if iri, ok := q.Subject.(quad.IRI); ok && strings.HasPrefix(string(iri), string(base)) && !slices.Contains(entities, iri) {
			entities = append(entities, iri)
		}
	}
	slices.Sort(entities)
	for i := 0; i < len(entities); i += 1 + len(entities)/12 {
		e, other := entities[i], entities[(i*7+3)%len(entities)]
		ctx := t.Context()
		alike(t, store, address, "edges of "+string(e), func(v *graph.View) ([]graph.Edge, error) { return v.Edges(ctx, e) })
		alike(t, store, address, "description of "+string(e), func(v *graph.View) (graph.Cell, error) { return v.Describe(ctx, e) })
		alike(t, store, address, fmt.Sprintf("why %s %s", e, other), func(v *graph.View) (string, error) {
			w, err := why.Find(ctx, v, e, other, graph.PathOptions{})
			return fmt.Sprintf("%+v", shown(w)), err
		})
	}
	alike(t, store, address, "find", func(v *graph.View) (string, error) {
		list, all, err := v.FindAll(context.Background(), "korea", graph.FindOptions{})
		return fmt.Sprintf("%+v %d", list, all), err
	})
	alike(t, store, address, "stats", func(v *graph.View) ([]graph.Count, error) { return v.Stats(t.Context()) })
	alike(t, store, address, "check", func(v *graph.View) (string, error) {
		c, err := v.Check(t.Context(), nil)
		return fmt.Sprintf("%+v", c), err
	})
	alike(t, store, address, "unknown", func(v *graph.View) (quad.IRI, error) { return v.Find(t.Context(), "nobody at all") })
}

// shown is what a Connection says, without pointers.
func shown(w *why.Connection) (list []string) {
	if w == nil {
		return nil
	}
	for _, s := range w.Stories {
		for _, h := range s.Hops {
			line := fmt.Sprint(h.From, h.To, h.Quads)
			for _, c := range h.Claims {
				line += " " + string(c.IRI)
			}
			list = append(list, line)
		}
	}
	return list
}

func TestRemoteRetractRemoveReplace(t *testing.T) {
	t.Parallel()
	store, address := twins(t, bundled(t)...)
	both := func(name string, do func(*graph.Store) error) {
		t.Helper()
		wantErr := do(store)
		if err := changing(t, address, do); fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Errorf("%s: got %v, want %v", name, err, wantErr)
		}
		var want, got bytes.Buffer
		if err := store.Export(t.Context(), &want, graph.ExportOptions{WithoutDecisions: true}); err != nil {
			t.Fatal(err)
		}
		_, _, _, err := askedStore(t, address, func(s *graph.Store) (int, error) {
			got.Reset()
			return 0, s.Export(t.Context(), &got, graph.ExportOptions{WithoutDecisions: true})
		})
		if err != nil || got.String() != want.String() {
			t.Errorf("%s: got %d bytes, want %d: %v", name, got.Len(), want.Len(), err)
		}
		alike(t, store, address, "stats after "+name, func(v *graph.View) ([]graph.Count, error) { return v.Stats(t.Context()) })
	}
	load := func(o graph.LoadOptions, files ...string) func(*graph.Store) error {
		o.Base = base
		return func(s *graph.Store) error {
			_, err := s.Load(t.Context(), ontology(), docs(t, files...), o)
			return err
		}
	}
	other := strings.ReplaceAll(ferry, "two to three million", "two to four million")
	source := base.Source("ferry")
	both("load", load(graph.LoadOptions{}, ferry))
	both("load other content", load(graph.LoadOptions{}, other))
	both("replace", load(graph.LoadOptions{Replace: true}, other))
	both("retract", func(s *graph.Store) error {
		_, err := s.Retract(t.Context(), source, graph.DecisionOptions{Base: base, Reason: "a test", By: "jane"})
		return err
	})
	both("restore", func(s *graph.Store) error {
		_, err := s.Restore(t.Context(), source, graph.DecisionOptions{Base: base, Reason: "a test", By: "jane"})
		return err
	})
	both("remove", func(s *graph.Store) error {
		_, err := s.Remove(t.Context(), source, graph.LoadOptions{Base: base})
		return err
	})
	if err := changing(t, address, func(s *graph.Store) error { return s.Verify(t.Context(), nil) }); err != nil {
		t.Error(err)
	}
}
