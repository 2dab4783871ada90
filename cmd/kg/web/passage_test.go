package web_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kg/cmd/kg/web"
	"kg/data"
)

// TestCut compares with looking at every code point by itself.
func TestCut(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	words := []rune("Überall ist es schön; 동아일보 reports.")
	text, err := data.NewText([]byte(string(words)))
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		var claims []web.ClaimLine
		for i := range r.IntN(6) {
			start := r.IntN(len(words) + 3)
			claims = append(claims, web.ClaimLine{ID: string(rune('a' + i)), Start: start, End: start + r.IntN(9), Paragraph: r.IntN(3)})
		}
		var all strings.Builder
		at := 0
		begun := map[string]int{}
		for _, p := range web.Cut(text, claims) {
			all.WriteString(p.Words)
			for range []rune(p.Words) {
				var want []string
				for _, c := range claims {
					if c.Paragraph > 0 && c.End <= len(words) && c.Start <= at && at < c.End {
						want = append(want, c.ID)
					}
				}
				var got []string
				for i, c := range p.Claims {
					got = append(got, c.ID)
					if i > 0 && c.End-c.Start < p.Claims[i-1].End-p.Claims[i-1].Start {
						t.Errorf("%s is narrower than those before it", c.ID)
					}
				}
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Fatalf("at %d stand %q, not %q: %+v", at, got, want, claims)
				}
				at++
			}
			for _, id := range p.Begins {
				begun[id]++
			}
		}
		if all.String() != string(words) {
			t.Fatalf("the text becomes %q", all.String())
		}
		for _, c := range claims {
			shown := c.Paragraph > 0 && c.Start < c.End && c.End <= len(words)
			if want := map[bool]int{true: 1}[shown]; begun[c.ID] != want {
				t.Errorf("claim %+v begins %d times", c, begun[c.ID])
			}
		}
	}
}
