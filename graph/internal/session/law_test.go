package session

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"

	"kg/internal/testsize"
)

// laws calls check with random graphs, on each kind of store, with and without
// evidence, and with a generator of paths.
func laws(t *testing.T, seed uint64, check func(t *testing.T, g *generator, rows func(text string) []string)) {
	n := testsize.Of(5, 250)
	for i := range n {
		data := randomGraph(rand.New(rand.NewPCG(uint64(i), seed)))
		quads := parse(data)
		qs := graph.QuadStore(scratch(quads...))
		if i%2 == 0 {
			qs = newStore(t, quads)
		}
		for _, evidence := range []bool{false, true} {
			g := &generator{r: rand.New(rand.NewPCG(uint64(i), seed+1))}
			check(t, g, func(text string) []string {
				var list []string
				for _, w := range rowsOf(t, qs, text, Options{Evidence: evidence}) {
					list = append(list, w.render(true, false))
				}
				return list
			})
			if t.Failed() {
				t.Fatalf("evidence %v, store %T, on\n%s", evidence, qs, data)
			}
		}
	}
}

// TestPages: a page of a path's rows has as many as it must, and each is one of
// them.
func TestPages(t *testing.T) {
	laws(t, 41, func(t *testing.T, g *generator, rows func(string) []string) {
		text := g.path(1 + g.r.IntN(3))
		all := rows(text + ".all()")
		skip, limit := g.r.IntN(4), g.r.IntN(4)
		for page, want := range map[string]int{
			fmt.Sprintf(".skip(%d)", skip):                    max(len(all)-skip, 0),
			fmt.Sprintf(".limit(%d)", limit+1):                min(len(all), limit+1),
			fmt.Sprintf(".skip(%d).limit(%d)", skip, limit+1): min(max(len(all)-skip, 0), limit+1),
			fmt.Sprintf(".limit(%d).skip(%d)", limit+1, skip): max(min(len(all), limit+1)-skip, 0),
		} {
			got := rows(text + page + ".all()")
			if len(got) != want || !slices.Equal(common(got, all), sorted(got)) {
				t.Errorf("%s%s: %d rows of %d, want %d", text, page, len(got), len(all), want)
			}
		}
	})
}

// TestRecursionOnce: no two rows of a recursion are alike, and those with a tag at
// its start are those of each start.
func TestRecursionOnce(t *testing.T) {
	laws(t, 43, func(t *testing.T, g *generator, rows func(string) []string) {
		from := g.path(g.r.IntN(3))
		if g.r.IntN(3) == 0 {
			from += `.labelContext(null, "of").out()` + pick(g.r, []string{"", ".labelContext(null)"})
		}
		for _, by := range []string{`"<p>", "depth"`, `g.M().both()`, `g.M().out().tag("last"), 2`, `["<p>", "<q>"]`} {
			text := from + ".followRecursive(" + by + ")"
			got := sorted(rows(text + ".all()"))
			if len(slices.Compact(slices.Clone(got))) != len(got) {
				t.Errorf("%s: rows that are alike:\n%s", text, strings.Join(got, "\n"))
			}
			if more := rows(text + ".unique().all()"); len(more) > len(got) {
				t.Errorf("%s: %d nodes in %d rows", text, len(more), len(got))
			}
		}
	})
}

// TestBackTwice: the way back to the start leads there again and again, and
// takes no row with it.
func TestBackTwice(t *testing.T) {
	laws(t, 47, func(t *testing.T, g *generator, rows func(string) []string) {
		start := `g.V(` + g.node() + `, ` + g.node() + `)`
		for text, once := range map[string]string{
			".out().back().back()":                           ".out().back()",
			".out().back().in().back()":                      ".out().back().and(" + start + ".in().back())",
			`.tag("s").out().back("s").back("s")`:            `.tag("s").out().back("s")`,
			`.tag("s").out().tag("m").in().back("m").back()`: `.tag("s").out().tag("m").in().back("s")`,
		} {
			got, want := rows(start+text+".all()"), rows(start+once+".all()")
			if !slices.Equal(common(got, want), sorted(got)) || !slices.Equal(common(want, got), sorted(want)) {
				t.Errorf("%s%s:\n%s\nwant\n%s", start, text, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	})
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// common are the members of list that other has, too.
func common(list, other []string) []string {
	return slices.DeleteFunc(sorted(list), func(s string) bool { return !slices.Contains(other, s) })
}
