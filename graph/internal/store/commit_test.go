package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/storetest"
)

// The same triple under several labels is as many quads.
func TestLabels(t *testing.T) {
	t.Parallel()
	qs := newStore(t)
	q := numbered(1)
	var all []quad.Quad
	for _, label := range []quad.Value{nil, quad.IRI("a:g"), quad.IRI("a:h"), quad.BNode("g"), quad.String("g")} {
		q.Label = label
		all = append(all, q)
	}
	mustApply(t, qs, add(all...))
	for range 2 {
		if got := len(contents(t, qs)); got != len(all) {
			t.Fatalf("%d quads of %d", got, len(all))
		}
		if err := qs.Compact(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	mustApply(t, qs, del(all[2]))
	if got := contents(t, qs); len(got) != len(all)-1 || slices.Contains(got, spell(t, all[2])) {
		t.Fatalf("removed one label of %d, left %d", len(all), len(got))
	}
	verify(t, qs)
}

// A transaction that fails leaves nothing, not even the number of a term.
func TestFailedTransaction(t *testing.T) {
	t.Parallel()
	qs := storetest.New(t)
	mustApply(t, qs, add(some(3)...))
	before, last := contents(t, qs), qs.DB.State().Last()
	fresh := quad.Quad{Subject: quad.IRI("a:new"), Predicate: quad.IRI("a:newer"), Object: quad.String("newest")}
	for name, c := range map[string]struct {
		deltas []graph.Delta
		want   error
	}{
		"duplicate":      {add(fresh, numbered(1)), graph.ErrQuadExists},
		"twice":          {add(fresh, fresh), graph.ErrQuadExists},
		"missing":        {append(add(fresh), del(numbered(9))...), graph.ErrQuadNotExist},
		"removed twice":  {del(numbered(1), numbered(1)), graph.ErrQuadNotExist},
		"invalid action": {append(add(fresh), graph.Delta{Quad: fresh}), graph.ErrInvalidAction},
		"no object":      {add(fresh, quad.Quad{Subject: fresh.Subject, Predicate: fresh.Predicate}), nil},
		"no subject":     {add(fresh, quad.Quad{Predicate: fresh.Predicate, Object: fresh.Object}), nil},
	} {
		err := qs.ApplyDeltas(c.deltas, graph.IgnoreOpts{})
		var delta *graph.DeltaError
		if !errors.As(err, &delta) || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := contents(t, qs); !slices.Equal(got, before) {
		t.Errorf("got %q, want %q", got, before)
	}
	if got := qs.DB.State().Last(); got != last {
		t.Errorf("the last term was %d and is %d", last, got)
	}
	if ref, err := qs.ValueOf(fresh.Subject); ref != nil || err != nil {
		t.Errorf("a ghost: %v, %v", ref, err)
	}
	verify(t, qs)
}

// Additions and removals of one quad in one transaction are judged in turn.
func TestAddAndRemoveTogether(t *testing.T) {
	t.Parallel()
	qs := storetest.New(t)
	a, b := numbered(1), numbered(2)
	mustApply(t, qs, add(a))
	size := journalSize(t, qs)
	mustApply(t, qs, append(add(b), del(b)...))
	mustApply(t, qs, append(del(a), add(a)...))
	if got := contents(t, qs); len(got) != 1 || got[0] != spell(t, a) {
		t.Fatalf("got %q", got)
	}
	if journalSize(t, qs) != size {
		t.Error("transactions that come to nothing were written")
	}
	mustApply(t, qs, append(append(del(a), add(a)...), del(a)...))
	if got := contents(t, qs); len(got) != 0 {
		t.Fatalf("got %q", got)
	}
	verify(t, qs)
}

func journalSize(t *testing.T, qs *storetest.Store) int64 {
	t.Helper()
	info, err := os.Stat(qs.DB.Path() + ".journal")
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// batchWriter is graph.BatchWriter with its own WriteQuad, which Cayley calls
// deprecated, and which its callers call.
type batchWriter interface {
	WriteQuad(quad.Quad) error
	WriteQuads([]quad.Quad) (int, error)
	Flush() error
	Close() error
}

func TestQuadWriter(t *testing.T) {
	t.Parallel()
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	opened, err := qs.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	w := opened.(batchWriter)
	all := some(quad.DefaultBatch + 5)
	for range 2 { // duplicates in one batch and across batches
		for _, q := range all {
			if err := errors.Join(w.WriteQuad(q), w.WriteQuad(q)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n, err := w.WriteQuads(some(7)); n != 7 || err != nil {
		t.Fatal(n, err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	other := mustOpen(t, path, db.Options{ReadOnly: true})
	if got := contents(t, other); len(got) != len(all) {
		t.Fatalf("%d quads of %d", len(got), len(all))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := w.WriteQuads([]quad.Quad{{}}); n != 0 || err == nil {
		t.Fatal("wrote a quad of nothing")
	}
	verify(t, qs)
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	check := func(qs *store.QuadStore) {
		t.Helper()
		st, err := qs.Stats(ctx, true)
		if err != nil || st.Nodes.Value != 0 || st.Quads.Value != 0 {
			t.Fatalf("%+v, %v", st, err)
		}
		if got := contents(t, qs); len(got) != 0 {
			t.Fatal(got)
		}
		for _, d := range append(quad.Directions, quad.Any) {
			for _, ref := range []graph.Ref{nil, plan.TermRef{}, plan.TermRef{ID: 5}, plan.TermRef{ID: 5, In: new(plan.Numbering)}} {
				size, err := qs.QuadIteratorSize(ctx, d, ref)
				if size.Value != 0 || err != nil {
					t.Fatalf("%v %v: %v, %v", d, ref, size, err)
				}
			}
		}
		if v, err := qs.NameOf(plan.TermRef{ID: 1000}); v != nil || err != nil {
			t.Fatal(v, err)
		}
		if exported(t, qs) != "" {
			t.Fatal("exported something")
		}
		verify(t, qs)
	}
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	check(qs)
	if err := qs.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	mustApply(t, qs, add(numbered(1)))
	mustApply(t, qs, del(numbered(1)))
	check(qs)
	if err := qs.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	check(qs)
	check(mustOpen(t, path, db.Options{ReadOnly: true}))
}

// An end of the context is an error, not an end.
func TestCancelled(t *testing.T) {
	t.Parallel()
	qs := newStore(t)
	mustApply(t, qs, add(some(500)...))
	ctx, cancel := context.WithCancel(context.Background())
	for _, shape := range []interface {
		next(context.Context) (int, error)
	}{walk{qs.QuadsAllIterator().Iterate()}, walk{qs.NodesAllIterator().Iterate()}} {
		if n, err := shape.next(ctx); n == 0 || err != nil {
			t.Fatal(n, err)
		}
	}
	it := qs.QuadsAllIterator().Iterate()
	if !it.Next(ctx) {
		t.Fatal(it.Err())
	}
	cancel()
	n := 1
	for it.Next(ctx) {
		n++
	}
	// A few are read ahead: they may come, but fewer than all are an error.
	if n < 500 && !errors.Is(it.Err(), context.Canceled) {
		t.Fatalf("%d quads, %v", n, it.Err())
	}
	for _, shape := range []iterator.Shape{qs.QuadsAllIterator(), qs.NodesAllIterator()} {
		if it := shape.Iterate(); it.Next(ctx) || !errors.Is(it.Err(), context.Canceled) {
			t.Fatalf("went on after the end, %v", it.Err())
		}
	}
	if _, err := qs.Export(ctx, &strings.Builder{}, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if _, err := qs.Import(ctx, []bulk.Input{text("x", "")}, bulk.Options{}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

type walk struct {
	it interface {
		Next(context.Context) bool
		Err() error
	}
}

func (w walk) next(ctx context.Context) (n int, err error) {
	for w.it.Next(ctx) {
		n++
	}
	return n, w.it.Err()
}

// Terms come out as they went in, times within one second are several, and
// none of it changes in the journal or in a snapshot.
func TestTermsSurvive(t *testing.T) {
	t.Parallel()
	all := slices.Clone(values)
	second := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	for i := range 5 {
		all = append(all, quad.Time(second.Add(time.Duration(i)*time.Nanosecond)))
	}
	path := newPath(t)
	qs := mustOpen(t, path, db.Options{Create: true})
	for i, v := range all {
		mustApply(t, qs, add(quad.Quad{Subject: quad.IRI(fmt.Sprint("a:", i)), Predicate: quad.IRI("a:p"), Object: v}))
	}
	check := func(qs *store.QuadStore) {
		t.Helper()
		for i, want := range all {
			ref, err := qs.ValueOf(quad.IRI(fmt.Sprint("a:", i)))
			if err != nil || ref == nil {
				t.Fatal(i, ref, err)
			}
			it := qs.QuadIterator(quad.Subject, ref).Iterate()
			if !it.Next(context.Background()) {
				t.Fatal(i, it.Err())
			}
			if q, err := qs.Quad(it.Result()); err != nil || q.Object != want {
				t.Fatalf("%#v became %#v, %v", want, q.Object, err)
			}
		}
	}
	check(qs)
	check(mustOpen(t, path, db.Options{ReadOnly: true}))
	if err := qs.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	check(qs)
	check(mustOpen(t, path, db.Options{ReadOnly: true}))
}
