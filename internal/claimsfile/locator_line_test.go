package claimsfile

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// A locator on a line is parsed as the pattern parses it, field by field.
func TestCutPlace(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`^(?:([0-9]+)/)?([0-9]+):([0-9]+)-([0-9]+) +([0-9a-f]{64})$`)
	sum := strings.Repeat("0a", 32)
	parts := []string{"", "1", "07", "123456789012345678901", "/", ":", "-", " ", "  ", "\n", "٣", "a", sum, sum[1:], sum + "0", strings.ToUpper(sum), "é"}
	right := 0
	for seed := range uint64(20000) {
		r := rand.New(rand.NewPCG(seed, 3))
		line := []string{"3", "/", "12", ":", "228", "-", "302", " ", sum}[2*r.IntN(2):]
		for range r.IntN(3) {
			line[r.IntN(len(line))] = parts[r.IntN(len(parts))]
		}
		text := strings.Join(line, "")
		got, ok := cutPlace(text)
		want := pattern.FindStringSubmatch(text)
		if ok != (want != nil) || ok && (got != locatorLine{want[1], want[2], want[3], want[4], want[5]}) {
			t.Fatalf("%q is %q, %t; the pattern has %q", text, got, ok, want)
		}
		if ok {
			right++
		}
	}
	if right < 1000 {
		t.Errorf("only %d of the lines were places", right)
	}
}
