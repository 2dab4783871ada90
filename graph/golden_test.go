package graph_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The ontology's quads are left out: they are not what is tested, and would
// change the golden file with every new kind.
func TestGolden(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for line := range strings.Lines(export(t, scratch(t, ferry))) {
		if !strings.HasSuffix(line, " <https://kg.example/ontology> .\n") {
			b.WriteString(line)
		}
	}
	golden := filepath.Join("testdata", "ferry.nq")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, wanted := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(got), len(wanted)) {
		if got[i] != wanted[i] {
			t.Fatalf("%s:%d:\ngot  %s\nwant %s\n(go test ./graph -update, if it should)", golden, i+1, got[i], wanted[i])
		}
	}
	if len(got) != len(wanted) {
		t.Fatalf("%s has %d lines, the export %d", golden, len(wanted), len(got))
	}
}
