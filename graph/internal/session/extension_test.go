package session

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// onBoth runs a test on a store in memory and on one in a file.
func onBoth(t *testing.T, data string, f func(t *testing.T, qs graph.QuadStore)) {
	t.Run("memory", func(t *testing.T) { f(t, scratch(parse(data)...)) })
	t.Run("file", func(t *testing.T) { f(t, newStore(t, parse(data))) })
}

// table writes rows as lines, tags by name; the quads of each way follow after bars.
func table(t *testing.T, qs graph.QuadStore, text string, opts Options) string {
	t.Helper()
	var b strings.Builder
	for row, err := range Run(context.Background(), qs, text, opts).Rows() {
		if err != nil {
			b.WriteString(err.Error() + "\n")
			break
		}
		sep := ""
		for name, v := range row.All() {
			b.WriteString(sep + name + "=" + v.String())
			sep = " "
		}
		if opts.Evidence {
			for i, way := range readWays(row) {
				if i > 0 {
					b.WriteString(" or")
				}
				for _, q := range way {
					b.WriteString(" | " + q.NQuad())
				}
			}
			if row.Untraced {
				b.WriteString(" | not traced")
			}
		}
		b.WriteString("\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

const roads = `<a> <road> <b> .
<b> <road> <c> <map1> .
<b> <road> <c> <map2> .
<a> <ferry> <c> <map1> .
<c> <road> <d> .
<d> <road> <a> .
<b> <road> <d> .
`

func TestExtensions(t *testing.T) {
	tests := []struct{ text, want string }{
		{`g.V("<a>").out("<road>").hops("h").all()`, `h=<a> -> <road> <b> id=<b>`},
		{`g.V("<b>").in().hops("h").all()`, `h=<b> <- <road> <a> id=<a>`},
		{`g.V("<b>").save("<road>", "to").hops("h").is("<b>").tag("x").order().limit(1).all()`, `h=<b> -> <road> (<map1>) <c> id=<b> to=<c> x=<b>`},
		{`g.V("<a>").followRecursive("<road>").hops("way").all()`, `id=<b> way=<a> -> <road> <b>
id=<c> way=<a> -> <road> <b> -> <road> (<map1>) <c>
id=<d> way=<a> -> <road> <b> -> <road> <d>
id=<a> way=<a> -> <road> <b> -> <road> <d> -> <road> <a>`},
		{`g.V("<a>").tag("from").shortestPath("<d>").hops("way").all()`, `from=<a> id=<d> way=<a> -> <road> <b> -> <road> <d>`},
		{`g.V("<a>").shortestPath("<d>", 5).hops("way").all()`, `id=<d> way=<a> -> <road> <b> -> <road> <d>
id=<d> way=<a> -> <ferry> (<map1>) <c> -> <road> <d>
id=<d> way=<a> -> <road> <b> -> <road> (<map1>) | <road> (<map2>) <c> -> <road> <d>`},
		{`g.shortestPath("<a>", "<d>", 1, "<ferry>").all()`, ""},
		{`g.shortestPath(["<d>", "<c>"], g.V("<a>", "<b>"), 4, g.M().both()).hops("way").all()`, `id=<a> way=<d> -> <road> <a>
id=<b> way=<d> <- <road> <b>
id=<a> way=<c> <- <ferry> (<map1>) <a>
id=<b> way=<c> <- <road> (<map1>) | <road> (<map2>) <b>`},
		{`g.V("<a>").shortestPath("<a>").all()`, `id=<a>`},
		{`g.V("<a>").shortestPath("<d>").back()`, "running the query: line 1, column 36: back: a shortest path leads one way only"},
		{`g.V("<a>").shortestPath("<d>", 0)`, "running the query: line 1, column 24: shortestPath: argument 2: expected a number of paths, found 0"},
		{`g.V("<a>").hops("x")`, "running the query: line 1, column 16: hops: the step before it passes no quads: it goes after out, in, both, has, save, follow, followRecursive or shortestPath"},
		{`g.V("<a>").out("<ferry>").hops("h").forEach(function(d) { g.emit(d.h[0].quads[0].label) })`, `value=<map1>`},
	}
	onBoth(t, roads, func(t *testing.T, qs graph.QuadStore) {
		for _, test := range tests {
			if got := table(t, qs, test.text, Options{}); got != test.want {
				t.Errorf("%s:\n%s\nexpected:\n%s", test.text, got, test.want)
			}
		}
	})
}

// TestShortestPaths compares with all the paths there are, found by trying.
func TestShortestPaths(t *testing.T) {
	for i := range 300 {
		r := rand.New(rand.NewPCG(uint64(i), 21))
		data := randomGraph(r)
		quads := parse(data)
		// The sets may have members in common.
		froms, tos := []string{"<a>", "<b>", "<d>"}[:1+r.IntN(3)], []string{"<d>", "<e>", "<b>", "<l>"}[:1+r.IntN(4)]
		k := 1 + r.IntN(12)
		text := fmt.Sprintf("g.shortestPath(%s, %s, %d).hops('way').all()", list(froms), list(tos), k)
		var got [][]string
		for row, err := range Run(context.Background(), scratch(quads...), text, Options{}).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			p := []string{row.Get("id").String()}
			if w, ok := row.Get("way").(*WalkValue); ok {
				p = []string{w.Hops[0].From.String()}
				for _, h := range w.Hops {
					p = append(p, h.To.String())
				}
			}
			got = append(got, p)
		}
		want := allPaths(quads, froms, tos)
		slices.SortStableFunc(want, func(a, b []string) int { return len(a) - len(b) })
		if len(got) != min(k, len(want)) {
			t.Fatalf("%s: %v of %v\non\n%s", text, got, want, data)
		}
		for j, p := range got {
			again := slices.ContainsFunc(got[:j], func(x []string) bool { return slices.Equal(x, p) })
			known := slices.ContainsFunc(want, func(x []string) bool { return slices.Equal(x, p) })
			if len(p) != len(want[j]) || again || !known {
				t.Fatalf("%s: path %d of %v, all are %v\non\n%s", text, j, got, want, data)
			}
		}
	}
}

func list(terms []string) string { return `["` + strings.Join(terms, `", "`) + `"]` }

func allPaths(quads []quad.Quad, froms, tos []string) (out [][]string) {
	there := func(name string) bool {
		return slices.ContainsFunc(quads, func(q quad.Quad) bool {
			return slices.ContainsFunc(quad.Directions, func(d quad.Direction) bool { return q.Get(d) != nil && q.Get(d).String() == name })
		})
	}
	var walk func(p []string)
	walk = func(p []string) {
		at := p[len(p)-1]
		if slices.Contains(tos, at) {
			if !slices.ContainsFunc(out, func(x []string) bool { return slices.Equal(x, p) }) {
				out = append(out, slices.Clone(p))
			}
		}
		for _, q := range quads {
			to := q.Object.String()
			if q.Subject.String() == at && !slices.Contains(p, to) {
				walk(append(slices.Clone(p), to))
			}
		}
	}
	for _, from := range froms {
		if there(from) {
			walk([]string{from})
		}
	}
	return out
}
