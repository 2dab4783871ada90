package propose

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kg/internal/sourcetext"
	"kg/schema"
)

// The items found in a span are those that a linear search finds.
func TestPlaced(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		x := &spanIndex[int]{}
		var all []TextRange
		for i := range r.IntN(30) {
			start := r.IntN(60)
			at := TextRange{Start: start, End: start + r.IntN(20)}
			all = append(all, at)
			x.add(i, at)
			from := r.IntN(60)
			to := from + r.IntN(20)
			var want []int
			for j, at := range all {
				if at.Start < to && from < at.End {
					want = append(want, j)
				}
			}
			if got := x.in(from, to); !slices.Equal(got, want) {
				t.Fatalf("seed %d: in %d to %d of %v: got %v, want %v", seed, from, to, all, got, want)
			}
		}
	}
}

// A text four times as long takes some four times as long, whatever it names.
func BenchmarkLongText(b *testing.B) {
	o, err := schema.ReadOntology()
	if err != nil {
		b.Fatal(err)
	}
	for _, sentences := range []int{400, 1600} {
		b.Run(fmt.Sprint(sentences), func(b *testing.B) {
			text := longText(b, sentences)
			for b.Loop() {
				p, err := Text(text, o, Hints{})
				if err == nil {
					_, err = p.File("", false)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A caller without a store needs none.
func TestTextWithoutStore(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	p, err := Text(longText(t, 3), o, Hints{})
	if err != nil || len(p.Names) < 3 {
		t.Fatalf("%d names, %v", len(p.Names), err)
	}
}

func longText(t testing.TB, sentences int) *sourcetext.Text {
	t.Helper()
	var b strings.Builder
	for i := range sentences {
		fmt.Fprintf(&b, "Anna Weber%c%c%c paid Bo Falk%c%c %d,000 euros in March 2019, a clerk said. The clerk said no more. \"I never paid anybody,\" Weber said.\n\n",
			'a'+i%26, 'a'+i/26%26, 'a'+i/676%26, 'a'+i/7%26, 'a'+i%23, 1+i%900)
	}
	text, err := sourcetext.New([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
