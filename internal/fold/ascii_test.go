package fold

import (
	"math/rand/v2"
	"testing"
)

// Names in ASCII have the fold that all have, found in a shorter way.
func TestFoldASCII(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for range 20_000 {
		name := make([]byte, r.IntN(12))
		for i := range name {
			name[i] = byte(r.IntN(128))
		}
		if got, want := Words(string(name)), foldWords(string(name)); got != want {
			t.Fatalf("%q is folded to %q, not to %q", name, got, want)
		}
		if got, want := string(AppendWords([]byte("a "), name)), "a "+foldWords(string(name)); got != want {
			t.Fatalf("%q is folded to %q, not to %q", name, got, want)
		}
	}
}
