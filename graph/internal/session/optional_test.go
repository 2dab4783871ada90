package session

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"kg/internal/testsize"
)

// optionalPart writes a part of a path that keeps nodes which lack it.
func (g *generator) optionalPart() string {
	switch g.r.IntN(7) {
	case 0, 1:
		return "." + pick(g.r, []string{"saveOpt", "saveOptR"}) + "(" + pick(g.r, []string{`"<p>"`, `"<q>"`, `"<r>"`, `["<p>", "<q>"]`, `g.V("<q>")`}) + `, "` + g.tag() + `")`
	case 2:
		return ".optional(g.M().out(" + g.via() + `).tag("` + g.tag() + `"))`
	case 3:
		return ".optional(g.M().in(" + g.via() + `).has("<p>").tag("` + g.tag() + `"))`
	case 4:
		return `.optional(g.M().out().tag("` + g.tag() + `").out("<q>").tag("` + g.tag() + `"))`
	case 5:
		return ".optional(g.M().out(" + g.via() + `).tag("` + g.tag() + `")` + g.optionalPart() + ")"
	}
	return ".optional(g.M().tag(\"" + g.tag() + `").save("<p>", "` + g.tag() + `"))`
}

// besides writes a step that stands before, behind or around optional parts.
func (g *generator) besides() string {
	within := func() string {
		return "g.V(" + pick(g.r, []string{"", g.node()}) + ")" + g.optionalPart() + g.plainStep()
	}
	switch g.r.IntN(9) {
	case 0:
		return ".and(" + within() + ")"
	case 1:
		return ".except(" + within() + ")"
	case 2:
		return ".or(" + within() + ")"
	case 3:
		return ".follow(g.M()" + g.plainStep() + g.optionalPart() + ")"
	case 4:
		t := g.tag()
		return `.tag("` + t + `")` + g.plainStep() + g.optionalPart() + `.back("` + t + `")`
	case 5:
		return ".has(" + within() + ")"
	}
	return g.plainStep()
}

// plainStep writes a step that has no part of its own.
func (g *generator) plainStep() string {
	return pick(g.r, []string{`.has("<p>")`, `.hasR("<q>")`, `.has("<r>", gt(5))`, ".is(" + g.node() + ", " + g.node() + `, "<d>")`, `.save("<q>", "` + g.tag() + `")`,
		`.saveR("<p>", "` + g.tag() + `")`, ".out(" + g.via() + ")", ".in(" + g.via() + ")", `.both("<p>")`, `.filter(lt("<d>"))`, ".order()",
		`.labelContext("<l>")`, `.except(g.V("<b>"))`, `.except(g.V("<nobody>"))`, `.saveOutPredicates("` + g.tag() + `")`})
}

// optionalText writes a path with two optional parts at least. Beyond a step that
// keeps one way of several nothing was tagged, so that its rows are known.
func (g *generator) optionalText() string {
	text := "g.V(" + pick(g.r, []string{"", g.node(), g.node() + ", " + g.node()}) + ")"
	if g.r.IntN(3) == 0 {
		text += pick(g.r, []string{"", ".out()", ".both()"})
		text += pick(g.r, []string{".unique()", `.followRecursive("<p>")`, ".followRecursive(g.M().both())", `.followRecursive(g.M().out().has("<q>"), 2)`, ".labels()", ".outPredicates()"})
	}
	for _, first := range []bool{true, false} {
		for range g.r.IntN(2) {
			text += g.besides()
		}
		text += g.optionalPart()
		if first {
			text += g.besides()
		}
	}
	return text + pick(g.r, []string{"", g.besides()})
}

// TestOptionalParts compares rows with the oracle's where optional parts stand
// behind, before and within steps of every kind. Cayley's own session is no judge of
// it: it drops the second of two behind another step.
func TestOptionalParts(t *testing.T) {
	n := testsize.Of(50, 1500)
	var qs graph.QuadStore
	filled := 0
	for i := range n {
		quads := parse(randomGraph(rand.New(rand.NewPCG(uint64(i/50), 53))))
		if i%50 == 0 {
			qs = fed(t, quads)
		}
		g := &generator{r: rand.New(rand.NewPCG(uint64(i), 59))}
		text := g.optionalText()
		ways := (&oracle{qs: qs, quads: quads}).path(pathOf(t, text))
		once := slices.ContainsFunc([]string{"unique", "Recursive", "labels()", "Predicates()"}, func(step string) bool { return strings.Contains(text, step) })
		for _, evidence := range []bool{false, true} {
			want := renderAll(ways, true, evidence && !once)
			got := renderAll(rowsOf(t, qs, text+".all()", Options{Evidence: evidence}), true, evidence && !once)
			if !slices.Equal(got, want) {
				t.Fatalf("query %d, evidence %v: %s\non\n%v\nexpected:\n%s\ngot:\n%s", i, evidence, text, quads, strings.Join(want, "\n"), strings.Join(got, "\n"))
			}
		}
		filled += min(len(ways), 1)
	}
	if filled < n/3 || filled == n {
		t.Errorf("of %d queries %d have rows", n, filled)
	}
}
