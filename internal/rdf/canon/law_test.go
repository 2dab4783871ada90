package canon_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kg/internal/rdf/canon"
	"kg/internal/rdf/nquads"
)

// edge is a quad between nodes; the label is a node if it is not negative.
type edge struct{ from, to, label int }

// write spells a graph with its nodes under other numbers, the lines shuffled
// and some of them twice.
func write(r *rand.Rand, edges []edge, number []int) string {
	var lines []string
	for _, e := range edges {
		label := "<a:g>"
		if e.label >= 0 {
			label = fmt.Sprintf("_:n%d", number[e.label])
		}
		lines = append(lines, fmt.Sprintf("_:n%d <a:p> _:n%d %s .\n", number[e.from], number[e.to], label))
		if r.IntN(4) == 0 {
			lines = append(lines, lines[len(lines)-1])
		}
	}
	r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return strings.Join(lines, "")
}

func randomEdges(r *rand.Rand, nodes int) []edge {
	var edges []edge
	for range 1 + r.IntN(2*nodes) {
		e := edge{r.IntN(nodes), r.IntN(nodes), -1}
		if r.IntN(4) == 0 {
			e.label = r.IntN(nodes)
		}
		edges = append(edges, e)
	}
	return edges
}

// same tells whether two graphs are the same but for the numbers of their
// nodes, by trying all numbers.
func same(a, b []edge, nodes int) bool {
	want := map[edge]bool{}
	for _, e := range b {
		want[e] = true
	}
	number := make([]int, nodes)
	for i := range number {
		number[i] = i
	}
	var try func(k int) bool
	try = func(k int) bool {
		if k < nodes {
			for i := k; i < nodes; i++ {
				number[k], number[i] = number[i], number[k]
				if try(k + 1) {
					return true
				}
				number[k], number[i] = number[i], number[k]
			}
			return false
		}
		got := map[edge]bool{}
		for _, e := range a {
			m := edge{number[e.from], number[e.to], -1}
			if e.label >= 0 {
				m.label = number[e.label]
			}
			if !want[m] {
				return false
			}
			got[m] = true
		}
		return len(got) == len(want)
	}
	return try(0)
}

// Two graphs have one form if, and only if, they are the same but for labels.
func TestFormIsIdentity(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 1))
	equal := 0
	for range 4000 {
		nodes := 1 + r.IntN(5)
		a := randomEdges(r, nodes)
		b := randomEdges(r, nodes)
		if r.IntN(2) == 0 { // nearly the same
			b = slices.Clone(a)
			b[r.IntN(len(b))].to = r.IntN(nodes)
		}
		one, two := mustCanonize(t, write(r, a, r.Perm(nodes))), mustCanonize(t, write(r, b, r.Perm(nodes)))
		want := same(a, b, nodes)
		if (one == two) != want {
			t.Fatalf("%v and %v: the same: %v, but the forms are\n%s\n%s", a, b, want, one, two)
		}
		if want {
			equal++
		}
		if again := mustCanonize(t, one); again != one {
			t.Fatalf("the form of\n%s\nis\n%s", one, again)
		}
	}
	if equal < 200 {
		t.Errorf("only %d pairs were the same", equal)
	}
}

func mustCanonize(t *testing.T, text string) string {
	t.Helper()
	form, err := canonize(text, canon.Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return string(form.Text)
}

// A Dataset can be used again.
func TestReset(t *testing.T) {
	t.Parallel()
	var d canon.Dataset
	for _, o := range []string{"x", "y", "x"} {
		d.Reset()
		for range 2 {
			terms := [4]nquads.Term{{Kind: nquads.Blank, Text: []byte(o)}, {Kind: nquads.IRI, Text: []byte("a:p")}, {Kind: nquads.Plain, Text: []byte(o)}}
			if err := d.Add(&terms); err != nil {
				t.Fatal(err)
			}
		}
		form, err := d.Canonize(t.Context(), canon.Options{})
		if want := "_:c14n0 <a:p> \"" + o + "\" .\n"; err != nil || string(form.Text) != want || !slices.Equal(form.Labels, []string{o}) {
			t.Errorf("got %q, %v, %v", form.Text, form.Labels, err)
		}
	}
	bad := [4]nquads.Term{{Kind: nquads.Blank, Text: []byte("x")}, {Kind: nquads.IRI, Text: []byte("relative")}, {Kind: nquads.Blank, Text: []byte("z")}}
	d.Reset()
	if d.Add(&bad) == nil {
		t.Error("a relative IRI was added")
	}
	if form, err := d.Canonize(t.Context(), canon.Options{}); err != nil || len(form.Text) > 0 {
		t.Errorf("what was refused left %q, %v", form.Text, err)
	}
}

func FuzzCanonize(f *testing.F) {
	for _, text := range []string{
		"_:a <a:p> _:b .\n_:b <a:p> _:a .\n", "_:a <a:p> _:a _:a .\n", "_:a <a:p> \"\\u0000\" <a:g> .\n_:b <a:p> \"x\"@en .\n",
		"_:c14n1 <a:p> _:c14n0 .\n_:c14n0 <a:q> _:b _:g .\n", "_:a <a:p> <_:a> .\n_:z <a:p> _:b0 .\n<a:s> <a:p> <a:o> .\n",
	} {
		f.Add(text, uint64(1))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		o := canon.Options{Steps: 1 << 12}
		form, err := canonize(text, o)
		if err != nil {
			return
		}
		again, err := canonize(string(form.Text), o)
		if err == nil && string(again.Text) != string(form.Text) {
			t.Errorf("the form of\n%s\nis\n%s", form.Text, again.Text)
		}
		lines := strings.SplitAfter(string(form.Text), "\n")
		lines = lines[:len(lines)-1]
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		again, err = canonize(strings.Join(lines, "\r\n#\n"), o)
		if err == nil && string(again.Text) != string(form.Text) {
			t.Errorf("the form of %q\nis\n%s\nand not\n%s", lines, again.Text, form.Text)
		}
	})
}
