package schema

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// A number is what the pattern says, part for part.
func TestCutNumber(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`^-?([0-9]+)(?:\.([0-9]+))?$`)
	const letters = "00123..-, e\n٣"
	right := 0
	for seed := range uint64(20000) {
		r := rand.New(rand.NewPCG(seed, 4))
		var text []byte
		for range r.IntN(7) {
			text = append(text, letters[r.IntN(len(letters))])
		}
		whole, fraction, ok := cutNumber(string(text))
		want := pattern.FindStringSubmatch(string(text))
		if ok != (want != nil) || ok && (whole != want[1] || fraction != want[2]) {
			t.Fatalf("%q is %q and %q, %t; the pattern has %q", text, whole, fraction, ok, want)
		}
		if ok {
			right++
		}
	}
	if right < 1000 {
		t.Errorf("only %d of the texts were numbers", right)
	}
}
