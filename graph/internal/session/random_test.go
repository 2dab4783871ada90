package session

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"kg/internal/pgtest"
)

// randomGraph is a small graph in which names meet often: nodes that are
// predicates and labels, too, numbers, texts, one triple under several labels.
func randomGraph(r *rand.Rand) string {
	var b strings.Builder
	nodes := []string{"<a>", "<b>", "<c>", "<d>", "<e>", "<p>", "<l>"}
	objects := append(nodes, `"a"`, `"text"`, `"7"^^<http://www.w3.org/2001/XMLSchema#integer>`, `"12"^^<http://www.w3.org/2001/XMLSchema#integer>`)
	labels, seen := []string{"", "", " <l>", " <m>"}, map[string]bool{}
	if pgtest.OnServer() { // where each quad has a label
		labels[0], labels[1] = " <n>", " <n>"
	}
	for range 4 + r.IntN(20) {
		line := fmt.Sprintf("%s %s %s%s .\n", pick(r, nodes), pick(r, []string{"<p>", "<q>", "<r>"}), pick(r, objects),
			pick(r, labels))
		if !seen[line] {
			b.WriteString(line)
			seen[line] = true
		}
	}
	return b.String()
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// generator writes random queries.
type generator struct {
	r     *rand.Rand
	tags  int
	plain bool // without what Cayley's Gizmo does not have
}

func randomQuery(r *rand.Rand) string {
	g := &generator{r: r, plain: true}
	p := g.path(3 + r.IntN(3))
	switch r.IntN(8) {
	case 0:
		return "g.emit(" + p + ".count())"
	case 1:
		return "g.emit(" + p + ".tagArray())"
	case 2:
		return p + ".forEach(function(d) { g.emit(d) })"
	}
	return p + ".all()"
}

func (g *generator) path(steps int) string {
	start := "g.V()"
	switch g.r.IntN(4) {
	case 0, 1:
		start = "g.V(" + g.node() + ")"
	case 2:
		start = "g.V(" + g.node() + ", " + g.node() + ")"
	}
	return start + g.steps(steps, true)
}

func (g *generator) steps(n int, tagged bool) string {
	var b strings.Builder
	last := ""
	for range n {
		s, tag := g.step(last, tagged)
		if tag != "" {
			last = tag
		}
		b.WriteString(s)
	}
	return b.String()
}

func (g *generator) node() string {
	return pick(g.r, []string{`"<a>"`, `"<b>"`, `"<c>"`, `"<p>"`, `"a"`, "7"})
}

func (g *generator) via() string {
	return pick(g.r, []string{`"<p>"`, `"<q>"`, `"<r>"`, `["<p>", "<q>"]`, `g.V("<p>")`, `iri("q")`})
}

func (g *generator) tag() string {
	g.tags++
	return fmt.Sprintf("t%d", g.tags)
}

// step writes a step, and says which tag it sets.
func (g *generator) step(last string, tagged bool) (string, string) {
	sub := func() string { return g.path(1 + g.r.IntN(2)) }
	kinds := 25
	if g.plain {
		kinds = 24
	}
	switch g.r.IntN(kinds) {
	case 0, 1, 2, 3:
		return "." + pick(g.r, []string{"out", "in", "both"}) + "(" + pick(g.r, []string{g.via(), g.via(), ""}) + ")", ""
	case 4:
		return "." + pick(g.r, []string{"out", "in", "both"}) + "(" + g.via() + `, "` + g.tag() + `")`, ""
	case 5, 6:
		t := g.tag()
		return `.tag("` + t + `")`, t
	case 7:
		if last != "" && tagged {
			return `.back("` + last + `")`, ""
		}
		return ".unique()", ""
	case 8:
		return "." + pick(g.r, []string{"has", "hasR"}) + "(" + pick(g.r, []string{`"<p>"`, `"<q>"`}) + pick(g.r, []string{"", ", " + g.node(), ", gt(5)", `, lt("<c>")`}) + ")", ""
	case 9, 10:
		return "." + pick(g.r, []string{"save", "saveR", "saveOpt", "saveOptR"}) + `("<p>", "` + g.tag() + `")`, ""
	case 11:
		return "." + pick(g.r, []string{"and", "intersect"}) + "(" + sub() + ")", ""
	case 12:
		return "." + pick(g.r, []string{"or", "union"}) + "(" + sub() + ")", ""
	case 13:
		return "." + pick(g.r, []string{"except", "difference"}) + "(" + sub() + ")", ""
	case 14:
		return ".unique()", ""
	case 15:
		return "." + pick(g.r, []string{"inPredicates", "outPredicates", "labels"}) + "()", ""
	case 16:
		return "." + pick(g.r, []string{"saveInPredicates", "saveOutPredicates"}) + `("` + g.tag() + `")`, ""
	case 17:
		return ".labelContext(" + pick(g.r, []string{`"<l>"`, `["<l>", "<m>"]`, "null", `g.V("<m>")`}) + ")", ""
	case 18:
		return ".filter(" + pick(g.r, []string{"gt(5)", `lt("<c>")`, `like("%a%")`, `regex("t.x")`, `regex("a|b", true)`, "lte(7)", `gte("text")`}) + ")", ""
	case 19:
		return ".is(" + g.node() + ", " + g.node() + ")", ""
	case 20:
		return "." + pick(g.r, []string{"follow", "followR"}) + "(g.M()" + g.morphism() + ")", ""
	case 21:
		by := g.morphism()
		if !g.plain && g.r.IntN(2) == 0 {
			by += g.repeated()
		}
		return ".followRecursive(g.M()" + by + pick(g.r, []string{"", ", 2", ", -1"}) + ")", ""
	case 24:
		return ".optional(g.M()" + g.morphism() + `.tag("` + g.tag() + `"))`, ""
	case 22:
		return `.followRecursive("<p>", "` + g.tag() + `")`, ""
	}
	return ".order()", ""
}

// repeated writes a step of a recursion that looks at all the rows so far, or
// at rows that do not begin where the recursion stands.
func (g *generator) repeated() string {
	return pick(g.r, []string{
		".unique()", ".order()", ".out().labels()", ".inPredicates()", ".both()", ".labelContext(\"<l>\").out()",
		".and(" + g.path(1) + ")", ".or(" + g.path(1) + ")", ".except(" + g.path(1) + ")",
		`.optional(g.M().out("<p>").tag("` + g.tag() + `"))`, `.saveOpt("<q>", "` + g.tag() + `")`,
		".followRecursive(g.M()" + g.morphism() + `, "` + g.tag() + `")`,
	})
}

// morphism writes steps that can be walked either way.
func (g *generator) morphism() string {
	var b strings.Builder
	for range 1 + g.r.IntN(2) {
		b.WriteString(pick(g.r, []string{".out(" + g.via() + ")", ".in(" + g.via() + ")", `.has("<p>")`, `.tag("` + g.tag() + `")`}))
	}
	return b.String()
}
