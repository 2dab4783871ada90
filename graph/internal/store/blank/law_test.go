package blank_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kg/graph/internal/store/blank"
	"kg/internal/rdf/nquads"
)

// named gives the quads with blank nodes of texts, sorted, and how many nodes
// there were. Batches are small, and so is memory if it is little.
func named(t testing.TB, memory int64, texts ...string) (lines []string, nodes uint64, err error) {
	t.Helper()
	dir := t.TempDir()
	n := &blank.Namer{Prefix: "a:", Memory: memory, Largest: 1 << 20, Temp: filepath.Join(dir, "x-"), Remove: os.Remove, Create: func(path string) (blank.File, error) {
		return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	}}
	for i, text := range texts {
		var b blank.Batch
		r := nquads.NewReader(strings.NewReader(text), "x.nq")
		for count := 1; ; count++ {
			var terms [4]nquads.Term
			if err := r.ReadTerms(&terms); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(line(t, &terms), "_:") {
				b.Add(r.Line(), &terms)
			}
			if count%7 == 0 {
				if err := n.Take(i, &b); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := n.Take(i, &b); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := fs.Glob(os.DirFS(dir), "*"); err != nil || len(left) > 0 && memory > 1<<10 || len(left) == 0 && memory < 1<<10 && len(texts[0]) > 1<<14 {
		t.Errorf("%d bytes of memory, and files %v, %v", memory, left, err)
	}
	nodes, err = n.Finish(context.Background(), func(terms *[4]nquads.Term) error {
		lines = append(lines, line(t, terms))
		return nil
	})
	slices.Sort(lines)
	if e := n.Close(); e != nil {
		t.Error(e)
	}
	if left, err := fs.Glob(os.DirFS(dir), "*"); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	return lines, nodes, err
}

func line(t testing.TB, terms *[4]nquads.Term) string {
	t.Helper()
	var text []byte
	var err error
	for i := range terms {
		if terms[i].Kind != nquads.None {
			if text, err = terms[i].Append(text); err != nil {
				t.Fatal(err)
			}
			text = append(text, ' ')
		}
	}
	return string(text) + ".\n"
}

func mustName(t testing.TB, texts ...string) []string {
	t.Helper()
	lines, _, err := named(t, 1<<20, texts...)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if strings.Contains(l, "_:") {
			t.Fatalf("a blank node stayed: %s", l)
		}
	}
	return lines
}

// shapes are components, with N for what their labels begin with.
var shapes = []string{
	"_:Na <a:p> \"x\" .\n", "_:Na <a:p> _:Nb .\n_:Nb <a:p> _:Na .\n", "_:Na <a:p> _:Nb <a:g> .\n_:Nb <a:q> \"y\"@en _:Na .\n",
	"<a:s> <a:p> <a:o> _:Na .\n<a:s> <a:p> <a:o2> _:Na .\n", "_:Na <a:p> _:Na .\n", "_:Na <a:p> _:Nb .\n_:Nb <a:p> _:Nc .\n_:Nc <a:p> \"1\"^^<a:t> .\n",
	"_:Na <a:p> _:Nb .\n_:Nb <a:p> _:Nc .\n_:Nc <a:p> _:Na .\n", "<a:s> <a:p> <a:o> .\n",
}

// spell spells components, each with labels of its own, in a random manner: the
// lines' order and ends, comments, quads that come twice, and quads without
// blank nodes between them.
func spell(r *rand.Rand, parts []int) string {
	var lines []string
	for i, n := range r.Perm(len(parts)) {
		own := fmt.Sprintf("%c%d_", 'a'+r.IntN(26), i)
		for _, l := range strings.SplitAfter(strings.ReplaceAll(shapes[parts[n]], "_:N", "_:"+own), "\n") {
			if l = strings.TrimSuffix(l, "\n"); l == "" {
				continue
			}
			end := []string{"\n", "\r\n", " # a comment\n", "\r# _:a line\n"}[r.IntN(4)]
			for range 1 + r.IntN(5)/4 {
				lines = append(lines, l+end)
			}
			if r.IntN(3) == 0 {
				lines = append(lines, fmt.Sprintf("<a:%d> <a:p> \"elsewhere\" .\n", r.IntN(9)))
			}
		}
	}
	r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return strings.Join(lines, "")
}

// Neither labels, order, comments, line ends, quads that come twice nor quads
// elsewhere change a name; and a component of one text more is one more.
func TestNames(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	rounds := 300
	if testing.Short() {
		rounds = 30
	}
	for range rounds {
		parts := make([]int, 1+r.IntN(12))
		for i := range parts {
			parts[i] = r.IntN(len(shapes))
		}
		text := spell(r, parts)
		want := mustName(t, text)
		if got := mustName(t, spell(r, parts)); !slices.Equal(got, want) {
			t.Fatalf("%v: got\n%s\nwant\n%s", parts, strings.Join(got, ""), strings.Join(want, ""))
		}
		more := slices.Concat(parts, parts[:1])
		// Equal components of two texts meet; two in one text stay two.
		both := slices.Compact(slices.Sorted(slices.Values(mustName(t, text, spell(r, more)))))
		if got := mustName(t, spell(r, more)); !slices.Equal(both, got) {
			t.Fatalf("%v: of both texts\n%s\nof the larger one\n%s", parts, strings.Join(both, ""), strings.Join(got, ""))
		}
		one := strings.Count(shapes[parts[0]], "\n")
		if parts[0] == len(shapes)-1 {
			one = 0
		}
		if len(both) != len(want)+one {
			t.Fatalf("%v: %d quads, and one component more makes %d", parts, len(want), len(both))
		}
	}
}

// Components that share no text get names that do not depend on each other: a
// text may be split between them.
func TestSplit(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	whole, parts := mustName(t, spell(r, []int{0, 1, 2, 3, 4, 5, 6})), []string(nil)
	for i := range 7 {
		parts = append(parts, mustName(t, spell(r, []int{i}))...)
	}
	slices.Sort(parts)
	if !slices.Equal(whole, parts) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(parts, ""), strings.Join(whole, ""))
	}
}

// Without memory the same comes of it.
func TestSpill(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	parts := make([]int, 3000)
	for i := range parts {
		parts[i] = r.IntN(len(shapes))
	}
	text := spell(r, parts)
	want, nodes, err := named(t, 1<<30, text, text[:0], text)
	if err != nil || nodes < 6000 {
		t.Fatal(nodes, err)
	}
	for _, memory := range []int64{0, 1 << 9} {
		got, n, err := named(t, memory, text, text[:0], text)
		if err != nil || n != nodes || !slices.Equal(got, want) {
			t.Errorf("%d bytes: %d nodes, %v", memory, n, err)
		}
	}
}

// A name says what it is of, and which.
func TestForm(t *testing.T) {
	t.Parallel()
	const sum = "3baa85b9df3dbca8c488f6468a574ae1ef4c51b8bef96b1a72ebb0badc80156b"
	got := mustName(t, "_:x <a:p> \"x\" .\n_:y <a:p> \"x\" .\n_:x <a:p> \"x\" .\n")
	want := []string{"<a:" + sum + "/1/c14n0> <a:p> \"x\" .\n", "<a:" + sum + "/2/c14n0> <a:p> \"x\" .\n"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// A component that is too hard is reported by its first line.
func TestLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("a text that is too large")
	}
	t.Parallel()
	var b strings.Builder
	b.WriteString("# easy\n_:a <a:p> _:b .\n\n")
	for i := range 144 {
		if i%13 != 0 {
			fmt.Fprintf(&b, "_:n%d <a:p> _:n%d .\n", i/12, i%12)
		}
	}
	_, _, err := named(t, 1<<20, "", b.String())
	var limit *blank.LimitError
	if !errors.As(err, &limit) || limit.Text != 1 || limit.Line != 4 {
		t.Errorf("got %v", err)
	}
	b.Reset()
	for i := range 20_000 {
		fmt.Fprintf(&b, "_:hub <a:p> \"%d\" .\n_:%d <a:p> \"x\" .\n", i, i)
	}
	_, _, err = named(t, 1<<30, b.String())
	if !errors.As(err, &limit) || limit.Text != 0 || limit.Line > 40_000 || !strings.Contains(err.Error(), "they join more quads than there is memory for") {
		t.Errorf("got %v", err)
	}
}

// FuzzNames: the lines' order and ends, what is in memory, and what stands in
// another text change no name; and nothing is lost.
func FuzzNames(f *testing.F) {
	r := rand.New(rand.NewPCG(9, 10))
	for i := range shapes {
		f.Add(spell(r, []int{i, (i + 1) % len(shapes), i}), uint64(i))
	}
	f.Add("_:a <a:p> \"\\u0000\"@en-GB _:b .\n_:b <a:p> \"x\"^^<a:t> _:a.b .\n", uint64(1))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		var lines []string
		reader := nquads.NewReader(strings.NewReader(text), "x.nq")
		for len(lines) < 60 {
			var terms [4]nquads.Term
			if err := reader.ReadTerms(&terms); err != nil {
				break
			}
			lines = append(lines, line(t, &terms))
		}
		want, nodes, err := named(t, 1<<20, strings.Join(lines, ""))
		if err != nil {
			return // too hard
		}
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		got, n, err := named(t, 0, strings.Join(lines, "\r\n#\r"))
		if err == nil && (n != nodes || !slices.Equal(got, want)) {
			t.Errorf("of %q\n%s\nand not\n%s", lines, strings.Join(got, ""), strings.Join(want, ""))
		}
	})
}
