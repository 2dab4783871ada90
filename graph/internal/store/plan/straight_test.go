package plan

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// TestStraight holds a recursion by a hop, which reads for many nodes at once, to the
// one that has rows of steps: the same rows in the same order, and as many as a count
// says, whatever it may read before it gives up.
func TestStraight(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	counted, gaveUp := 0, 0
	for range 200 {
		s := randomStore(r)
		g := &pathMaker{Rand: r, qs: s}
		p := []*path.Path{path.StartPath(s, g.node()), path.StartPath(s, g.nodes()...), path.StartPath(s).Out(quad.IRI("p"))}[r.IntN(3)]
		depth := r.IntN(5) - 1
		depths := [][]string{nil, {"depth"}}[r.IntN(2)]
		via := g.one(quad.IRI("p"), quad.IRI("q"), quad.IRI("r"))
		step, tagged := path.StartMorphism().Out(via), path.StartMorphism().Out(via).Tag("step")
		if r.IntN(2) == 0 {
			step, tagged = path.StartMorphism().In(via), path.StartMorphism().In(via).Tag("step")
		}
		want, err := rowsOf(t, s, p.Clone().Filters(FollowRecursive(tagged, depth, depths...)), false, -1)
		for budget := range 12 {
			got, gotErr := rowsOf(t, s, p.Clone().Filters(FollowRecursive(step, depth, depths...)), true, budget)
			if (err == nil) != (gotErr == nil) || !slices.Equal(got.rows, want.rows) {
				t.Fatalf("budget %d: got %v, %v, want %v, %v", budget, got.rows, gotErr, want.rows, err)
			}
			if got.exact {
				if counted++; got.total != uint64(len(want.rows)) {
					t.Fatalf("budget %d: counted %d of %d", budget, got.total, len(want.rows))
				}
			} else {
				gaveUp++
			}
		}
	}
	if counted < 100 || gaveUp < 100 {
		t.Errorf("counted %d times, gave up %d times", counted, gaveUp)
	}
}

type straightRows struct {
	rows  [][2]term.ID // of id and depth
	total uint64
	exact bool
}

// rowsOf counts within a budget, if it is not negative, and then gives the rows.
func rowsOf(t *testing.T, s *store, p *path.Path, straight bool, budget int) (got straightRows, err error) {
	t.Helper()
	sh, _ := shape.Optimize(context.Background(), p.Shape(), s)
	plan, ok := sh.(*Plan)
	if !ok {
		return got, nil // nothing
	}
	defer guard(&err)
	var o openedPlan
	o.run = run{ix: plan.ix, ctx: context.Background()}
	o.op = plan.node.open(&o.run)
	if of, ok := o.op.(*answerTable); ok {
		r := of.scanOnly.(*recursionOp)
		if _, hop := r.plan.step.(*links); hop && (r.straight != nil) != straight {
			t.Fatalf("a recursion by %v is straight: %v", r.plan.step, !straight)
		}
	}
	if budget >= 0 {
		got.total, got.exact = o.op.total(&budget)
	}
	depth := slices.IndexFunc(o.run.tags, func(t tag) bool { return t.name == "depth" })
	for range 2 { // the second goes through it again
		got.rows = nil
		o.op.scan()
		for id := o.op.next(); id != term.None; id = o.op.next() {
			row := [2]term.ID{id}
			if depth >= 0 {
				row[1] = o.run.slots[depth]
			}
			got.rows = append(got.rows, row)
		}
	}
	return got, nil
}
