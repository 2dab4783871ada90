package index

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	bank := &KindEntry{Name: "Bank", Key: "bank"}
	company := &KindEntry{Number: 1, Name: "Company", Key: "company"}
	bank.Above, company.Above = []*KindEntry{bank, company}, []*KindEntry{company}
	for _, c := range []struct {
		words, name string
		slips       bool
		want        Fit
	}{
		{"Banco Delta Asia", "Banco Delta Asia", false, AsWritten},
		{"BANCO  delta asia", "Banco Delta Asia", false, AsWritten},
		{"banco-délta asia", "Banco Delta Asia", false, Exactly},
		{"Asia, Banco Delta", "Banco Delta Asia", false, Exactly},
		{"banco delta", "Banco Delta Asia", false, NameStarts},
		{"delta", "Banco Delta Asia", false, WholeWords},
		{"asia delta", "Banco Delta Asia", false, WholeWords},
		{"banco as", "Banco Delta Asia", false, WordStarts},
		{"asia bank", "Banco Delta Asia", false, ByKind},
		{"compan", "Banco Delta Asia", false, ByKind},
		{"elt", "Banco Delta Asia", false, WordParts},
		{"bancodelta", "Banco Delta Asia", false, WordParts},
		{"codelta", "Banco Delta Asia", false, NoFit}, // begins within a word
		{"delta russia", "Banco Delta Asia", false, NoFit},
		{"bnaco", "Banco Delta Asia", false, NoFit},
		{"bnaco", "Banco Delta Asia", true, WholeSlip},
		{"bnaco delta asai", "Banco Delta Asia", true, NameSlip},
		{"bnac", "Banco Delta Asia", true, StartSlip},
		{"banks", "Banco Delta Asia", true, KindSlip},
		{"azia", "Banco Delta Asia", true, WholeSlip},
		{"aza", "Banco Delta Asia", true, NoFit}, // too short to be forgiven
		{"bnca", "Banco Delta Asia", true, NoFit},
		{"한", "한빛 은행", false, WordStarts},
		{"빛", "한빛 은행", false, WordParts},
		{"владивосток", "г. Владивосток", false, WholeWords},
		{"влaдивосток", "г. Владивосток", true, WholeSlip}, // an a of another script
		{"", "Banco Delta Asia", false, NameStarts},        // no words are in everything
	} {
		w := NewWords(c.words)
		w.Slips = c.slips
		if got := w.Match(Name{Text: c.name, Key: NewWords(c.name).Key}, []*KindEntry{bank}); got != c.want {
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
		if got := Slipped(a, b) < NoFit; len(b) > 0 && got != starts {
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
