package graph_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// ladder is a graph in which each node of a step leads to so many of the next.
func ladder(steps, wide int) string {
	var b strings.Builder
	for s := range steps {
		for n := range wide {
			for m := range 3 {
				fmt.Fprintf(&b, "<https://x.example/n%d-%d> <https://x.example/next> <https://x.example/n%d-%d> <https://x.example/g> .\n", s, n, s+1, (n*7+m)%wide)
			}
			fmt.Fprintf(&b, "<https://x.example/n%d-%d> <https://x.example/size> \"%d\"^^<http://www.w3.org/2001/XMLSchema#integer> <https://x.example/g> .\n", s, n, n)
		}
	}
	return b.String()
}

func loadLines(s *graph.Store, t testing.TB, text string) error {
	file := graph.QuadsFile{Name: "ladder", Format: graph.NQuads, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
	_, err := s.LoadQuads(t.Context(), []graph.QuadsFile{file}, graph.LoadOptions{Base: base})
	return err
}

// answersOf are the rows of a query.
func answersOf(v *graph.View, text string) (list []string, err error) {
	rows, err := rowsOf(v.Gizmo(context.Background(), text, nil, false))
	for _, r := range rows {
		row := fmt.Sprint(r.MoreWays, r.Untraced)
		for name, value := range r.All() {
			row += fmt.Sprintf(" %s=%s", name, quad.StringOf(value))
		}
		list = append(list, row)
	}
	return list, err
}

// TestStatementsPerStep holds that a question costs statements by its steps, and not by
// the nodes that it comes by.
func TestStatementsPerStep(t *testing.T) {
	const from = `g.V("<https://x.example/n0-0>")`
	via := strings.Repeat(`.out("<https://x.example/next>")`, 4)
	cases := []struct {
		question string
		most     int // statements
	}{
		{from + via + ".unique().all()", 7},
		{from + via + `.has("<https://x.example/size>", gt(3)).unique().all()`, 8},
		{from + `.followRecursive("<https://x.example/next>").all()`, 10},
		{`g.V("<https://x.example/n6-0>").followRecursive(g.M().in("<https://x.example/next>")).all()`, 18},
		{from + `.out().out().in().unique().count()`, 8},
	}
	for _, wide := range []int{20, 600} {
		address, twin := remote(t), graph.Scratch()
		defer twin.Close()
		text := ladder(6, wide)
		if err := loadLines(twin, t, text); err != nil {
			t.Fatal(err)
		}
		if err := changing(t, address, func(s *graph.Store) error { return loadLines(s, t, text) }); err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			want, err := answersOf(twin.View(base), c.question)
			if err != nil || len(want) == 0 {
				t.Fatal(want, err)
			}
			got, statements, _, err := askedStore(t, address, func(s *graph.Store) ([]string, error) { return answersOf(s.View(base), c.question) })
			if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("%s: got %d rows, want %d: %v", c.question, len(got), len(want), err)
			}
			if statements > c.most {
				t.Errorf("%s on %d nodes a step: %d statements, want %d at most", c.question, wide, statements, c.most)
			}
			t.Logf("%d wide: %d rows, %d statements: %s", wide, len(got), statements, c.question)
		}
	}
}
