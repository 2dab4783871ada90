package plan

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"

	"kg/graph/internal/store/term"
	"kg/internal/testsize"
)

// TestStartsAskedAgain has the rows a recursion began with kept, and not kept.
func TestStartsAskedAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	times := 0
	graphs := testsize.Of(4, 20)
	for range graphs {
		s := randomStore(r)
		g := &pathMaker{Rand: r, qs: s}
		from := both(both(path.StartPath(s).Tag("a"), 1).Tag("b"), 1+r.IntN(2)).Save(g.via(), "c").
			Filters(FollowRecursive(path.StartMorphism().Out(g.via()).Tag("d"), -1, "depth"))
		sh, _ := shape.Optimize(context.Background(), from.Shape(), s)
		p, ok := sh.(*Plan)
		if !ok {
			continue // nothing
		}
		kept, _ := followed(t, p, keptLeast)
		asked, asking := followed(t, p, 0)
		if asking {
			times++
		}
		if !slices.Equal(kept, asked) {
			t.Fatalf("kept %d: %q\nasked %d: %q", len(kept), kept, len(asked), asked)
		}
	}
	if times < graphs/4 {
		t.Errorf("rows were asked for %d times only", times)
	}
}

// followed are the rows of a recursion that keeps so many of its start, and
// whether it had more.
func followed(t *testing.T, p *Plan, least int) ([]string, bool) {
	var o openedPlan
	o.run = run{ix: p.ix, ctx: context.Background()}
	o.op = p.node.open(&o.run)
	table, ok := o.op.(*answerTable)
	if !ok {
		t.Fatalf("the recursion is a %T", o.op)
	}
	start := table.scanOnly.(*recursionOp).start
	start.least = least
	var out []string
	table.scan()
	for id := table.next(); id != term.None; id = table.next() {
		tags := map[string]refs.Ref{}
		o.run.results(tags, o.run.slots, o.run.extra)
		row := fmt.Sprint(id)
		for _, name := range slices.Sorted(maps.Keys(tags)) {
			row += fmt.Sprint(" ", name, tags[name].Key())
		}
		out = append(out, row)
	}
	slices.Sort(out)
	return out, start.asking
}
