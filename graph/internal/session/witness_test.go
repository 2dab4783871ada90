package session

import (
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
)

// TestMinimalWitnesses: the ways to a row are its minimal witnesses (Buneman,
// Khanna, Tan 2001). The oracle walks every subset of a small graph; a witness
// of a row is a subset that gives it, and a minimal one contains no other.
func TestMinimalWitnesses(t *testing.T) {
	n := testsize.Of(30, 600)
	tried, several := 0, 0
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 31))
		quads := parse(randomGraph(r))
		quads = quads[:min(len(quads), 9)]
		g := &generator{r: r}
		text := recursiveText(g)
		if i%2 > 0 {
			if text = g.path(2 + r.IntN(4)); !comparableText(text) {
				continue
			}
		}
		tried++
		several += checkWitnesses(t, newStore(t, quads), quads, text)
	}
	if tried < n/4 || several < n/20 {
		t.Errorf("of %d queries only %d could be compared, and %d rows had several witnesses", n, tried, several)
	}
}

// recursiveText writes a recursion whose rows show what it met and how many walks
// that took, so that a subset gives a row only by one of its shortest ways.
func recursiveText(g *generator) string {
	text := fmt.Sprintf("g.V(%s, %s)", g.node(), g.node())
	if g.r.IntN(2) == 0 {
		text += ".out()"
	}
	text += pick(g.r, []string{`.followRecursive(["<p>", "<q>"], "depth")`, `.followRecursive(g.M().both("<p>"), "depth")`, `.followRecursive(g.M().out().has("<p>"), "depth")`,
		`.followRecursive(g.M().out().unique(), "depth")`, `.followRecursive(g.M().in().order(), "depth")`, `.followRecursive(g.M().out().and(g.V().in()), "depth")`,
		`.followRecursive(g.M().out("<p>").or(g.V("<a>").in("<q>")), "depth")`})
	return text + pick(g.r, []string{"", `.tag("met").in()`, `.save("<q>", "s")`})
}

// comparableText reports whether rows do not depend on which of several ways is the
// first: a step that keeps one way keeps its tags.
func comparableText(text string) bool {
	first := strings.Contains(text, "unique") || strings.Contains(text, "Predicates()") || strings.Contains(text, "labels()")
	return !strings.Contains(text, "followRecursive") && (!first || !strings.Contains(text, `"t`))
}

// checkWitnesses returns how many rows have several witnesses.
func checkWitnesses(t *testing.T, qs graph.QuadStore, quads []quad.Quad, text string) (several int) {
	t.Helper()
	got := map[string][]uint{}
	for row, err := range Run(context.Background(), qs, text+".all()", Options{Evidence: true}).Rows() {
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if row.MoreWays {
			return 0
		}
		w := way{node: row.Get("id")}.with(nil, nil)
		for name, v := range row.All() {
			if name != "id" {
				w.tags[name] = v
			}
		}
		for _, quads2 := range readWays(row) {
			set := uint(0)
			for _, q := range quads2 {
				set |= 1 << slices.Index(quads, q)
			}
			key := w.render(true, false)
			got[key] = append(got[key], set)
		}
	}
	for row, sets := range got {
		got[row] = minimalSets(sets)
	}
	want := minimalWitnesses(memstore.New(quads...), quads, pathOf(t, text))
	for _, sets := range want {
		if len(sets) > 1 {
			several++
		}
	}
	if fmt.Sprint(want) != fmt.Sprint(got) {
		t.Errorf("%s on\n%v\nminimal subsets:\n%v\nways:\n%v", text, quads, want, got)
	}
	return several
}

// minimalWitnesses tries all subsets.
func minimalWitnesses(qs graph.QuadStore, quads []quad.Quad, p *path) map[string][]uint {
	rows := map[string][]uint{}
	for _, w := range (&oracle{qs: qs, quads: quads}).path(p) {
		rows[w.render(true, false)] = nil
	}
	for set := range uint(1) << len(quads) {
		some := []quad.Quad{}
		for i, q := range quads {
			if set&(1<<i) != 0 {
				some = append(some, q)
			}
		}
		given := map[string]bool{}
		for _, w := range (&oracle{qs: qs, quads: some, whole: quads}).path(p) {
			given[w.render(true, false)] = true
		}
		for row := range given {
			if _, ok := rows[row]; ok {
				rows[row] = append(rows[row], set)
			}
		}
	}
	for row, sets := range rows {
		rows[row] = minimalSets(sets)
	}
	return rows
}

// minimalSets keeps the sets that contain no other, in order.
func minimalSets(sets []uint) []uint {
	slices.SortFunc(sets, func(a, b uint) int {
		if d := bits.OnesCount(a) - bits.OnesCount(b); d != 0 {
			return d
		}
		return int(a) - int(b)
	})
	var minimal []uint
	for _, set := range sets {
		if !slices.ContainsFunc(minimal, func(m uint) bool { return m&set == m }) {
			minimal = append(minimal, set)
		}
	}
	return minimal
}
