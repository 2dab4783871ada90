package names

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var gramWords = []string{"kim", "jong", "il", "delta", "asia", "a", "동아일보", "ab", "abc", "abcd", "emabssy", "embassy", "zoe", "\U0001F600\U0010FFFF", "o"}

// has reports whether a name has all that is wanted of one of some ways.
func has(name string, ways []AllOf) bool {
	grams := AppendGrams(nil, name)
	return slices.ContainsFunc(ways, func(all AllOf) bool {
		return !slices.ContainsFunc(all, func(r GramRange) bool {
			return !slices.ContainsFunc(grams, func(g Gram) bool { return r.From <= g && g <= r.To })
		})
	})
}

// Every part of a word of a name is found by the grams of the name, and so is every
// part of its words written as one.
func TestPart(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var words []string
		for range 1 + r.IntN(3) {
			words = append(words, gramWords[r.IntN(len(gramWords))])
		}
		name, letters := strings.Join(words, " "), []rune(strings.Join(words, ""))
		from := r.IntN(len(letters))
		text := string(letters[from : from+1+r.IntN(len(letters)-from)])
		if !has(name, []AllOf{Part(text)}) {
			t.Fatalf("%q is not found in %q", text, name)
		}
	}
	for _, c := range [][2]string{{"kimm", "kim jong"}, {"abd", "abcd"}, {"kj", "kim jong"}} {
		if has(c[1], []AllOf{Part(c[0])}) {
			t.Errorf("%q is found in %q", c[0], c[1])
		}
	}
}

// A word with one slip is found, and so is what goes on behind it.
func TestSlips(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 3))
	for range 5000 {
		word := []rune(gramWords[r.IntN(len(gramWords))] + []string{"", "ab", "xyz"}[r.IntN(3)])
		i := r.IntN(len(word))
		slip := slices.Clone(word)
		switch r.IntN(4) {
		case 0:
			slip = slices.Delete(slip, i, i+1)
		case 1:
			slip = slices.Insert(slip, i, 'q')
		case 2:
			slip[i] = 'q'
		default:
			slip[0], slip[min(1, len(slip)-1)] = slip[min(1, len(slip)-1)], slip[0]
		}
		if len(slip) < 4 {
			continue
		}
		ways := append(Slips(string(slip)), Part(string(slip)))
		if name := "the " + string(word) + "s"; !has(name, ways) {
			t.Fatalf("%q is not found in %q", string(slip), name)
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	l := NewLists()
	want := map[Gram][]int64{}
	number := int64(0)
	r := rand.New(rand.NewPCG(1, 4))
	for range 300 {
		number += 1 + r.Int64N(1<<r.IntN(40))
		name := gramWords[r.IntN(len(gramWords))] + " " + gramWords[r.IntN(len(gramWords))]
		l.Add(number, name)
		for _, g := range AppendGrams(nil, name) {
			if list := want[g]; len(list) == 0 || list[len(list)-1] != number {
				want[g] = append(list, number)
			}
		}
	}
	got := map[Gram][]int64{}
	if err := l.Each(func(g Gram, count int64, steps []byte) (err error) {
		if got[g], err = Numbers(nil, steps); int64(len(got[g])) != count {
			t.Errorf("%d has %d numbers, not %d", g, len(got[g]), count)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("the lists have other numbers than they were given")
	}
	if _, err := Numbers(nil, []byte{0}); err == nil {
		t.Error("a step of 0 is read")
	}
}

// Grams have distinct indices.
func TestPlace(t *testing.T) {
	t.Parallel()
	seen := map[int]Gram{}
	letters := []rune{0, ' ', '0', '9', 'a', 'z', 'k'}
	for _, a := range letters {
		for _, b := range letters {
			for _, c := range letters {
				g := gramOf([]rune{a, b, c})
				if other, taken := seen[plainIndex(g)]; taken || plainIndex(g) >= plainLetters*plainLetters*plainLetters {
					t.Fatalf("%x and %x have the index %d", g, other, plainIndex(g))
				}
				seen[plainIndex(g)] = g
			}
		}
	}
	for _, g := range []Gram{-1, gramOf([]rune("동ab")), gramOf([]rune("aéb")), gramOf([]rune("ab-")), gramOf([]rune("A"))} {
		if plainIndex(g) != -1 {
			t.Errorf("%x has the index %d", g, plainIndex(g))
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	l := NewLists()
	for i := range b.N {
		l.Add(int64(i)+1, "badenga figiso 999999")
	}
}
