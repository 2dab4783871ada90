package graph_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"kg/graph"
)

// deciderEnv makes a child of TestKillDecisions decide rather than load.
const deciderEnv = "KG_TEST_DECIDE"

// replacements are two versions of what another graph has under a label.
var replacements = []string{foreignQuads, "<https://e.example/s> <https://e.example/p> \"another\" <https://e.example/g> .\n"}

// decideForever retracts and restores a source, and replaces a label's quads, until
// it is killed.
func decideForever(path string) {
	fmt.Println("ready")
	for i := os.Getpid(); ; i++ { // so that either version may come first
		if err := decideOnce(path, replacements[i%2]); err != nil {
			fmt.Println("failed:", err)
			return
		}
	}
}

func decideOnce(path, quads string) error {
	ctx := context.Background()
	s, err := graph.OpenToWrite(path, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	on := iri("kg:source/told")
	if s.View(base).Retraction(on) == nil {
		if _, err := s.Retract(ctx, on, options("withdrawn")); err != nil {
			return err
		}
	}
	if _, err := s.Restore(ctx, on, options("checked again")); err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	_, err = loadQuadsAt(ctx, path, []graph.QuadsFile{text("v.nq", quads)},
		graph.LoadOptions{Base: base, Label: iri("https://e.example/g"), Replace: true})
	return err
}

// TestKillDecisions kills those who decide and replace at any moment: a source is
// retracted or not, a label has the one version or the other, and nothing else
// changes.
func TestKillDecisions(t *testing.T) {
	t.Parallel()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("takes some seconds, and SIGKILL")
	}
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, lent, told)
	loadText(t, path, replacements[0])
	start := time.Now()
	graphs := map[string]int{}
	for i := range 2 {
		graphs[bareHash(t, open(t, path))] = 0
		if err := decideOnce(path, replacements[1-i]); err != nil {
			t.Fatal(err)
		}
	}
	while := time.Since(start)
	seen := map[bool]int{}
	// On a busy machine all of the first kills may come before the first commit.
	for i := 0; i < 25 || i < 100 && slices.Contains(slices.Collect(maps.Values(graphs)), 0); i++ {
		killLoader(t, path, rand.N(while+time.Duration(i)*while/10), deciderEnv+"=1")
		s := open(t, path)
		h := bareHash(t, s)
		if _, ok := graphs[h]; !ok {
			t.Fatalf("kill %d: the graph without decisions is neither version", i)
		}
		graphs[h]++
		retracted := s.View(base).Retraction(iri("kg:source/told")) != nil
		known, err := s.View(base).Claim(t.Context(), iri("kg:source/told/claim/both"))
		if err != nil || (known == nil) != retracted {
			t.Fatalf("kill %d: retracted %v, and the claim is %v, %v", i, retracted, known, err)
		}
		seen[retracted]++
		checkWhole(t, s)
	}
	t.Logf("versions %v, retracted %v", graphs, seen)
	for _, n := range graphs {
		if n == 0 {
			t.Errorf("no kill left one of the versions: %v", graphs)
		}
	}
}
