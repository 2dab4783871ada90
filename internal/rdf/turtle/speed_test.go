package turtle_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
)

// TestSpeed tells at what rate Turtle is read, beside Oxigraph's parser as npm has it,
// in the same run, and holds that both read as many quads. That one also makes an
// object of each, so that N3.js's rate, which does so too, is told as well.
func TestSpeed(t *testing.T) {
	peers := os.Getenv("KG_PEERS")
	node, err := exec.LookPath("node")
	if peers == "" || err != nil {
		t.Skip("KG_PEERS does not say where the peers are, or there is no node: .ci/run installs them")
	}
	text := sample(10_000)
	file := filepath.Join(t.TempDir(), "x.ttl")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	r := turtle.NewReader(strings.NewReader(text), "x.ttl", nil)
	n := 0
	for terms := ([4]nquads.Term{}); ; n++ {
		if err := r.ReadTerms(&terms); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	ours := time.Since(start).Seconds() * 1000
	out, err := exec.Command(node, filepath.Join("..", "..", "..", "testdata", "peers", "read.cjs"), peers, "speed", file, "").Output()
	if err != nil {
		t.Skipf("the peers are not to be had: %v", err)
	}
	var quads int
	var oxigraph, n3 float64
	if _, err := fmt.Sscan(string(out), &quads, &oxigraph, &n3); err != nil || quads != n {
		t.Fatalf("%v: they read %d quads, kg %d", err, quads, n)
	}
	t.Logf("%d quads: kg %.0f ms, Oxigraph's npm build %.0f ms, N3.js %.0f ms", n, ours, oxigraph, n3)
}
