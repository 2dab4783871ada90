package session

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
)

// TestJoinsAreOneNode: with joins a query answers as it does on a graph in which
// the nodes of a class are one node.
func TestJoinsAreOneNode(t *testing.T) {
	n := testsize.Of(30, 600)
	tried, more := 0, 0
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 53))
		g := &generator{r: r}
		text := g.path(2 + r.IntN(4))
		if strings.Contains(text, "filter(") || strings.Contains(text, "lt(") || strings.Contains(text, `followRecursive("<p>"`) ||
			!comparableText(strings.ReplaceAll(text, "followRecursive", "unique()")) {
			continue // what the name of a node decides, or which way is the first
		}
		tried++
		quads := parse(randomGraph(r) + "<a> <s> <b> .\n<c> <s> <d> .\n") // all of them are in the graph
		one := map[quad.Value]quad.Value{quad.IRI("b"): quad.IRI("a"), quad.IRI("d"): quad.IRI("c")}
		merged := make([]quad.Quad, len(quads))
		for j, q := range quads {
			merged[j] = quad.Quad{Subject: rep(one, q.Subject), Predicate: q.Predicate, Object: rep(one, q.Object), Label: q.Label}
		}
		joins := map[quad.IRI][]quad.IRI{"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": {"c"}}
		qs := newStore(t, quads)
		got := canonicalRows(rowsOf(t, qs, text+".all()", Options{Joins: joins}), one)
		named := strings.NewReplacer(`"<b>"`, `"<a>"`, `"<d>"`, `"<c>"`).Replace(text)
		want := canonicalRows(rowsOf(t, newStore(t, unique(merged)), named+".all()", Options{}), one)
		if !slices.Equal(got, want) {
			t.Errorf("%s on\n%v\nwith joins:\n%s\nas one node:\n%s", text, quads, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if len(got) > len(canonicalRows(rowsOf(t, qs, text+".all()", Options{}), one)) {
			more++
		}
	}
	if tried < n/4 || more < n/20 {
		t.Errorf("of %d queries %d could be compared, and joins gave rows to %d", n, tried, more)
	}
}

func rep(one map[quad.Value]quad.Value, v quad.Value) quad.Value {
	if r, ok := one[v]; ok {
		return r
	}
	return v
}

func unique(quads []quad.Quad) (out []quad.Quad) {
	for _, q := range quads {
		if !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return out
}

func canonicalRows(rows []way, one map[quad.Value]quad.Value) []string {
	var out []string
	for _, w := range rows {
		w.node = rep(one, w.node)
		for tag, v := range w.tags {
			w.tags[tag] = rep(one, v)
		}
		out = append(out, w.render(true, false))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
