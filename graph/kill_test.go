package graph_test

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kg/data"
	"kg/graph"
	"kg/internal/document"
)

// childEnv holds the store that a child of TestKill loads into.
const childEnv = "KG_TEST_LOAD"

// version is one of two versions of a source that differ in nearly every
// claim, which with the ontology make some thousand quads.
func version(v int) string {
	var entities, claims strings.Builder
	for i := range 120 {
		fmt.Fprintf(&entities, "company-%d: {kind: Company, name: Company %[1]d}\n", i)
		fmt.Fprintf(&claims, "claim-%d-%d: {says: Statement %[1]d., at: §, edges: {company-%[1]d: {trade: trade %[2]d}}}\n", i, v)
	}
	return herald("big", entities.String(), claims.String())
}

// child is what the test's own binary does when TestKill starts it: it loads
// one version after the other, until it is killed.
func child() bool {
	path := os.Getenv(childEnv)
	if path == "" {
		return false
	}
	if address := os.Getenv(pullerEnv); address != "" {
		pullForever(address, path)
		return true
	}
	if os.Getenv(deciderEnv) != "" {
		decideForever(path)
		return true
	}
	var versions []*document.Checked
	for v := range 2 {
		doc, err := data.Read("big.yaml", []byte(version(v)), ontology(), base)
		if err != nil {
			fmt.Println("failed:", err)
			return true
		}
		versions = append(versions, doc)
	}
	fmt.Println("ready")
	for i := 1; ; i++ {
		_, err := loadAt(context.Background(), path, ontology(), versions[i%2:i%2+1], graph.LoadOptions{Base: base, Replace: true})
		if err != nil {
			fmt.Println("failed:", err)
			return true
		}
	}
}

// TestKill kills loaders at any moment, 60 of them in two stores. That a store
// outlives a kill says nothing of a power failure, which no test can make.
func TestKill(t *testing.T) {
	t.Parallel()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("takes some seconds, and SIGKILL")
	}
	for n := range 2 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			killLoaders(t, 30)
		})
	}
}

func killLoaders(t *testing.T, kills int) {
	path := storePath(t)
	states := map[string]int{hash(t, scratch(t, version(0))): 0, hash(t, scratch(t, version(1))): 0}
	load(t, path, graph.LoadOptions{}, version(0))
	docs, start := docs(t, version(1)), time.Now()
	if _, err := loadAt(context.Background(), path, ontology(), docs, graph.LoadOptions{Base: base, Replace: true}); err != nil {
		t.Fatal(err)
	}
	while := 3 * time.Since(start) // in which a loader writes both versions
	// On a busy machine all of the first kills may come before the first commit.
	for i := 0; i < kills || i < 4*kills && slices.Contains(slices.Collect(maps.Values(states)), 0); i++ {
		killLoader(t, path, rand.N(while+time.Duration(i)*while/10))
		store := open(t, path)
		h := hash(t, store)
		if _, ok := states[h]; !ok {
			t.Fatalf("kill %d: the store is neither version", i)
		}
		states[h]++
		checkWhole(t, store)
	}
	for h, n := range states {
		if n == 0 {
			t.Errorf("no kill left version %s: %v", h, states)
		}
	}
	load(t, path, graph.LoadOptions{Replace: true}, version(0))
	load(t, path, graph.LoadOptions{Replace: true}, version(1))
	for _, name := range names(t, path) {
		if strings.Contains(name, ".tmp-") {
			t.Errorf("the next load left %s", name)
		}
	}
	if _, ok := states[hash(t, open(t, path))]; !ok {
		t.Error("the next load left neither version")
	}
}

// killLoader starts a loader and kills it a while after it has begun.
func killLoader(t *testing.T, path string, after time.Duration, env ...string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), childEnv+"="+path), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		t.Errorf("the loader says %q", lines.Text())
	}
	time.Sleep(after)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		t.Errorf("the loader says %q", lines.Text())
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		t.Fatalf("the loader ended by itself: %v", err)
	}
}
