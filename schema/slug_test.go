package schema

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// IsSlug is the pattern that it stands for.
func TestSlugIsPattern(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	r, slugs := rand.New(rand.NewPCG(1, 2)), 0
	for range 20_000 {
		text := make([]byte, r.IntN(6))
		for i := range text {
			text[i] = "az09--_A \né"[r.IntN(12)]
		}
		if IsSlug(string(text)) != pattern.Match(text) {
			t.Fatalf("%q: %v", text, IsSlug(string(text)))
		}
		if IsSlug(string(text)) {
			slugs++
		}
	}
	if slugs < 100 {
		t.Errorf("%d slugs in all", slugs)
	}
}
