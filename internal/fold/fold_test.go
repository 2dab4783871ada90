package fold_test

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kg/internal/fold"
)

// Names of one group are one name, and those of two groups are two.
func TestName(t *testing.T) {
	t.Parallel()
	groups := [][]string{
		{"Zoë Weiß", "Zoe\u0308 Weiß", "ZOË WEISS", "zoë\u00a0weiss", "Zoë\u2009Weiß", " Zoë \t Weiß ", "Zo\u00adë Weiß"},
		{"Zoe Weiss"},
		{"Sinéad O'Hara", "Sinéad O’Hara", "Sine\u0301ad O‘Hara", "SINÉAD OʼHARA", "sinéad o＇hara", "Sinéad O´Hara", "Sinéad O`Hara"},
		{"Sinead O'Hara"},
		{"Baekdu 2", "Ｂａｅｋｄｕ　２", "BAEKDU 2"},
		{"Weber-Stein", "Weber‐Stein", "Weber‑Stein", "Weber－Stein"},
		{"Weber Stein"}, {"WeberStein", "Weber\u200bStein"},
		{"한빛", "\u1112\u1161\u11ab\u1107\u1175\u11be"}, // composed and in letters
		{"ΟΔΟΣ", "οδος", "οδοσ"},
		{"Владивосток", "ВЛАДИВОСТОК"},
		{"ﬁrst", "FIRST"},
		{""},
	}
	seen := map[string]int{}
	for i, group := range groups {
		want := fold.Name(group[0])
		if j, ok := seen[want]; ok {
			t.Errorf("%q folds like %q", group[0], groups[j][0])
		}
		seen[want] = i
		for _, name := range group {
			if got := fold.Name(name); got != want {
				t.Errorf("%+q folds to %+q, and %+q to %+q", name, got, group[0], want)
			}
		}
	}
}

// The laws of a fold, for every character within a name, but for the ideographs
// that have one form.
func TestNameLaws(t *testing.T) {
	if testing.Short() {
		t.Skip("every character of Unicode")
	}
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.Is(unicode.Unified_Ideograph, r) || !unicode.IsPrint(r) && !unicode.In(r, unicode.Cf, unicode.Z) {
			continue
		}
		if !foldHolds(t, "Ab"+string(r)+"e\u0301") {
			return
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add("Sine\u0301ad O’Hara ")
	f.Add("\u1e9e\u0345\u03b1")
	f.Fuzz(func(t *testing.T, name string) { foldHolds(t, name) })
}

// foldHolds tells whether the fold of a fold, and of a name composed otherwise,
// is the name's.
func foldHolds(t *testing.T, name string) bool {
	t.Helper()
	folded := fold.Name(name)
	for _, other := range []string{folded, norm.NFC.String(name), norm.NFD.String(name)} {
		if got := fold.Name(other); got != folded {
			t.Errorf("%+q folds to %+q, and %+q to %+q", name, folded, other, got)
			return false
		}
	}
	return true
}

// What is searched alike has one form, and what is not has two.
func TestWords(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"N. Korea": "n korea", "Zoë Weber-Stein": "zoe weber stein", "ZOE  WEBER STEIN": "zoe weber stein", "Sine\u0301ad O’Hara": "sinead o hara",
		"Łódź": "lodz", "Ærø": "aero", "Straße": "strasse", "İstanbul": "istanbul", "Ёлкин Андрей": "елкин андреи", "КНДР": "кндр",
		"\u1112\u1161\u11ab\u1107\u1175\u11be": "한빛", "हिन्दी": "हिन्दी", "Ｂａｅｋｄｕ　２": "baekdu 2", "45,000": "45 000", "???": "???", " ": "",
	} {
		if got := fold.Words(name); got != want {
			t.Errorf("%q is searched as %q, not %q", name, got, want)
		}
	}
}

// The form depends on Name's alone, and is its own form.
func FuzzWords(f *testing.F) {
	f.Add("Sine\u0301ad O’Hara ")
	f.Add("İ\u0307ß—\u0345")
	f.Fuzz(func(t *testing.T, name string) {
		words := fold.Words(name)
		for _, other := range []string{fold.Name(name), words} {
			if got := fold.Words(other); got != words {
				t.Errorf("%+q is searched as %+q, and %+q as %+q", name, words, other, got)
			}
		}
	})
}
