package session

import (
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"

	"kg/graph/internal/store"
	"kg/internal/testsize"
)

// TestShortestHowever: the paths, their quads and their order are the same whether
// a hop is read from the index or planned, and from both ends or one.
func TestShortestHowever(t *testing.T) {
	t.Parallel()
	hops := []string{`out()`, `in()`, `both()`, `out("<p>")`, `in(["<q>", "<r>", "<none>"])`, `both("<p>")`, `out("<none>")`,
		`labelContext("<l>").both()`, `labelContext(["<l>", "<none>"], "label").out(["<p>", "<q>"])`}
	sets := []string{`"<a>"`, `["<a>", "<b>", "<none>"]`, `["<d>", "<e>"]`, `g.V().has("<p>")`, `g.V("<c>").out()`, `g.V()`}
	for i := range testsize.Of(20, 400) {
		r := rand.New(rand.NewPCG(uint64(i), 77))
		data := randomGraph(r)
		qs := scratch(parse(data)...)
		hop, context := pick(r, hops), pick(r, []string{"", `.labelContext("<m>")`, `.labelContext(["<l>", "<m>"])`})
		ask := func(by string) string {
			return fmt.Sprintf(`g.V().is(%s).tag("from")%s.shortestPath(%s, %d, g.M().%s).hops("way").all()`, strings.Trim(sets[i%2], "[]"), context, sets[i%len(sets)], 1+i%9, by)
		}
		want := table(t, qs, ask(hop), Options{Evidence: true})
		for _, same := range []string{hop + `.tag("x")`, hop + ".limit(0)", "follow(g.M()." + hop + ")"} {
			if got := table(t, qs, ask(same), Options{Evidence: true}); got != want {
				t.Fatalf("%s\n%s\nand with %s\n%s\non\n%s", ask(hop), want, same, got, data)
			}
		}
	}
}

// TestShortestAcrossStates: terms that came after the snapshot are nodes like others.
func TestShortestAcrossStates(t *testing.T) {
	t.Parallel()
	qs := newStore(t, parse("<a> <p> <b> .\n<b> <p> <c> .\n"))
	if err := add(qs, parse("<0> <p> <a> .\n<c> <p> <z> .\n<a> <p> <2> .\n<2> <p> <z> .\n")); err != nil {
		t.Fatal(err)
	}
	const want = "id=<z> way=<a> -> <p> <2> -> <p> <z>\nid=<z> way=<a> -> <p> <b> -> <p> <c> -> <p> <z>"
	if got := table(t, qs, `g.V("<a>").shortestPath("<z>", 5).hops("way").all()`, Options{}); got != want {
		t.Error(got)
	}
}

// star is a hub that leads to n leaves, each of which leads to a sink.
func star(n int) []quad.Quad {
	var quads []quad.Quad
	for i := range n {
		leaf := quad.IRI(fmt.Sprint("leaf", i))
		quads = append(quads, quad.Quad{Subject: quad.IRI("hub"), Predicate: quad.IRI("p"), Object: leaf},
			quad.Quad{Subject: leaf, Predicate: quad.IRI("p"), Object: quad.IRI("sink")})
	}
	return quads
}

// BenchmarkShortest is a shortest path across a star of 200,000 leaves, in ways that
// the search can and cannot go around, and between two actors of Cayley's movies.
func BenchmarkShortest(b *testing.B) {
	ask := func(b *testing.B, qs graph.QuadStore, name, text string, rows int) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				n := 0
				for _, err := range Run(context.Background(), qs, text, Options{}).Rows() {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != rows {
					b.Fatalf("%d rows", n)
				}
			}
		})
	}
	qs := newStore(b, star(200_000))
	ask(b, qs, "star/hub to sink", `g.V("<hub>").shortestPath("<sink>").hops("h").all()`, 1)
	ask(b, qs, "star/leaf to leaf", `g.V("<leaf7>").shortestPath("<leaf9>", 1, g.M().both()).hops("h").all()`, 1)
	ask(b, qs, "star/3 leaf to leaf", `g.V("<leaf7>").shortestPath("<leaf9>", 3, g.M().both()).hops("h").all()`, 3)
	ask(b, qs, "star/nowhere", `g.V("<hub>").shortestPath("<p>", 1, g.M().both()).hops("h").all()`, 0)
	ask(b, qs, "star/planned", `g.V("<hub>").shortestPath("<sink>", 1, g.M().out().tag("x")).hops("h").all()`, 1)
	movies := movies(b)
	for _, k := range []int{1, 3} {
		ask(b, movies, fmt.Sprint("movies/k=", k), fmt.Sprintf(`g.V("</en/humphrey_bogart>").shortestPath("</en/keanu_reeves>", %d, g.M().both()).hops("h").all()`, k), k)
		ask(b, movies, fmt.Sprint("movies/films only/k=", k), fmt.Sprintf(`g.V("</en/humphrey_bogart>").shortestPath("</en/keanu_reeves>", %d, g.M().both(["</film/film/starring>", "</film/performance/actor>"])).hops("h").all()`, k), k)
	}
}

// movies is the graph that comes with Cayley.
func movies(b *testing.B) *store.QuadStore {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		b.Skip("without Cayley's module: ", err)
	}
	f, err := os.Open(filepath.Join(strings.TrimSpace(string(dir)), "data", "30kmoviedata.nq.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	quads, err := quad.ReadAll(nquads.NewReader(z, false))
	if err != nil {
		b.Fatal(err)
	}
	return newStore(b, quads)
}
