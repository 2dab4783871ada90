package plan

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// patience is a context that is done when it was looked at often enough.
type patience struct {
	context.Context
	left, looks int
	since, most *int // calls of the Index since the last check, and at most
}

func (p *patience) Err() error {
	*p.most = max(*p.most, *p.since)
	*p.since = 0
	if p.looks++; p.looks > p.left {
		return context.Canceled
	}
	return nil
}

// mesh has n nodes that all know each other: a path of ten steps has more
// rows than can be counted.
func mesh(t *testing.T, n int) *store {
	var lines []string
	for i := range n {
		for j := range n {
			if i != j {
				lines = append(lines, fmt.Sprintf("%c p %c l", 'a'+i, 'a'+j))
			}
		}
	}
	return storeOf(t, lines...)
}

// river is an Index whose rows never end.
type river struct{ *memory }

func (r river) Count(p term.Pattern) uint64 { return 1 << 40 * min(1, r.memory.Count(p)) }

func (r river) AtMost(p term.Pattern) uint64 { return r.Count(p) }

func (r river) Ends(c *Cursor, position int, dst []term.ID) int {
	quads := make([]term.Quad, len(dst))
	n := r.Quads(c, quads)
	for i, q := range quads[:n] {
		dst[i] = q[position]
	}
	return n
}

func (r river) Quads(c *Cursor, dst []term.Quad) int {
	n := r.memory.Quads(c, dst)
	if n < len(dst) {
		c.Begun = false // from the beginning again
	}
	c.Done = n == 0
	return n
}

func (r river) Nodes(c *Cursor, dst []term.ID) int {
	n := r.memory.Nodes(c, dst)
	c.Begun = n == len(dst)
	return n
}

// riverStore reads a river.
type riverStore struct{ *store }

func (s riverStore) OptimizeShape(ctx context.Context, sh shape.Shape) (shape.Shape, bool) {
	return Optimize(ctx, river{s.memory}, sh)
}

var knows = quad.IRI("p")

func both(p *path.Path, n int) *path.Path {
	for range n {
		p = p.Both()
	}
	return p
}

// unbearable are queries of which each has an operator at work that gives few
// rows or none: from is a path with more rows than can be counted, few one with
// some thousands.
var unbearable = map[string]func(from, few *path.Path) *path.Path{
	"rows":            func(from, _ *path.Path) *path.Path { return from },
	"range":           func(from, _ *path.Path) *path.Path { return from.Filters(comparison(iterator.CompareGT, "z")) },
	"like":            func(from, _ *path.Path) *path.Path { return from.Filters(shape.Wildcard{Pattern: "%zz%"}) },
	"like tagged":     func(from, _ *path.Path) *path.Path { return from.Tag("t").Filters(shape.Wildcard{Pattern: "%zz%"}) },
	"unique":          func(from, _ *path.Path) *path.Path { return from.Unique() },
	"unique tagged":   func(from, _ *path.Path) *path.Path { return from.Tag("t").Both().Unique() },
	"skip":            func(from, _ *path.Path) *path.Path { return from.Skip(1 << 40) },
	"skip tagged":     func(from, _ *path.Path) *path.Path { return from.Tag("t").Both().Skip(1 << 40) },
	"sort":            func(from, _ *path.Path) *path.Path { return from.Order() },
	"sort few":        func(_, few *path.Path) *path.Path { return few.Order() },
	"count":           func(from, _ *path.Path) *path.Path { return from.Count() },
	"count tagged":    func(from, _ *path.Path) *path.Path { return from.Tag("t").Both().Count() },
	"except":          func(from, _ *path.Path) *path.Path { return from.Except(path.StartMorphism().Has(knows)) },
	"or":              func(from, few *path.Path) *path.Path { return few.Or(from).Is(knows) },
	"and":             func(from, few *path.Path) *path.Path { return from.And(few) },
	"and tagged":      func(from, few *path.Path) *path.Path { return from.Tag("t").And(few.Tag("u")) },
	"and none":        func(from, few *path.Path) *path.Path { return from.Tag("t").And(few.Out(knows).Is(knows).Tag("u")) },
	"has":             func(from, _ *path.Path) *path.Path { return from.Out(path.StartMorphism().Has(quad.IRI("l"))) },
	"has few":         func(from, few *path.Path) *path.Path { return from.Has(knows).And(few.Tag("x")).HasReverse(knows) },
	"labels":          func(from, _ *path.Path) *path.Path { return from.Labels() },
	"optional":        func(from, few *path.Path) *path.Path { return from.Optional(few.Tag("x")).Skip(1 << 40) },
	"page asked":      func(from, few *path.Path) *path.Path { return few.And(from.Limit(1 << 40)) },
	"foreign":         func(from, _ *path.Path) *path.Path { return from.Filters(short{}).Skip(1 << 40) },
	"follow from":     func(from, _ *path.Path) *path.Path { return from.Filters(forever(1)) },
	"follow tagged":   func(from, _ *path.Path) *path.Path { return from.Tag("t").Both().Filters(forever(1)) },
	"follow far":      func(_, few *path.Path) *path.Path { return few.Filters(forever(12)) },
	"follow few":      func(_, few *path.Path) *path.Path { return few.Tag("t").Both().Filters(forever(1)) },
	"Cayley's follow": func(from, _ *path.Path) *path.Path { return from.FollowRecursive(knows, -1, nil).Has(knows) },
}

func comparison(op iterator.Operator, than quad.IRI) shape.Comparison {
	return shape.Comparison{Op: op, Val: than}
}

// forever is a recursion by n steps at a time.
func forever(n int) Follow { return FollowRecursive(both(path.StartMorphism(), n), -1) }

// TestCancelled gives up each of them sooner and later, over a graph with many
// ways and over one whose rows never end.
func TestCancelled(t *testing.T) {
	if testing.Short() {
		t.Skip("unbearable queries")
	}
	m := mesh(t, 6)
	for name, query := range unbearable {
		for i, over := range []string{"mesh", "river"} {
			t.Run(name+" over a "+over, func(t *testing.T) {
				from, few := both(path.StartPath(m), 10), both(path.StartPath(m), 3)
				for _, looks := range []int{0, 2, 100, 400} {
					since, most := 0, 0
					m.damage = func() { since++ }
					ctx := &patience{context.Background(), looks, 0, &since, &most}
					err := read(t, ctx, m, i == 1, query(from, few))
					if ended := err == nil && ctx.looks <= looks; !ended && !errors.Is(err, context.Canceled) {
						t.Errorf("%d looks: %v after %d", looks, err, ctx.looks)
					}
					if most > 8*ticksPerCheck {
						t.Errorf("%d looks: the Index is read %d times without one", looks, most)
					}
				}
			})
		}
	}
}

// read reads all rows of a path, and fails if that does not end.
func read(t *testing.T, ctx *patience, m *store, endless bool, p *path.Path) error {
	t.Helper()
	done := make(chan error)
	go func() {
		sh, _ := shape.Optimize(context.Background(), p.Shape(), m)
		it := sh.BuildIterator(m)
		if endless {
			s := riverStore{m}
			sh, _ = shape.Optimize(context.Background(), p.Shape(), s)
			it = sh.BuildIterator(s)
		}
		rows := it.Iterate()
		for rows.Next(ctx) {
		}
		done <- errors.Join(rows.Err(), rows.Close())
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Minute):
		t.Fatal("it does not end")
		return nil
	}
}
