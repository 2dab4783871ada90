package gizmo

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"
)

// ours runs a query in a session of ours.
func ours(a asked) answer {
	return ask(context.Background(), NewSession(memstore.New(parse(a.Graph)...), Options{}), a.Query)
}

func (a answer) String() string {
	if a.Died {
		return "died: " + a.Err
	}
	return strings.Join(a.Rows, "\n") + "\nerror: " + a.Err
}

func same(a, b answer) bool {
	return !a.Died && !b.Died && (a.Err != "") == (b.Err != "") && slices.Equal(a.Rows, b.Rows)
}

// difference is why an answer of ours is another than Cayley's. A query of the
// generator that differs must match one of them; the text is the query's.
type difference struct {
	reason string
	holds  func(text string, stock, ours answer) bool
}

// The differences there are. Each is one of Cayley's faults, or one of its
// silences that an error is better than.
var differences = []difference{
	{"Cayley's process dies", func(_ string, stock, _ answer) bool { return stock.Died }},
	{"the same rows; how often one comes depends on the order Cayley's iterators go in", func(text string, stock, ours answer) bool {
		return stock.Err == "" && ours.Err == "" && slices.Equal(slices.Compact(slices.Clone(stock.Rows)), slices.Compact(slices.Clone(ours.Rows)))
	}},
	{"order() loses ways to a node and miscounts in Cayley", func(text string, stock, ours answer) bool {
		return strings.Contains(text, "order()")
	}},
	{"and() of all nodes with all nodes is nothing in Cayley", func(text string, stock, ours answer) bool {
		return strings.Contains(text, "g.V().and(g.V()") || strings.Contains(text, "g.V().intersect(g.V()")
	}},
}

func TestGeneratedQueries(t *testing.T) {
	n := 1500
	if testing.Short() {
		n = 200
	}
	st := newStock(t)
	found := map[string]int{}
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i/50), 7))
		data := randomGraph(r)
		r = rand.New(rand.NewPCG(uint64(i), 11))
		a := asked{data, randomQuery(r)}
		theirs, mine := st.ask(a), ours(a)
		if same(theirs, mine) {
			found["same"]++
			continue
		}
		at := slices.IndexFunc(differences, func(d difference) bool { return d.holds(a.Query, theirs, mine) })
		if at < 0 {
			t.Errorf("query %d: %s\non\n%s\nCayley's:\n%v\nours:\n%v", i, a.Query, a.Graph, theirs, mine)
			continue
		}
		found[differences[at].reason]++
	}
	t.Log(found)
}
