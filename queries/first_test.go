package queries_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
	"kg/queries"
	"kg/schema"
)

// TestFirstRows is the law of RunPage: its rows are the first of all, with the same
// evidence, and it counts the others. In a file terms are numbered in their order, in
// memory they are not.
func TestFirstRows(t *testing.T) {
	t.Parallel()
	o, set := bundled(t)
	article, _ := views(t, "donga-2008-04-04.yaml")
	seen := map[string]int{}
	for i := range testsize.Of(1, 5) {
		r := rand.New(rand.NewPCG(uint64(i), 57))
		v := article
		if i > 1 {
			v = viewOf(t, o, generate(r, o, "first", true), generate(r, o, "second", false))
		}
		if i%2 == 1 {
			v = inFile(t, v)
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
		if seen[name] == 0 && name != "denials" && !testing.Short() {
			t.Errorf("%s gave no rows", name)
		}
	}
}

// inFile is the graph of a view in a file.
func inFile(t *testing.T, v *graph.View) *graph.View {
	t.Helper()
	whole, err := v.WithDenied(t.Context())
	if whole == nil {
		whole = v
	}
	var quads []quad.Quad
	for q, failed := range whole.Each(t.Context(), quad.Quad{}) {
		err = cmp.Or(err, failed)
		quads = append(quads, q)
	}
	if err != nil {
		t.Fatal(err)
	}
	store, err := graph.Create(filepath.Join(t.TempDir(), "kg.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := loadQuads(store, quads); err != nil {
		t.Fatal(err)
	}
	return store.View(schema.DefaultBase)
}

func checkFirst(t *testing.T, q *queries.Query, v *graph.View, params map[string]quad.Value) int {
	t.Helper()
	all, err := q.Run(context.Background(), v, params)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 3, len(all.Rows) + 1} {
		first, err := q.RunPage(context.Background(), v, params, 0, n, 0)
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
		part, err := q.RunPage(context.Background(), v, params, n, 2*n+1, 0)
		if err != nil {
			t.Fatal(err)
		}
		want = all.Rows[min(n, len(all.Rows)):min(2*n+1, len(all.Rows))]
		if part.All != len(all.Rows) || part.From != n || !slices.EqualFunc(part.Rows, want, same) {
			t.Errorf("%s %v: from %d on are\n%v\nof %d, want\n%v\nof %d", q.Name, params, n, texts(part.Rows), part.All, texts(want), len(all.Rows))
		}
		few := 2 * n
		page, err := q.RunPage(context.Background(), v, params, n, n+1, few)
		if err != nil {
			t.Fatal(err)
		}
		whole := page.From == 0 && len(all.Rows) <= few
		if want = all.Rows[min(n, len(all.Rows)):min(n+1, len(all.Rows))]; whole {
			want = all.Rows
		}
		if page.All != len(all.Rows) || page.From != n && !whole || !slices.EqualFunc(page.Rows, want, same) {
			t.Errorf("%s %v: of a page from %d on, or all of %d, are\n%v\nof %d, want\n%v\nof %d", q.Name, params, n, few, texts(page.Rows), page.All, texts(want), len(all.Rows))
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
