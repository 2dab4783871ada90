package graph_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kg/graph"
	"kg/internal/testsize"
)

// randomLines is a graph in which names meet often: nodes that are predicates and
// labels, too, numbers, texts, one triple under several labels.
func randomLines(r *rand.Rand) string {
	var b strings.Builder
	nodes := []string{"a", "b", "c", "d", "e", "f", "p", "l"}
	for range 30 + r.IntN(60) {
		object := "<https://x.example/" + nodes[r.IntN(len(nodes))] + ">"
		switch r.IntN(5) {
		case 0:
			object = fmt.Sprintf(`"%d"^^<http://www.w3.org/2001/XMLSchema#integer>`, r.IntN(20))
		case 1:
			object = fmt.Sprintf(`"text %d"`, r.IntN(9))
		}
		fmt.Fprintf(&b, "<https://x.example/%s> <https://x.example/%s> %s <https://x.example/%s> .\n",
			nodes[r.IntN(len(nodes))], []string{"p", "q", "r"}[r.IntN(3)], object, []string{"l", "m"}[r.IntN(2)])
	}
	return b.String()
}

// randomPath is a path of Gizmo without its beginning.
func randomPath(r *rand.Rand, depth int) string {
	iri := func(names string) string {
		return fmt.Sprintf(`"<https://x.example/%c>"`, names[r.IntN(len(names))])
	}
	other := func() string { return "g.V(" + iri("abcdefp") + ")" + randomPath(r, depth-1) }
	var b strings.Builder
	for range 1 + r.IntN(3) {
		n := r.IntN(17)
		if depth == 0 && n > 11 {
			n -= 8
		}
		switch n {
		case 0, 1:
			b.WriteString(".out(" + iri("pqr") + ")")
		case 2, 3:
			b.WriteString(".in(" + iri("pqr") + ")")
		case 4:
			b.WriteString(".both(" + iri("pqr") + ")")
		case 5:
			b.WriteString(".out()")
		case 6:
			b.WriteString(".has(" + iri("pqr") + ", gt(" + fmt.Sprint(r.IntN(15)) + "))")
		case 7:
			b.WriteString(".has(" + iri("pqr") + ", " + iri("abcdef") + ")")
		case 8:
			b.WriteString(".save(" + iri("pqr") + `, "s` + fmt.Sprint(r.IntN(3)) + `")`)
		case 9:
			b.WriteString(".filter(regex(\"[a-d]\"))")
		case 10:
			b.WriteString(`.labelContext("<https://x.example/l>")`)
		case 11:
			b.WriteString(".unique()")
		case 12:
			b.WriteString(".or(" + other() + ")")
		case 13:
			b.WriteString(".and(" + other() + ")")
		case 14:
			b.WriteString(".except(" + other() + ")")
		case 15:
			b.WriteString(".followRecursive(" + iri("pqr") + ")")
		case 16:
			b.WriteString(".skip(1).limit(4)")
		}
	}
	return b.String()
}

// TestRemoteRandomPaths holds random paths on a server against the embedded store, which
// others hold against a naive evaluator: the same rows, in the same order.
func TestRemoteRandomPaths(t *testing.T) {
	t.Parallel()
	graphs, paths := testsize.Of(1, 3), testsize.Of(40, 60)
	for n := range graphs {
		r := rand.New(rand.NewPCG(uint64(n), 7))
		address, twin := remote(t), graph.Scratch()
		defer twin.Close()
		text := randomLines(r)
		if err := loadLines(twin, t, text); err != nil {
			t.Fatal(err)
		}
		if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, text) }); err != nil {
			t.Fatal(err)
		}
		found := 0
		for range paths {
			question := "g.V()"
			if r.IntN(3) > 0 {
				question = fmt.Sprintf(`g.V("<https://x.example/%c>")`, "abcdef"[r.IntN(6)])
			}
			path := question + randomPath(r, 2)
			question = path + ".all()"
			if r.IntN(3) == 0 {
				question = "g.emit(" + path + ".count())"
			}
			want, wantErr := answersOf(twin.View(base), question)
			got, statements, _, err := askedStore(t, address, func(s *graph.Store) ([]string, error) { return answersOf(s.View(base), question) })
			if fmt.Sprint(err) != fmt.Sprint(wantErr) || strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("graph %d: %s\ngot %q %v\nwant %q %v", n, question, got, err, want, wantErr)
			}
			if most := 60; statements > most {
				t.Errorf("graph %d: %s: %d statements", n, question, statements)
			}
			found += len(want)
		}
		if found == 0 {
			t.Error("no path found anything")
		}
	}
}
