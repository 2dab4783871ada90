package graph

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	bank := &kind{name: "Bank", key: "bank"}
	company := &kind{number: 1, name: "Company", key: "company"}
	bank.above, company.above = []*kind{bank, company}, []*kind{company}
	for _, c := range []struct {
		words, name string
		slips       bool
		want        fit
	}{
		{"Banco Delta Asia", "Banco Delta Asia", false, asWritten},
		{"BANCO  delta asia", "Banco Delta Asia", false, asWritten},
		{"banco-délta asia", "Banco Delta Asia", false, exactly},
		{"Asia, Banco Delta", "Banco Delta Asia", false, exactly},
		{"banco delta", "Banco Delta Asia", false, nameStarts},
		{"delta", "Banco Delta Asia", false, wholeWords},
		{"asia delta", "Banco Delta Asia", false, wholeWords},
		{"banco as", "Banco Delta Asia", false, wordStarts},
		{"asia bank", "Banco Delta Asia", false, byKind},
		{"compan", "Banco Delta Asia", false, byKind},
		{"elt", "Banco Delta Asia", false, wordParts},
		{"bancodelta", "Banco Delta Asia", false, wordParts},
		{"codelta", "Banco Delta Asia", false, noFit}, // begins within a word
		{"delta russia", "Banco Delta Asia", false, noFit},
		{"bnaco", "Banco Delta Asia", false, noFit},
		{"bnaco", "Banco Delta Asia", true, wholeSlip},
		{"bnaco delta asai", "Banco Delta Asia", true, nameSlip},
		{"bnac", "Banco Delta Asia", true, startSlip},
		{"banks", "Banco Delta Asia", true, kindSlip},
		{"azia", "Banco Delta Asia", true, wholeSlip},
		{"aza", "Banco Delta Asia", true, noFit}, // too short to be forgiven
		{"bnca", "Banco Delta Asia", true, noFit},
		{"한", "한빛 은행", false, wordStarts},
		{"빛", "한빛 은행", false, wordParts},
		{"владивосток", "г. Владивосток", false, wholeWords},
		{"влaдивосток", "г. Владивосток", true, wholeSlip}, // an a of another script
		{"", "Banco Delta Asia", false, nameStarts},        // no words are in everything
	} {
		w := newWords(c.words)
		w.slips = c.slips
		if got := w.match(called{text: c.name, key: newWords(c.name).key}, []*kind{bank}); got != c.want {
			t.Errorf("%q matches %q with fit %d, not %d", c.words, c.name, got, c.want)
		}
	}
}

// A slip is a distance of at most 1, as Damerau and Levenshtein define it.
func TestSlipOracle(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		var b strings.Builder
		for range random.IntN(6) {
			b.WriteRune([]rune("aбé한")[random.IntN(4)])
		}
		return b.String()
	}
	met := map[bool]int{}
	for range 20000 {
		a, b := word(), word()
		want := damerau([]rune(a), []rune(b)) <= 1
		met[want]++
		if got := slip(a, b); got != want {
			t.Fatalf("%q and %q: got %v", a, b, got)
		}
		starts := false // a beginning of a is a slip away
		for n := range []rune(a + ".") {
			starts = starts || damerau([]rune(a)[:n], []rune(b)) <= 1
		}
		if got := slipped(a, b) < noFit; len(b) > 0 && got != starts {
			t.Fatalf("%q begins with %q but for a slip: got %v", a, b, got)
		}
	}
	if met[true] < 1000 || met[false] < 1000 {
		t.Errorf("met %v", met)
	}
}

// damerau is the distance by its definition: the optimal string alignment.
func damerau(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	i, j := len(a)-1, len(b)-1
	same := 1
	if a[i] == b[j] {
		same = 0
	}
	least := []int{damerau(a[:i], b) + 1, damerau(a, b[:j]) + 1, damerau(a[:i], b[:j]) + same}
	if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
		least = append(least, damerau(a[:i-1], b[:j-1])+1)
	}
	return slices.Min(least)
}
