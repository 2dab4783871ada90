package queries_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"kg/graph"
	"kg/queries"
)

// TestFirstRows is the law of RunPart: its rows are the first of all, with the same
// evidence, and it counts the others.
func TestFirstRows(t *testing.T) {
	t.Parallel()
	o, set := bundled(t)
	article, _ := views(t, "donga-2008-04-04.yaml")
	seen, graphs := map[string]int{}, 4
	if testing.Short() {
		graphs = 2
	}
	for i := range graphs {
		r := rand.New(rand.NewPCG(uint64(i), 57))
		v := article
		if i > 0 {
			v = viewOf(t, o, generate(r, o, "first", true), generate(r, o, "second", false))
		}
		for _, name := range set.Names() {
			for _, args := range argumentsOf(o, set[name]) {
				params, err := set[name].Bind(context.Background(), v, args)
				if err == nil {
					seen[name] += checkFirst(t, set[name], v, params)
				}
			}
		}
	}
	for _, name := range set.Names() {
		if seen[name] == 0 && name != "denials" {
			t.Errorf("%s gave no rows", name)
		}
	}
}

func checkFirst(t *testing.T, q *queries.Query, v *graph.View, params queries.Params) int {
	t.Helper()
	all, err := q.Run(context.Background(), v, params)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 3, len(all.Rows) + 1} {
		first, err := q.RunPart(context.Background(), v, params, 0, n)
		if err != nil {
			t.Fatal(err)
		}
		want := all.Rows[:min(n, len(all.Rows))]
		same := func(a, b queries.Row) bool {
			return slices.Equal(a.Texts(), b.Texts()) && maps.Equal(claimsOf(a), claimsOf(b)) &&
				fmt.Sprint(a.Cells) == fmt.Sprint(b.Cells) && len(a.Evidence.Witnesses) == len(b.Evidence.Witnesses)
		}
		if first.All != len(all.Rows) || !slices.EqualFunc(first.Rows, want, same) {
			t.Errorf("%s %v: the first %d are\n%v\nof %d, want\n%v\nof %d", q.Name, params, n, texts(first.Rows), first.All, texts(want), len(all.Rows))
		}
		part, err := q.RunPart(context.Background(), v, params, n, 2*n+1)
		if err != nil {
			t.Fatal(err)
		}
		want = all.Rows[min(n, len(all.Rows)):min(2*n+1, len(all.Rows))]
		if part.All != len(all.Rows) || part.From != n || !slices.EqualFunc(part.Rows, want, same) {
			t.Errorf("%s %v: from %d on are\n%v\nof %d, want\n%v\nof %d", q.Name, params, n, texts(part.Rows), part.All, texts(want), len(all.Rows))
		}
	}
	return len(all.Rows)
}

func texts(rows []queries.Row) (list [][]string) {
	for _, r := range rows {
		list = append(list, r.Texts())
	}
	return list
}
