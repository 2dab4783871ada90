package strict

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/internal/testsize"
)

// shown is a tree with all that is asked of it, one value a line.
func shown(t *tree) string {
	var b strings.Builder
	for i := range t.values {
		v := &t.values[i]
		text := ""
		if v.kind == scalar {
			text = t.textOf(v)
		}
		fmt.Fprintf(&b, "%d:%d kind %d to %d, quoted %v, null %v: %q\n", v.line, v.column, v.kind, v.next, v.quoted, v.null, text)
	}
	return b.String()
}

// sameAsLibrary holds what scan reads against what the library does, and reports
// whether scan reads the text at all.
func sameAsLibrary(t *testing.T, text string) bool {
	t.Helper()
	got, ok := scan(text)
	if !ok {
		return false
	}
	r := NewReport("claims", "x.yaml")
	n := parse([]byte(text), r)
	if n.t == nil {
		t.Fatalf("%q is scanned, and the library says %v", text, r.Err())
	}
	if a, b := shown(got), shown(n.t); a != b {
		t.Fatalf("%q is scanned as\n%s\nand the library reads\n%s", text, a, b)
	}
	return true
}

// seeds are texts that scan takes.
var seeds = []string{
	"a: b\n", "a: b", "a:\n", "a: \n", "a:", "a: # c\nb: c # d\n", "# c\n\na: b\n  c d\n e\nf: g\n", "a:\n- b\n- c: d\n  e: f\n- {g: h}\nb:\n  - x\n  - 'y z'\n",
	"a: {b: c, d: [e, f], g: \"h: i\"}\n", "a: {b: c,\n  d: e}\nf: []\ng: {}\n", "a: 'it''s'\nb: \"x\\n\\\"\"\n'c d': e\n\"f\": ~\n",
	"буk: дом # x\n한국: [서울,\n  부산]\n", "a:\n  b c: d\n  e:\n    f: -5\n  # x\ng: h:i\nj: http://x/#y\n", "a:\n  text\n  more\nb:\n  {c: d}\n", "a : b\n  \nc: null\n",
	"a: {b: c # d\n }\n", "- a\n", "a: b: c\n", "a: [b: c]\n", "a: {b}\n", "a:\n b: c\n  d: e\n", "--- a: b\n", "a: x\n\n  y\n", "a: - b\n", "a: {b: [c,\nd]}\n",
	"a: {b: c}d\n", "a: 'b' c\n", "a: {'b':c}\n", "a: {b: c:}\n", "a: {b: c\n  d}\n", "a: [a, b,]\n", "a: b#c\n", "a: [a]#c\n", "k:\n - a\n   b\n - c\n", "a: \"x\ny\"\n",
}

func TestScan(t *testing.T) {
	t.Parallel()
	taken := 0
	for _, s := range seeds {
		if sameAsLibrary(t, s) {
			taken++
		}
	}
	if taken < 15 {
		t.Errorf("scan takes %d of %d texts", taken, len(seeds))
	}
}

// files are the YAML files of the repository.
func files(t *testing.T) (list []string) {
	t.Helper()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && (strings.HasSuffix(path, ".yaml") || strings.HasSuffix(path, ".txtar")) {
			var text []byte
			text, err = os.ReadFile(path)
			list = append(list, string(text))
		}
		return err
	})
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	return list
}

// The files of the repository, as they are and with a few characters changed, are
// scanned as the library reads them.
func TestScanFiles(t *testing.T) {
	t.Parallel()
	r, taken, all := rand.New(rand.NewPCG(1, 2)), 0, 0
	for _, text := range append(files(t), seeds...) {
		if all++; sameAsLibrary(t, text) {
			taken++
		}
		if len(text) > 3000 { // a range of whole lines is enough to change
			text = text[strings.IndexByte(text[r.IntN(len(text)-3000):], '\n')+1:]
			text = text[:strings.LastIndexByte(text[:min(len(text), 3000)], '\n')+1]
		}
		for range testsize.Of(3, 60) {
			sameAsLibrary(t, mutated(r, text))
		}
	}
	t.Logf("%d of %d files are scanned", taken, all)
}

// mutated is a text with a few changes.
func mutated(r *rand.Rand, text string) string {
	const marks = ` :-#'"{}[],?&*!|>%@` + "\n\n  \\.~é"
	for range 1 + r.IntN(3) {
		if len(text) == 0 {
			break
		}
		i := r.IntN(len(text))
		switch mark := marks[r.IntN(len(marks))]; r.IntN(3) {
		case 0:
			text = text[:i] + text[i+1:]
		case 1:
			text = text[:i] + string(mark) + text[i:]
		default:
			text = text[:i] + string(mark) + text[i+1:]
		}
	}
	return text
}

func FuzzScan(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { sameAsLibrary(t, text) })
}

// BenchmarkParse reads claims as a table would make them.
func BenchmarkParse(b *testing.B) {
	var text strings.Builder
	text.WriteString("claims:\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "  claim-%d:\n    says: One paid %[1]d euros.\n    at: {paragraph: 1, start: %[1]d, end: 169, sha256: %064[1]d}\n    edges:\n      pay-%[1]d: {payer: ann, amount: {value: 1, unit: EUR}, date: 2019-03}\n", i)
	}
	data := []byte(text.String())
	for name, read := range map[string]func([]byte, *Report) Node{"scan": Parse, "library": parse} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if !read(data, NewReport("claims", "x.yaml")).Present() {
					b.Fatal("not read")
				}
			}
		})
	}
}
