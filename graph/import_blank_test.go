package graph_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/testsize"
)

// quadsHash is the hash of a store of one text.
func quadsHash(t *testing.T, name, quads string) string {
	t.Helper()
	path := storePath(t)
	for range 2 { // the second time, nothing comes
		opt := graph.LoadOptions{Base: base, Label: quad.IRI("a:w3c")}
		if _, err := loadQuadsAt(context.Background(), path, []graph.QuadsFile{text(name, quads)}, opt); err != nil {
			t.Fatal(err)
		}
	}
	return hash(t, open(t, path))
}

// Each text of W3C's suite and its canonical form are one graph to the store,
// and so they are with CRLF, a comment and other labels.
func TestEqualGraphsHashEqual(t *testing.T) {
	t.Parallel()
	const folder = "../internal/rdf/canon/testdata/w3c/rdf-canon/rdfc10/"
	actions, err := filepath.Glob(folder + "*-in.nq")
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	actions = actions[:len(actions)/testsize.Of(8, 1)]
	for _, action := range actions {
		result := strings.TrimSuffix(action, "-in.nq") + "-rdfc10.nq"
		in, err := os.ReadFile(action)
		if err != nil {
			t.Fatal(err)
		}
		form, err := os.ReadFile(result)
		if err != nil {
			continue // a map only
		}
		pairs++
		other := "# a comment more\r\n" + strings.ReplaceAll(strings.ReplaceAll(string(form), "_:c14n", "_:other"), "\n", "\r\n")
		want := quadsHash(t, "in.nq", string(in))
		for name, quads := range map[string]string{"form.nq": string(form), "other.nq": other} {
			if got := quadsHash(t, name, quads); got != want {
				t.Errorf("%s and %s: the hashes differ", action, name)
			}
		}
	}
	if pairs < testsize.Of(6, 50) {
		t.Errorf("only %d pairs", pairs)
	}
}
