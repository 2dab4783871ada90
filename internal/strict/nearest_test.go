package strict_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/agnivade/levenshtein"

	"kg/internal/strict"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, word, known, want string }{
		{"itself", "kind", "is kind", "kind"},
		{"letter case is no edit", "EMBASSY", "Embassy", "Embassy"},
		{"one letter too few", "Embasy", "Embassy Employment", "Embassy"},
		{"two letters swapped", "knid", "kind is", "kind"},
		{"the nearer of two", "sale", "sail sold same", "same"},
		{"the first by name of equally near ones", "cat", "rat hat bat", "bat"},
		{"no guess at an empty word", "", "a is", ""},
		{"no known word", "kind", "", ""},

		// The distance at which a guess begins to be wild, by length.
		{"one letter, none", "x", "y", ""},
		{"two letters, one edit", "iz", "is", "is"},
		{"two letters, two edits", "xz", "is", ""},
		{"three letters, one edit", "dat", "date", "date"},
		{"three letters, two edits", "dxx", "day", ""},
		{"four letters, two edits", "dtae", "date", "date"},
		{"four letters, three edits", "dxxx", "date", ""},
		{"eight letters, two edits", "spaeker", "speaker", "speaker"},
		{"eight letters, three edits", "locaxxxx", "location", ""},
		{"nine letters, three edits", "locatxxxs", "locations", "locations"},
		{"nine letters, four edits", "locaxxxxs", "locations", ""},

		{"what nobody types", strings.Repeat("k", 201), strings.Repeat("k", 200), ""},

		// Letters count, not their bytes.
		{"letters of two bytes", "ключи", "ключ", "ключ"},
		{"two letters of three bytes, two edits", "한국", "is", ""},
		{"one letter of four bytes", "𝒳", "of", ""},
		{"three letters of two bytes, two edits", "éée", "abe", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := strict.Nearest(test.word, strings.Fields(test.known)); got != test.want {
				t.Errorf("nearest to %q among %s is %q, want %q", test.word, test.known, got, test.want)
			}
		})
	}
}

// The order of the known words, which often come from a map, does not matter.
func TestNearestHasOneAnswer(t *testing.T) {
	t.Parallel()
	known := []string{"bank", "bribe", "band", "sank", "tank", "rank", "bonk", "bark"}
	for range 100 {
		rand.Shuffle(len(known), func(i, j int) { known[i], known[j] = known[j], known[i] })
		if got := strict.Nearest("xank", slices.Clone(known)); got != "bank" {
			t.Fatalf("with %v it is %q, want bank", known, got)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	t.Parallel()
	if got := strict.DidYouMean("Embasy", []string{"Embassy"}); got != ` (did you mean "Embassy"?)` {
		t.Errorf("got %q", got)
	}
	if got := strict.DidYouMean("weather", []string{"Embassy"}); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
}

// Computing the distances to several known words at once equals the plain distance.
func TestNearestOracle(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	letters := []rune("abAB-é한")
	word := func() string {
		w := make([]rune, r.IntN(12))
		for i := range w {
			w[i] = letters[r.IntN(len(letters))]
		}
		return string(w)
	}
	for range 3000 {
		known := make([]string, r.IntN(30))
		for i := range known {
			known[i] = word()
		}
		if r.IntN(2) == 0 {
			slices.Sort(known)
		}
		w := word()
		if got, want := strict.Nearest(w, known), plainNearest(w, known); got != want {
			t.Fatalf("nearest to %q among %q is %q, want %q", w, known, got, want)
		}
	}
}

// plainNearest counts the edits to each known word from the beginning.
func plainNearest(word string, known []string) string {
	length := len([]rune(word))
	best, least := "", max(min(length/2, 2), length/3)+1
	for _, k := range known {
		d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k))
		if d < least || (d == least && best != "" && k < best) {
			best, least = k, d
		}
	}
	return best
}
