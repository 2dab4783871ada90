package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/storetest"
)

// tree has 200 nodes, each below that of half its number.
func tree() (quads []quad.Quad) {
	for i := 2; i <= 200; i++ {
		quads = append(quads,
			quad.Quad{Subject: treeNode(i / 2), Predicate: quad.IRI("a:below"), Object: treeNode(i)},
			quad.Quad{Subject: treeNode(i), Predicate: quad.IRI("a:name"), Object: quad.Int(i)})
	}
	return quads
}

func treeNode(i int) quad.IRI { return quad.IRI(fmt.Sprintf("a:m/%d", i)) }

// treeQuestions have the paths whose parts Cayley makes when it comes to them,
// long after the query began, with what they answer.
func treeQuestions(qs graph.QuadStore) map[string]*path.Path {
	below := quad.IRI("a:below")
	step := func() *path.Path { return path.StartMorphism().Out(below) }
	root := path.StartPath(qs, treeNode(1))
	return map[string]*path.Path{
		"recursion":        root.Clone().FollowRecursive(step(), -1, nil),
		"recursion by two": root.Clone().FollowRecursive(step().Has(quad.IRI("a:name")).Unique(), -1, []string{"depth"}),
		"recursion with a choice": root.Clone().FollowRecursive(
			path.StartMorphism().Out(below).Or(path.StartMorphism().Out(below)).Unique(), -1, nil),
		"much around it": root.Clone().FollowRecursive(step(), -1, nil).Or(path.StartPath(qs, treeNode(2)).Out(below)).
			In(below).Tag("up").Out(below).Back("up").Out(below).Save(quad.IRI("a:name"), "name").Unique(),
		"plan": root.Clone().Filters(plan.FollowRecursive(step(), -1)),
	}
}

// TestQueriesBesideRewriting asks while the store is written anew with other
// numbers all the time, again and again in the midst of a query. What is asked
// for does not change.
func TestQueriesBesideRewriting(t *testing.T) {
	if testing.Short() {
		t.Skip("rewrites all the while")
	}
	t.Parallel()
	opened, err := storetest.Open(newPath(t), db.Options{Create: true, Limits: &db.Thresholds{Floor: 1000, Share: 1 << 30, Memory: 1 << 20, Beside: 10}})
	if err != nil {
		t.Fatal(err)
	}
	qs := opened.QuadStore
	defer qs.Close()
	mustApply(t, qs, add(tree()...))
	ctx, cancel := context.WithCancel(context.Background())
	write := make(chan bool, 1)
	rewrite := func(states int) {
		for end := opened.DB.State().Version + uint64(states); opened.DB.State().Version < end && ctx.Err() == nil; {
			select {
			case write <- true:
			case <-ctx.Done():
			}
		}
	}
	var wg sync.WaitGroup
	stop := func() { cancel(); wg.Wait() }
	defer stop()
	wg.Go(func() {
		defer cancel()
		for i := 0; ; i++ {
			select {
			case <-write:
			case <-ctx.Done():
				return
			}
			// Before the others in the order of terms, and between them.
			other := quad.Quad{Subject: quad.IRI(fmt.Sprintf("a:%c/%d", 'a'+i%26, i)), Predicate: quad.IRI("a:other"), Object: quad.Int(-i)}
			mustApply(t, qs, add(other))
			var err error
			if i%3 == 0 {
				err = qs.Compact(ctx)
			} else if i%3 == 1 {
				_, err = qs.Import(ctx, []bulk.Input{text("x.nq", fmt.Sprintf("<a:a/%d> <a:other> <a:z/%d> .\n", i, i))}, bulk.Options{})
			}
			if err != nil && ctx.Err() == nil {
				t.Error(err)
				return
			}
		}
	})
	for range 3 {
		for _, pinned := range []bool{false, true} {
			asked := qs
			if pinned {
				if asked, err = qs.Now(); err != nil {
					t.Fatal(err)
				}
			}
			for name, p := range treeQuestions(asked) {
				askTree(t, fmt.Sprintf("%s, pinned %v", name, pinned), asked, p, rewrite)
			}
		}
	}
	stop()
	if v, err := qs.View(); err != nil || !v.Renumbered() {
		t.Error("nothing was renumbered")
	}
	verify(t, qs)
}

// askTree asks slowly, and has more written meanwhile.
func askTree(t *testing.T, name string, qs *store.QuadStore, p *path.Path, rewrite func(states int)) {
	t.Helper()
	ctx := context.Background()
	it := shape.BuildIterator(ctx, qs, p.Shape()).Iterate()
	defer it.Close()
	got := map[quad.Value]int{}
	for it.Next(ctx) {
		v, err := qs.NameOf(it.Result())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got[v]++
		if len(got)%40 == 0 {
			rewrite(2)
		}
	}
	if err := it.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for i := 2; i <= 200; i++ {
		if got[treeNode(i)] != 1 {
			t.Errorf("%s: node %d came %d times", name, i, got[treeNode(i)])
			break
		}
	}
	if len(got) != 199 {
		t.Errorf("%s: %d nodes of 199", name, len(got))
	}
}

// A query's parts are made one after the other. What is committed in between
// is in none of them; what is rewritten in between changes nothing.
func TestPartsOfSeveralStates(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, rewrite := range []bool{false, true} {
		qs := newStore(t)
		mustApply(t, qs, add(numbered(5)))
		p := path.StartPath(qs, quad.IRI("a:s")).Out(quad.IRI("a:p")).Filters(shape.Comparison{Op: iterator.CompareGT, Val: quad.Int(2)})
		early, _ := shape.Optimize(ctx, p.Shape(), qs)
		if _, ok := early.(*plan.Plan); !ok {
			t.Fatalf("no plan but %T", early)
		}
		mustApply(t, qs, add(numbered(7), quad.Quad{Subject: quad.Int(7), Predicate: quad.IRI("a:q"), Object: quad.Int(5)}))
		if rewrite {
			if err := qs.Compact(ctx); err != nil {
				t.Fatal(err)
			}
		} else { // the older state still has it
			mustApply(t, qs, del(numbered(5)))
		}
		late := path.StartPath(qs, quad.IRI("a:s")).Out(quad.IRI("a:p"))
		whole := shape.Intersect{late.Shape(), early}
		var got []quad.Value
		it := shape.BuildIterator(ctx, qs, whole).Iterate()
		for it.Next(ctx) {
			v, err := qs.NameOf(it.Result())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, v)
		}
		if !slices.Equal(got, []quad.Value{quad.Int(5)}) || it.Err() != nil {
			t.Errorf("rewritten %v: got %v, %v", rewrite, got, it.Err())
		}
	}
}

// Refs are the same whatever numbers they have, to Cayley's iterators too.
func TestKeys(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	qs := newStore(t)
	mustApply(t, qs, add(some(3)...))
	old := linkOf(t, qs, numbered(2))
	for i := range 3 {
		// Something that is before it in the order of terms.
		other := numbered(2)
		other.Subject = quad.IRI(fmt.Sprintf("a:0%d", i))
		mustApply(t, qs, add(other))
		if err := qs.Compact(ctx); err != nil {
			t.Fatal(err)
		}
		now := linkOf(t, qs, numbered(2))
		if now == old || refs.ToKey(now) != refs.ToKey(old) {
			t.Errorf("%v and %v", old, now)
		}
		object := objectOf(t, qs, numbered(2))
		for _, q := range []iterator.Shape{qs.QuadsAllIterator(), qs.QuadIterator(quad.Object, object)} {
			index := q.Lookup()
			if !index.Contains(ctx, old) || !index.Contains(ctx, now) || index.Err() != nil {
				t.Errorf("a link is not among the quads: %v", index.Err())
			}
		}
	}
	mustApply(t, qs, del(numbered(2)))
	if index := qs.QuadsAllIterator().Lookup(); index.Contains(ctx, old) || index.Err() != nil {
		t.Errorf("a link is among the quads that was removed, %v", index.Err())
	}
	if name, err := qs.Quad(old); err != nil || name != numbered(2) {
		t.Errorf("got %v, %v", name, err)
	}
}

// linkOf looks for the ref of a quad.
func linkOf(t *testing.T, qs *store.QuadStore, want quad.Quad) graph.Ref {
	t.Helper()
	node, err := qs.ValueOf(want.Object)
	if err != nil {
		t.Fatal(err)
	}
	it := qs.QuadIterator(quad.Object, node).Iterate()
	for it.Next(context.Background()) {
		if q, err := qs.Quad(it.Result()); err != nil {
			t.Fatal(err)
		} else if q == want {
			return it.Result()
		}
	}
	t.Fatalf("no %v, %v", want, it.Err())
	return nil
}

func objectOf(t *testing.T, qs *store.QuadStore, q quad.Quad) graph.Ref {
	t.Helper()
	object, err := qs.QuadDirection(linkOf(t, qs, q), quad.Object)
	if err != nil {
		t.Fatal(err)
	}
	return object
}

// TestNow looks at one state in all ways while others follow.
func TestNow(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	qs := newStore(t)
	mustApply(t, qs, add(some(5)...))
	secret := quad.Quad{Subject: quad.IRI("a:s"), Predicate: quad.IRI("a:p"), Object: quad.IRI("a:o"), Label: quad.IRI("a:hidden")}
	mustApply(t, qs, add(secret))
	hidden, err := qs.Hide([]quad.Value{secret.Label}, nil)
	if err != nil {
		t.Fatal(err)
	}
	look := func(qs *store.QuadStore) string {
		st, err := qs.Stats(ctx, true)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintln(contents(t, qs), exported(t, qs), st)
	}
	type handle struct {
		*store.QuadStore
		want string
	}
	var handles []handle
	for _, from := range []*store.QuadStore{qs, hidden} {
		now, err := from.Now()
		if err != nil {
			t.Fatal(err)
		}
		again, err := now.Now()
		if err != nil {
			t.Fatal(err)
		}
		handles = append(handles, handle{now, look(from)}, handle{again, look(from)})
	}
	more, err := handles[0].Hide([]quad.Value{secret.Label}, nil)
	if err != nil {
		t.Fatal(err)
	}
	handles = append(handles, handle{more, look(hidden)})
	for i := range 3 {
		mustApply(t, qs, add(numbered(10+i)))
		mustApply(t, qs, del(numbered(i)))
		if i == 1 {
			if err := qs.Compact(ctx); err != nil {
				t.Fatal(err)
			}
		}
		mustImport(t, qs, bulk.Options{}, text("x.nq", canonical(t, []quad.Quad{numbered(20 + i), numbered(-i - 1)})))
		for n, h := range handles {
			if err := h.Close(); err != nil {
				t.Fatal(err)
			}
			if got := look(h.QuadStore); got != h.want {
				t.Fatalf("step %d, handle %d: got %s\nwant %s", i, n, got, h.want)
			}
			if ref, err := h.ValueOf(quad.Int(20 + i)); ref != nil || err != nil {
				t.Fatal(ref, err)
			}
			if v, err := h.NameOf(objectOf(t, qs, numbered(20+i))); v != quad.Int(20+i) || err != nil {
				t.Fatal(v, err)
			}
		}
	}
	h := handles[0]
	_, imported := h.Import(ctx, nil, bulk.Options{})
	_, written := h.NewQuadWriter()
	for _, err := range []error{h.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{}), h.Compact(ctx), imported, written} {
		if !errors.Is(err, db.ErrReadOnly) {
			t.Errorf("wrote through a handle on one state: %v", err)
		}
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := h.ValueOf(quad.Int(1)); !errors.Is(err, db.ErrClosed) {
		t.Errorf("read after the store was closed: %v", err)
	}
}
