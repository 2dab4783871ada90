package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain lets the children that compare starts be children.
func TestMain(m *testing.M) {
	if isChild, err := asChild(os.Args[1:]); err != nil {
		fail(err)
	} else if isChild {
		return
	}
	os.Exit(m.Run())
}

// TestGenerate holds the bench graph to its bytes: figures are comparable
// only while they are of the same graph.
func TestGenerate(t *testing.T) {
	h := sha256.New()
	if err := generate(h, 10_000); err != nil {
		t.Fatal(err)
	}
	const want = "1eab69cc26d8315ee92f9038faf988e2dd0d55bc71510d19c200759cbc1cf328"
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("the bench graph of 10,000 quads has the SHA-256 %s, want %s", got, want)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string // nil if it is refused
	}{
		{"<s> <p> <o> <g> .\n", []string{"<s>", "<p>", "<o>", "<g>"}},
		{"<s> <p> <o> .", []string{"<s>", "<p>", "<o>", ""}},
		{"_:s <p> \"a b . \\\" c\\\\\" .\n", []string{"_:s", "<p>", `"a b . \" c\\"`, ""}},
		{"<s> <p> \"x\"@en <g> .\n", []string{"<s>", "<p>", `"x"@en`, "<g>"}},
		{"<s> <p> \"1\"^^<t> _:g .\n", []string{"<s>", "<p>", `"1"^^<t>`, "_:g"}},
		{"<s> <p> \"open .\n", nil},
		{"<s> <p> .\n", nil},
		{"<s> .\n", nil},
		{"# comment\n", nil},
		{"\n", nil},
		{"<s> <p> <o>\n", nil},
	} {
		s, p, o, l, ok := split([]byte(c.line))
		if !ok {
			if c.want != nil {
				t.Errorf("split(%q) is refused", c.line)
			}
			continue
		}
		if got := []string{string(s), string(p), string(o), string(l)}; !slices.Equal(got, c.want) {
			t.Errorf("split(%q) = %q, want %q", c.line, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for term, want := range map[string]float64{
		`"20000"^^<` + xsd + `integer>`: 20000,
		`"-0.5"^^<` + xsd + `decimal>`:  -0.5,
		`"1e3"^^<` + xsd + `double>`:    1000,
	} {
		if got, ok := number([]byte(term)); !ok || got != want {
			t.Errorf("number(%s) = %v, %v, want %v", term, got, ok, want)
		}
	}
	for _, term := range []string{"", "<x>", `"1"`, `"1"^^<` + xsd + `date>`, `"x"^^<` + xsd + `integer>`, `"1>`} {
		if got, ok := number([]byte(term)); ok {
			t.Errorf("number(%s) = %v, want none", term, got)
		}
	}
}

// TestDict holds the dictionary to a map, over several growths.
func TestDict(t *testing.T) {
	d, want := newDict(), map[string]uint32{}
	for i := range 300_000 {
		term := strings.Repeat("x", i%7) + fmt.Sprint(i%200_000)
		id := d.add([]byte(term))
		if want[term] == 0 {
			want[term] = uint32(len(want) + 1)
		}
		if id != want[term] {
			t.Fatalf("add(%q) = %d, want %d", term, id, want[term])
		}
	}
	for term, id := range want {
		if got := d.find(term); got != id || string(d.term(id)) != term {
			t.Fatalf("find(%q) = %d, want %d, whose term is %q", term, got, id, d.term(id))
		}
	}
	if got := d.find("none"); got != 0 || d.len() != len(want) {
		t.Errorf("find of an unknown term is %d among %d, want 0 among %d", got, d.len(), len(want))
	}
}

func TestNumbersForReaders(t *testing.T) {
	for _, c := range [][2]string{
		{thousands(0), "0"}, {thousands(999.6), "1,000"}, {thousands(1234567), "1,234,567"},
		{micros(0.123), "0.12"}, {micros(12.34), "12.3"}, {micros(1234), "1,234"},
		{ratio(3, 2), "1.50"}, {ratio(300, 2), "150"}, {ratio(0, 2), ""}, {ratio(2, 0), ""},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		samples []float64
		want    float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{4, 1}, 2.5}, {[]float64{9, 1, 5}, 5}} {
		if got := median(c.samples); got != c.want {
			t.Errorf("median %v, want %v", got, c.want)
		}
	}
}

// TestCompare makes a whole small comparison: compare itself fails if engines
// do not agree on rows or give back other quads than they got.
func TestCompare(t *testing.T) {
	var out bytes.Buffer
	dir := t.TempDir()
	o := options{
		quads: 10_000, dir: dir, rounds: 1, adds: 20, askFor: time.Millisecond, out: &out,
		peers: []string{"kg", "sqlite", "duckdb", "duckdb-art"},
	}
	if err := compare(o); err != nil {
		t.Fatalf("%v, after\n%s", err, &out)
	}
	for _, want := range []string{"10,000 quads", "| load ", "| q5down ", "| process:", "| export ", "| 20 adds"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the tables lack %q:\n%s", want, &out)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "sqlite", "kg.sqlite")); err != nil {
		t.Error("the stores are not kept where they were asked for:", err)
	}
}

// TestServers makes the same comparison with those peers whose programs are here.
func TestServers(t *testing.T) {
	var out bytes.Buffer
	peers, err := present([]string{"kg", "ladybug", "oxigraph", "jena", "virtuoso"}, &out)
	if err != nil {
		t.Fatal(err)
	}
	if len(peers) == 1 {
		t.Skip(out.String())
	}
	o := options{quads: 10_000, dir: t.TempDir(), rounds: 1, askFor: time.Millisecond, out: &out, peers: peers}
	if err := compare(o); err != nil {
		t.Fatalf("%v, after\n%s", err, &out)
	}
}

// TestSameValues holds what servers of SPARQL may change: the zeros of decimals.
func TestSameValues(t *testing.T) {
	write := func(text string) lines {
		path := filepath.Join(t.TempDir(), "x.nq")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		l, err := linesOf(path)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	line := func(number string) lines { return write(`<s> <p> "` + number + `"^^<` + xsd + "decimal> <g> .\n") }
	for _, c := range []struct {
		a, b string
		same bool
	}{{"58.60", "58.6", true}, {"58.00", "58", true}, {"100", "1", false}, {"58.06", "58.6", false}, {"0.010", "0.01", true}, {"5.10", "5.01", false}} {
		if got := line(c.a).same(line(c.b), &server{}); got != c.same {
			t.Errorf("%s and %s are the same to a server: %v, want %v", c.a, c.b, got, c.same)
		}
		if line(c.a).same(line(c.b), &sqlite{}) {
			t.Errorf("%s and %s are the same to a store that keeps lines", c.a, c.b)
		}
	}
}

// TestDisagreement makes sure that a wrong engine does not pass.
func TestDisagreement(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x.nq")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := generate(f, 10_000); err != nil {
		t.Fatal(err)
	}
	b := &bench{options: options{file: file, dir: dir, rounds: 1, askFor: time.Millisecond, out: new(bytes.Buffer), peers: []string{"sqlite"}}}
	if err := b.loads(); err != nil {
		t.Fatal(err)
	}
	s := &sqlite{dir: b.folder("sqlite")}
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	if err := s.Add(iri("person", 7), property("knows"), iri("person", 9999), iri("article", 0)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.asks(); err == nil || !strings.Contains(err.Error(), "one of the engines is wrong") {
		t.Errorf("a store with one quad more passes as equal: %v", err)
	}
	if err := b.exports(); err == nil || !strings.Contains(err.Error(), "not the same lines") {
		t.Errorf("an export with one quad more passes as equal: %v", err)
	}
}
