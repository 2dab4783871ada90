package graph_test

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"kg/graph"
	"kg/schema"
)

// Claims in one place come by their IRIs from a snapshot too, whose numbers do not
// ascend as IRIs do where one begins with the other.
func TestClaimOrderTies(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	source := base.Source("a")
	for _, n := range []int{1, 17, 2, 170, 20, 1700} {
		claim := fmt.Sprintf("%s/claim/c%d", string(source), n)
		for predicate, object := range map[string]string{string(schema.FromSource): string(source), string(schema.Type): string(schema.ClaimClass), string(schema.AnnotatedBy): "https://e.x/ann"} {
			fmt.Fprintf(&text, "<%s> <%s> <%s> <%s> .\n", claim, predicate, object, string(source))
		}
	}
	s, err := graph.Create(filepath.Join(t.TempDir(), "x.db"), func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	file := graph.QuadsFile{Name: "x.nq", Format: graph.NQuads, Size: int64(text.Len()), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(text.String())), nil
	}}
	if _, err := s.LoadQuads(t.Context(), []graph.QuadsFile{file}, graph.LoadOptions{Base: base}); err != nil {
		t.Fatal(err)
	}
	v := s.WholeView(base)
	list, err := v.SourceClaims(t.Context(), source)
	if err != nil || len(list) != 6 {
		t.Fatalf("%d claims, %v", len(list), err)
	}
	sameOrder(t, v, source, list)
}
