package graph_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/internal/store/db"
	"kg/schema"
)

// forWriting is a store at a path with claims files in it, open to be written.
func forWriting(t testing.TB, files ...string) (string, *graph.Store) {
	t.Helper()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, files...)
	s := writable(t, path)
	return path, s
}

// change is one delta.
func change(action cayley.Procedure, s, p, o quad.Value, label quad.Value) []cayley.Delta {
	return []cayley.Delta{{Action: action, Quad: quad.Quad{Subject: s, Predicate: p, Object: o, Label: label}}}
}

// TestApply: handles made before show what was, those made after what is, with
// what has become denied hidden, and what no longer is shown again.
func TestApply(t *testing.T) {
	t.Parallel()
	path, s := forWriting(t, port)
	line, town, place := iri("kg:company/blue-line"), iri("kg:city/harbourtown"), iri("kg:source/port/claim/place")
	located := func(h cayley.QuadStore) int {
		t.Helper()
		edges, err := graph.NewView(h, base).Edges(context.Background(), line)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, e := range edges {
			if e.Out && e.Other() == town {
				n++
			}
		}
		return n
	}
	before, version := s.View(base).Cayley(), s.Version()
	denies := func(action cayley.Procedure) {
		t.Helper()
		if err := s.Apply(change(action, place, schema.StanceTerm, schema.Denies.IRI(), iri("kg:source/manual")), cayley.IgnoreOpts{}); err != nil {
			t.Fatal(err)
		}
	}
	denies(cayley.Add)
	if s.Version() == version {
		t.Error("the version stays")
	}
	if n := located(before); n != 1 {
		t.Errorf("a handle from before has %d edges", n)
	}
	if n := located(s.View(base).Cayley()); n != 0 {
		t.Errorf("what is denied now is shown %d times", n)
	}
	if n := located(s.WholeView(base).Cayley()); n != 1 {
		t.Errorf("the whole graph has %d edges", n)
	}
	if s := open(t, path); located(s.View(base).Cayley()) != 0 || located(s.WholeView(base).Cayley()) != 1 {
		t.Error("who opens the store sees another graph")
	}
	denies(cayley.Delete)
	if n := located(s.View(base).Cayley()); n != 1 || s.View(base).Cayley() != s.WholeView(base).Cayley() {
		t.Errorf("what is no longer denied is shown %d times", n)
	}
}

// TestApplyRefused: what the doors of kg do not let in changes nothing, nor does
// what comes with it.
func TestApplyRefused(t *testing.T) {
	t.Parallel()
	_, s := forWriting(t, port)
	was, version := export(t, s), s.Version()
	x, label := quad.IRI("x:a"), quad.IRI("x:label")
	for _, c := range []struct {
		deltas []cayley.Delta
		says   string
	}{
		{change(cayley.Add, x, x, x, nil), "in statement 2: there is no label"},
		{change(cayley.Add, x, x, quad.BNode("b"), label), "in statement 2: there is the blank node _:b"},
		{change(cayley.Delete, x, x, x, quad.BNode("b")), "in statement 2: there is the blank node _:b"},
		{change(cayley.Add, quad.IRI("a"), x, x, label), "in statement 2: writing quad: subject"},
		{change(cayley.Add, x, quad.String("p"), x, label), "in statement 2: writing quad: predicate"},
		{change(cayley.Add, x, x, nil, label), "in statement 2: writing quad: object"},
	} {
		err := s.Apply(append(change(cayley.Add, x, x, quad.String(c.says), label), c.deltas...), cayley.IgnoreOpts{})
		if unfit := new(graph.ConflictError); !errors.As(err, &unfit) || !strings.HasPrefix(err.Error(), c.says) {
			t.Errorf("%v instead of %q", err, c.says)
		}
	}
	err := s.Apply(append(change(cayley.Add, x, x, x, label), change(cayley.Delete, x, label, x, label)...), cayley.IgnoreOpts{})
	if delta := new(cayley.DeltaError); !errors.As(err, &delta) || !errors.Is(err, cayley.ErrQuadNotExist) {
		t.Errorf("to remove what is not there: %v", err)
	}
	if export(t, s) != was || s.Version() != version {
		t.Error("what was refused has changed the graph")
	}
}

// TestOneWriter: a store that is open to be written is read by others, and
// written by none.
func TestOneWriter(t *testing.T) {
	t.Parallel()
	path, s := forWriting(t, port)
	if _, err := graph.OpenToWrite(path, nil); !errors.As(err, new(*db.LockedError)) {
		t.Errorf("a second writer: %v", err)
	}
	if err := open(t, path).Apply(change(cayley.Add, iri("kgo:x"), iri("kgo:x"), iri("kgo:x"), iri("kgo:x")), cayley.IgnoreOpts{}); err == nil {
		t.Error("a store that was opened for reading is written")
	}
	if _, err := graph.OpenToWrite(path+".missing", nil); !errors.Is(err, graph.ErrNoStore) {
		t.Errorf("a store that is not there: %v", err)
	}
	if err := s.Apply(change(cayley.Add, iri("kgo:x"), iri("kgo:x"), iri("kgo:x"), iri("kgo:x")), cayley.IgnoreOpts{}); err != nil {
		t.Error(err)
	}
}

// TestApplyTogether: while many write, each view shows one state: the two quads
// of a transaction, or neither; and what a writer wrote is there for it at once.
func TestApplyTogether(t *testing.T) {
	t.Parallel()
	_, s := forWriting(t, port)
	const writers, each = 4, 25
	count := func(h cayley.QuadStore, p quad.IRI) int {
		ref, err := h.ValueOf(p)
		if err != nil || ref == nil {
			return 0
		}
		size, err := h.QuadIteratorSize(context.Background(), quad.Predicate, ref)
		if err != nil {
			t.Error(err)
		}
		return int(size.Value)
	}
	var wait sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		wait.Go(func() {
			for {
				h := s.View(base).Cayley()
				if a, b := count(h, "x:p"), count(h, "x:q"); a != b {
					t.Errorf("one state has %d and %d quads", a, b)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	var writing sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				node := quad.IRI(fmt.Sprintf("x:%d/%d", w, i))
				both := append(change(cayley.Add, node, quad.IRI("x:p"), node, node), change(cayley.Add, node, quad.IRI("x:q"), node, node)...)
				if err := s.Apply(both, cayley.IgnoreOpts{}); err != nil {
					t.Error(err)
				}
				if ref, err := s.View(base).Cayley().ValueOf(node); ref == nil || err != nil {
					t.Errorf("%s is not there after it was written: %v", node, err)
				}
			}
		})
	}
	writing.Wait()
	close(done)
	wait.Wait()
	if n := count(s.View(base).Cayley(), "x:p"); n != writers*each || s.Version() != uint64(n) {
		t.Errorf("%d quads at version %d", n, s.Version())
	}
}
