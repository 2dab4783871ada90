package session

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
)

// told is what two sources tell: of a payment its payer in one claim, and its amount or
// its date in another one.
const told = `<c/1> <source> <s/1> <c/1> .
<c/2> <source> <s/1> <c/2> .
<c/3> <source> <s/2> <c/3> .
<c/4> <source> <s/2> <c/4> .
<pay> <payer> <ann> <c/1> .
<pay> <amount> <ten> <c/2> .
<pay> <payer> <ann> <c/3> .
<pay> <date> <may> <c/4> .
<gift> <payer> <bob> <c/2> .
`

// TestOneContext: what one source tells goes together, and not with what another one
// does.
func TestOneContext(t *testing.T) {
	t.Parallel()
	const context = `.oneContext(g.V().tag("s").in("<source>"))`
	tests := []struct{ text, want string }{
		{`g.V("<pay>")` + context + `.save("<payer>", "who").saveOpt("<amount>", "sum").saveOpt("<date>", "day").all()`,
			"id=<pay> s=<s/1> sum=<ten> who=<ann>\nday=<may> id=<pay> s=<s/2> who=<ann>"},
		{`g.V("<pay>")` + context + `.save("<payer>", "who").save("<amount>", "sum").all()`, "id=<pay> s=<s/1> sum=<ten> who=<ann>"},
		{`g.V("<pay>")` + context + `.save("<amount>", "sum").save("<date>", "day").all()`, ""},
		{`g.V("<pay>")` + context + `.save("<amount>", "sum").labelContext(null).save("<date>", "day").all()`, "day=<may> id=<pay> s=<s/1> sum=<ten>"},
		{`g.V("<pay>")` + context + `.out("<amount>").in("<amount>").out("<date>").all()`, ""},
		{`g.V("<pay>")` + context + `.has(["<payer>", "<amount>"]).unique().all()`, "id=<pay> s=<s/1>\nid=<pay> s=<s/2>"},
		{`g.V()` + context + `.out("<payer>").and(g.V()` + context + `.in("<payer>").has("<amount>").out("<payer>")).all()`, "id=<ann> s=<s/1>"},
		{`g.V()` + context + `.except(g.V()` + context + `.has("<amount>").has("<date>")).has("<date>").all()`, "id=<pay> s=<s/2>"},
		{`g.V("<pay>")` + context + `.save("<payer>", "who").optional(g.M().out("<amount>").tag("sum")).all()`,
			"id=<pay> s=<s/1> sum=<ten> who=<ann>\nid=<pay> s=<s/2> who=<ann>"},
		{`g.V("<pay>")` + context + `.optional(g.M().out("<amount>").tag("sum")).save("<payer>", "who").all()`, "an optional part"},
		{`g.emit(g.V()` + context + `.save("<payer>", "x").saveOpt("<payer>", "y").count())`, `value="3"^^<xsd:integer>`},
		{`g.V("<pay>")` + context + `.followRecursive("<payer>").all()`, "oneContext"},
		{`g.V("<pay>")` + context + `.shortestPath("<ann>").all()`, "oneContext"},
		{`g.V("<pay>").oneContext("<c/1>").all()`, "expected a path"},
		{`g.V("<pay>").oneContext(g.V("<c/1>")).all()`, "in common"},
	}
	onBoth(t, told, func(t *testing.T, qs graph.QuadStore) {
		for _, test := range tests {
			got := table(t, qs, test.text, Options{})
			if got != test.want && (test.want == "" || strings.Contains(test.want, "=") || !strings.Contains(got, test.want)) {
				t.Errorf("%s:\n%s\nwant:\n%s", test.text, got, test.want)
			}
		}
	})
}

// contextText writes a path whose quads are to be of one context, but for some.
func (g *generator) contextText() string {
	context := func() string {
		at := pick(g.r, []string{`g.V("<l>", "<m>").tag("s")`, `g.V("<l>").or(g.V("<m>")).tag("s")`, `g.V().tag("s").both("<p>")`, `g.V().tag("s").in()`, `g.V().tag("s").out("<q>").tag("z")`})
		return ".oneContext(" + at + ")"
	}
	text := "g.V(" + pick(g.r, []string{"", "", g.node()}) + ")" + context() + pick(g.r, []string{"", ".both()", ".out()", `.has("<p>")`})
	for range 2 + g.r.IntN(4) {
		switch g.r.IntN(8) {
		case 0:
			text += ".unique()"
		case 1:
			text += pick(g.r, []string{".and", ".or", ".except"}) + "(g.V()" + context() + g.plainStep() + pick(g.r, []string{"", g.optionalPart()}) + ")"
		case 2, 3:
			text += g.optionalPart()
		case 4:
			text += pick(g.r, []string{".labelContext(null)", context(), ".both()"})
		case 5:
			text += g.besides()
		default:
			text += g.plainStep()
		}
	}
	return text
}

// TestOneContextOracle compares rows, and how many there are, with the oracle's, and
// the evidence with the subsets of the graph that give a row.
func TestOneContextOracle(t *testing.T) {
	n := testsize.Of(80, 2000)
	var qs graph.QuadStore
	filled, apart, refused := 0, 0, 0
	for i := range n {
		data := randomGraph(rand.New(rand.NewPCG(uint64(i/50), 73)))
		for _, line := range []string{"<l> <p> <m> <m> .\n", "<m> <q> <a> <l> .\n"} { // to have some labels
			data = strings.ReplaceAll(data, line, "") + line
		}
		quads := parse(data)
		if i%50 == 0 {
			qs = fed(t, quads)
		}
		g := &generator{r: rand.New(rand.NewPCG(uint64(i), 79))}
		text := g.contextText()
		if strings.Contains(table(t, qs, text+".all()", Options{}), errUnbound.Error()) {
			refused++
			continue
		}
		ways := (&oracle{qs: memstore.New(quads...), quads: quads}).path(pathOf(t, text))
		once := strings.Contains(text, "unique")
		for _, evidence := range []bool{false, true} {
			got := rowsOf(t, qs, text+".all()", Options{Evidence: evidence})
			a, b := renderBound(ways, once, evidence), renderBound(got, once, evidence)
			if !slices.Equal(a, b) {
				t.Fatalf("query %d, evidence %v: %s\non\n%v\nexpected:\n%s\ngot:\n%s", i, evidence, text, quads, strings.Join(a, "\n"), strings.Join(b, "\n"))
			}
		}
		if got := table(t, qs, "g.emit("+text+".count())", Options{}); got != `value="`+strconv.Itoa(len(ways))+`"^^<xsd:integer>` {
			t.Fatalf("query %d: %s: counted %s, want %d\non\n%v", i, text, got, len(ways), quads)
		}
		filled += min(len(ways), 1)
		free := (&oracle{qs: memstore.New(quads...), quads: quads}).path(pathOf(t, strings.ReplaceAll(text, "oneContext", "labelContext")))
		if len(free) != len(ways) {
			apart++
		}
	}
	if filled < n/8 || filled+refused == n || apart < n/40 || refused > n*2/3 {
		t.Errorf("of %d queries %d have rows, %d others in any context, and %d are refused", n, filled, apart, refused)
	}
}

// TestOneContextWitnesses: the ways to a row are the least subsets of the graph that give
// it.
func TestOneContextWitnesses(t *testing.T) {
	n := testsize.Of(50, 600)
	tried, several := 0, 0
	for i := range n {
		g := &generator{r: rand.New(rand.NewPCG(uint64(i), 83))}
		quads := parse(randomGraph(g.r))
		quads = quads[:min(len(quads), 9)]
		text := g.contextText()
		if strings.Contains(text, "pt") || strings.Contains(text, "unique") {
			continue // what is left out, and the first of several, is no matter of subsets
		}
		tried++
		several += checkWitnesses(t, newStore(t, quads), quads, text)
	}
	if tried < n/40 || several == 0 {
		t.Errorf("of %d queries %d were tried, and %d rows have several witnesses", n, tried, several)
	}
}

// renderBound writes rows, each as often as it comes. Where only the first of several
// is kept it has only what binds it.
func renderBound(list []way, once, evidence bool) (out []string) {
	for _, w := range list {
		if once {
			w = way{node: w.node, tags: map[string]quad.Value{"s": w.tags["s"], "z": w.tags["z"]}}
		}
		out = append(out, w.render(true, evidence))
	}
	slices.Sort(out)
	return out
}
