package pg_test

import (
	"context"
	"testing"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/pg"
	"kg/graph/internal/store"
	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/plan"
)

// counted has the store count the rows of a path, as a query's count does.
func counted(ctx context.Context, qs *store.QuadStore, p *path.Path) (int64, error) {
	s, _ := shape.Optimize(ctx, shape.Count{Values: p.Shape()}, qs)
	it := s.BuildIterator(qs).Iterate()
	defer it.Close()
	if !it.Next(ctx) {
		return 0, it.Err()
	}
	v, err := qs.NameOf(it.Result())
	n, _ := v.(quad.Int)
	return int64(n), err
}

// TestRowCount holds that the server counts the rows of a path that the embedded store has,
// those of hidden sources left out, and that it does so in few statements.
func TestRowCount(t *testing.T) { eachSpread(t, testRowCount) }

func testRowCount(t *testing.T, open opener, more int) {
	x := func(name string) quad.IRI { return quad.IRI("https://x.example/" + name) }
	twin := store.Scratch()
	defer twin.Close()
	writer, address, _ := open(t)
	for _, qs := range []*store.QuadStore{twin, writer.Store()} {
		if _, err := qs.Import(t.Context(), text("mesh", mesh(160)+lines(0, 60)), bulk.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	to, next, is := x("to"), x("next"), x("is")
	from := func(qs *store.QuadStore) *path.Path { return path.StartPath(qs, x("n1")) }
	large := shape.Comparison{Op: iterator.CompareGTE, Val: quad.Int(20)}
	paths := []struct {
		name string
		most int // statements, besides those that a first look at hidden labels takes
		path func(*store.QuadStore) *path.Path
	}{
		{"chain", 7, func(qs *store.QuadStore) *path.Path { return from(qs).Out(to).Out(to).In(to).Out(is) }},
		{"unique", 7, func(qs *store.QuadStore) *path.Path { return from(qs).Out(to).Out(to).Unique().Out(is) }},
		{"has", 7, func(qs *store.QuadStore) *path.Path { return from(qs).Out(to).Out(to).Has(is, x("k2")) }},
		{"some predicates", 9, func(qs *store.QuadStore) *path.Path { return from(qs).Out(to).Out(to, is, next).In(is) }},
		{"intersection", 9, func(qs *store.QuadStore) *path.Path {
			return from(qs).Out(to).Out(to).And(path.StartPath(qs, x("k2")).In(is))
		}},
		{"exception", 9, func(qs *store.QuadStore) *path.Path {
			return from(qs).Out(to).Out(to).Except(path.StartPath(qs, x("k2")).In(is))
		}},
		{"comparison", 12, func(qs *store.QuadStore) *path.Path {
			return path.StartPath(qs).HasFilter(x("n"), false, large).Out(x("p1"), x("p2"))
		}},
		{"recursion", 30, func(qs *store.QuadStore) *path.Path {
			return from(qs).Filters(plan.FollowRecursive(path.StartMorphism().Out(to), -1))
		}},
		{"recursion and more", 9, func(qs *store.QuadStore) *path.Path {
			return from(qs).Filters(plan.FollowRecursive(path.StartMorphism().Out(to), 3)).Out(is)
		}},
		{"recursion without an end", 40, func(qs *store.QuadStore) *path.Path {
			return from(qs).Filters(plan.FollowRecursive(path.StartMorphism().Out(next), 0))
		}},
	}
	for _, hidden := range [][]quad.Value{nil, {x("l1")}, {x("l0")}} {
		for _, p := range paths {
			count := func(qs *store.QuadStore) (int64, error) {
				if len(hidden) > 0 {
					shown, err := qs.Hide(hidden, nil)
					if err != nil {
						return 0, err
					}
					qs = shown
				}
				return counted(t.Context(), qs, p.path(qs))
			}
			want, wantErr := count(twin)
			s := session(t, address, pg.Options{Ask: true})
			var got int64
			err := rounds(s, func() (err error) { got, err = count(s.Store()); return err })
			if got != want || (err == nil) != (wantErr == nil) {
				t.Errorf("%s without %v: got %d rows, want %d: %v, %v", p.name, hidden, got, want, err, wantErr)
			}
			if hidden == nil && s.Statements > p.most+more {
				t.Errorf("%s: %d statements, want %d at most", p.name, s.Statements, p.most+more)
			}
			t.Logf("%s without %v: %d rows, %d statements, %d rounds: %v", p.name, hidden, got, s.Statements, s.Rounds, err)
		}
	}
}
