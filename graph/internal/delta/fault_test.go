package delta

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
)

// A store that is cut while it is compared line by line is an error: its export is in a
// goroutine of its own, where a fault would end the process.
func TestByLinesOfCutStore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "some.db")
	s, err := store.Open(path, db.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	applySome(t, s, rand.New(rand.NewPCG(1, 9)), "a", 60)
	if err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	err = byLines(t.Context(), s, store.Scratch(), func(quad.Quad, bool) {})
	if err == nil || !strings.Contains(err.Error(), "overwritten") {
		t.Errorf("got %v", err)
	}
}
