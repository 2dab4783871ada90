package session

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// TestContextOfOneSource: what one source alone says does not go on with what
// another says.
func TestContextOfOneSource(t *testing.T) {
	t.Parallel()
	const data = "<a> <p> <b> <g/1> .\n<b> <p> <c> <g/2> .\n<b> <q> <a> <g/1> .\n<a> <q> <c> <g/2> .\n"
	onBoth(t, data, func(t *testing.T, qs graph.QuadStore) {
		for text, want := range map[string]string{
			`.followRecursive("<p>")`:                                                          "<b>",
			`.followRecursive(g.M().out("<p>"))`:                                               "<b>",
			`.followRecursive(g.M().follow(g.M().out("<p>")), 5)`:                              "<b>",
			`.followRecursive(g.M().labelContext(null).out("<p>"))`:                            "<b> <c>",
			`.followRecursive(g.M().labelContext(["<g/1>", "<g/2>"]).out("<p>"))`:              "<b> <c>",
			`.follow(g.M().out("<p>").out("<p>"))`:                                             "",
			`.follow(g.M().out("<p>").labelContext("<g/2>").out("<p>"))`:                       "<c>",
			`.follow(g.M().labelContext("<g/2>").out("<q>")).out()`:                            "",
			`.labelContext("<g/2>").followR(g.M().in("<q>"))`:                                  "<c>",
			`.shortestPath("<c>")`:                                                             "",
			`.shortestPath("<c>", 5, g.M().both())`:                                            "",
			`.labelContext(null).shortestPath("<c>", 2)`:                                       "<c> <c>",
			`.labelContext("<g/2>").shortestPath("<c>")`:                                       "<c>",
			`.shortestPath("<b>").hops("h").outPredicates()`:                                   "<q>",
			`.outPredicates()`:                                                                 "<p>",
			`.inPredicates()`:                                                                  "<q>",
			`.labels()`:                                                                        "<g/1>",
			`.saveOutPredicates("t")`:                                                          "<a>",
			`.and(g.V("<a>").out("<q>").in())`:                                                 "<a>",
			`.both().back()`:                                                                   "<a> <a>",
			`.out("<p>").tag("b").followRecursive(g.M().both("<p>")).back("b").out("<q>")`:     "<a>",
			`.followRecursive(g.M().out("<p>")).labelContext("<g/2>").out("<p>")`:              "<c>",
			`.labelContext(g.V("<g/2>")).followRecursive(g.M().out("<q>")).tag("x").in("<p>")`: "<b>",
		} {
			var ids []string
			for _, row := range answers(t, qs, `g.V("<a>").labelContext("<g/1>")`+text+".all()", Options{}) {
				ids = append(ids, row.Get("id").String())
			}
			slices.Sort(ids)
			if got := strings.Join(ids, " "); got != want {
				t.Errorf("%s: got %s, want %s", text, got, want)
			}
		}
	})
}

// walks writes steps that pass quads, some within prepared paths.
func walks(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		via := pick(r, []string{"", `"<p>"`, `"<q>"`, `["<p>", "<r>"]`})
		given := pick(r, []string{`"<p>"`, `"<q>"`, `["<p>", "<r>"]`})
		morphism := "g.M()" + strings.TrimSuffix(walks(r, min(n-1, r.IntN(3))), ".unique()")
		switch r.IntN(12) {
		case 0, 1, 2:
			b.WriteString(pick(r, []string{".out", ".in", ".both"}) + "(" + via + ")")
		case 3:
			b.WriteString(pick(r, []string{".has", ".hasR"}) + "(" + given + ")")
		case 4:
			b.WriteString(pick(r, []string{".save", ".saveR", ".saveOpt"}) + `("<p>", "t")`)
		case 5:
			b.WriteString(pick(r, []string{".inPredicates()", ".outPredicates()", ".labels()", `.saveInPredicates("u")`, `.saveOutPredicates("u")`}))
		case 6:
			b.WriteString(".follow(" + morphism + ")")
		case 7:
			b.WriteString(".optional(g.M()" + pick(r, []string{".out(" + via + ")", ".follow(g.M().in(" + via + "))"}) + `.tag("o"))`)
		case 8, 9:
			b.WriteString(".followRecursive(" + pick(r, []string{given, morphism + ".out()", morphism + ".in(" + given + ")"}) + ", 3)")
		default:
			// To one node, for which of two is nearer may be a matter of order.
			b.WriteString(`.shortestPath(` + pick(r, []string{`"<b>"`, `"<c>"`}) + ", 1" + pick(r, []string{"", ", " + given, ", " + morphism + ".both()"}) + ")")
		}
	}
	return b.String()
}

// TestContextIsTheGraphOfItsQuads: in the context of a label, a walk leads to
// the same nodes as it does where there are no other quads, as often, and rests on
// quads of the label alone.
func TestContextIsTheGraphOfItsQuads(t *testing.T) {
	if testing.Short() {
		t.Skip("many random graphs")
	}
	t.Parallel()
	found := 0
	for i := range 60 {
		r := rand.New(rand.NewPCG(uint64(i), 21))
		var all, own []quad.Quad
		for _, q := range parse(randomGraph(r) + randomGraph(r)) {
			if slices.Contains(all, q) {
				continue
			}
			all = append(all, q)
			if q.Label == quad.Value(quad.IRI("l")) {
				own = append(own, q)
			}
		}
		whole, part := newStore(t, all), newStore(t, own)
		for range 25 {
			text := `.both()` + walks(r, 1+r.IntN(3))
			evidence := Options{Evidence: r.IntN(2) == 0}
			in := answers(t, whole, `g.V("<a>", "<b>").labelContext("<l>")`+text+".all()", evidence)
			want := answers(t, part, `g.V("<a>", "<b>")`+text+".all()", evidence)
			a, b := ends(in), ends(want)
			if strings.Contains(text, "followRecursive") {
				// A node comes as often as the start it was first reached from.
				a, b = slices.Compact(a), slices.Compact(b)
			}
			if !slices.Equal(a, b) {
				t.Fatalf("graph %d: %s:\n%s\nexpected:\n%s\non %v", i, text, a, b, all)
			}
			for _, row := range in {
				found++
				if slices.ContainsFunc(slices.Concat(readWays(row)...), func(q quad.Quad) bool { return q.Label != quad.Value(quad.IRI("l")) }) {
					t.Fatalf("graph %d: %s: a row rests on %v", i, text, readWays(row))
				}
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d rows", found)
	}
}

// ends are where rows end, each as often as it comes.
func ends(rows []Row) []string {
	var list []string
	for _, row := range rows {
		list = append(list, fmt.Sprint(row.Get("id")))
	}
	slices.Sort(list)
	return list
}
