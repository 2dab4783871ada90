package web_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"kg/cmd/kg/web"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/schema"
)

// TestManyAnswers: the page of a question with more answers than are explained tells
// how many there are, and each of its parts has its rows.
func TestManyAnswers(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	const many = 1250
	for i := range many {
		fmt.Fprintf(&text, "<https://e.x/hub> <https://e.x/has> <https://e.x/n/%d> <https://e.x/g> .\n", i)
	}
	in := graph.QuadsFile{Name: "many.nq", Format: graph.NQuads, Size: int64(text.Len()), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(text.String())), nil
	}}
	s := graphtest.Pages(t, func(s *graph.Store) error {
		_, err := s.LoadQuads(context.Background(), []graph.QuadsFile{in}, graph.QuadsOptions{Base: schema.DefaultBase})
		return err
	})
	server := web.New(options(t, func(bool) *graph.View { return s.View(schema.DefaultBase) }))
	seen := map[string]bool{}
	for page, want := range map[int]int{1: 100, 2: 100, 13: 50, 99: 50} {
		body := get(t, server, fmt.Sprintf("/query/neighbours?entity=https://e.x/hub&limit=100&page=%d", page), 200)
		has(t, body, "1,250 answers")
		if got := strings.Count(body, `<tbody role="rowgroup"`); got != want {
			t.Errorf("part %d has %d rows, not %d", page, got, want)
		}
		seen[between(body, `<tbody role="rowgroup"`, "</tbody>")] = true
	}
	if len(seen) != 3 { // the last one twice
		t.Errorf("%d parts begin differently", len(seen))
	}
	has(t, get(t, server, "/query/neighbours?entity=https://e.x/hub&filter=1249", 200), "1 of 1,250 answers")
}
