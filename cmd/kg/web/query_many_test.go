package web_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
		_, err := s.LoadQuads(context.Background(), []graph.QuadsFile{in}, graph.LoadOptions{Base: schema.DefaultBase})
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

// TestPartDrawn: the picture and the timeline of a part of an answer say that it is one.
func TestPartDrawn(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString("source: {id: s, title: S, publisher: p, annotator: p, date: 2020, language: en}\n" +
		"entities: {p: NewsMedia P, ann: Person Ann Lee, bo: Person Bo Kim}\nclaims:\n")
	for i := range 1100 {
		fmt.Fprintf(&text, "  c%d: {see: \"https://e.x/\", edges: {m%[1]d: {is: Meeting (Meeting %[1]d), participant: [ann, bo], date: 2019-01-%02d, status: done}}}\n", i, 1+i%28)
	}
	file := filepath.Join(t.TempDir(), "many.yaml")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	server := web.New(options(t, views(t, file)))
	body := get(t, server, "/query/timeline?limit=100", 200)
	has(t, body, "1,100 answers", "edges behind these answers", "20 later ones are not drawn: search by words")
	body = get(t, server, "/query/timeline?limit=100&sort=date", 200)
	has(t, body, "edges behind the answer", "1,020 later ones are not drawn: filter")
}
