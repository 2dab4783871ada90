package picture

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/cayleygraph/quad"
)

// drawer is one for all tests. With -short, which draws little, it does not compile
// Graphviz.
var drawer = sync.OnceValue(func() *Drawer {
	if testing.Short() {
		return NewSingleDrawer()
	}
	return NewDrawer()
})

// TestGraphviz holds which Graphviz this is: that of go-graphviz v0.2.10.
func TestGraphviz(t *testing.T) {
	t.Parallel()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	if got := hex.EncodeToString(sum[:]); got != "7cc5b0a5f176aeaa69760ed5dc3282ceda2b1b04229b22de77bb0a5eab45578e" {
		t.Errorf("graphviz.wasm has the SHA-256 %s", got)
	}
}

// small is a picture with something of everything.
func small() *Picture {
	return &Picture{
		Title: "What Ann is joined to", Rule: "Every edge of Ann", All: 3,
		Nodes: []Node{
			{Value: quad.IRI("https://x.example/ann"), Label: "Ann", Tip: "Ann (Person)", Class: Person, Link: "/entity?id=kg:person/ann&a=b", Focus: true},
			{Value: quad.IRI("https://x.example/sale"), Label: "The sale of a very long named ferry company in a harbour town", Tip: "sale", Class: Event, Doubt: "planned"},
			{Value: quad.String("2 million"), Label: "2 million", Tip: "2 million", Class: Figure},
		},
		Edges: []Edge{
			{From: 1, To: 0, Label: "buyer", Tip: "Ann buys it – The Herald, asserts", Link: "/claim?id=x"},
			{From: 1, To: 2, Label: "price", Tip: "so a clerk", Unsure: true},
			{From: 0, To: 1, Label: "participant", Tip: "she says not", Denied: true},
		},
	}
}

// texts are the words in an SVG, which must be well-formed.
func texts(t testing.TB, svg []byte) (words, links []string) {
	t.Helper()
	x := xml.NewDecoder(bytes.NewReader(svg))
	inside := false
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return words, links
		}
		if err != nil {
			t.Fatalf("the SVG is not well-formed: %v\n%s", err, svg)
		}
		switch e := token.(type) {
		case xml.StartElement:
			inside = e.Name.Local == "text"
			for _, a := range e.Attr {
				if a.Name.Local == "href" {
					links = append(links, a.Value)
				}
			}
		case xml.CharData:
			if inside {
				words = append(words, string(e))
			}
		case xml.EndElement:
			inside = false
		}
	}
}

func TestSVG(t *testing.T) {
	t.Parallel()
	svg, err := drawer().SVG(t.Context(), small(), true)
	if err != nil {
		t.Fatal(err)
	}
	words, links := texts(t, svg)
	all := strings.Join(words, "|")
	for _, want := range []string{"Ann|", "The sale of a very long|named ferry company in a|harbour town|(planned)", "buyer", "denied:", "Every edge of Ann.", "person", "event", "dotted: denied"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q lacks %q", all, want)
		}
	}
	if strings.Join(links, " ") == "" || links[0] != "/entity?id=kg:person/ann&a=b" {
		t.Errorf("the links are %q", links)
	}
	for _, part := range []string{`class="node person focus"`, `class="node event unsure"`, `class="edge denied"`, `stroke-dasharray="5,2"`, `stroke-dasharray="1,5"`} {
		if !bytes.Contains(svg, []byte(part)) {
			t.Errorf("the SVG lacks %s", part)
		}
	}
	inPage, err := drawer().SVG(t.Context(), small(), false)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(inPage, []byte(`<svg class="graph" role="group" aria-label="What Ann is joined to" `)) || bytes.Contains(inPage, []byte("style=")) || bytes.Contains(inPage, []byte("Every edge")) {
		t.Errorf("the SVG for a page is\n%s", inPage)
	}
}

// TestSameEveryTime: a picture depends on nothing but the graph, on either way
// of running Graphviz.
func TestSameEveryTime(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles Graphviz")
	}
	want, err := drawer().SVG(t.Context(), small(), true)
	if err != nil {
		t.Fatal(err)
	}
	got, err := NewSingleDrawer().SVG(t.Context(), small(), true)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("interpreted: %v\n%s\ncompiled:\n%s", err, got, want)
	}
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			if got, err := drawer().SVG(t.Context(), small(), true); err != nil || !bytes.Equal(got, want) {
				t.Errorf("drawn at once with others: %v", err)
			}
		})
	}
	wait.Wait()
}

// label draws one word and returns it as it stands in the picture.
func label(t testing.TB, word string) (shown, tip, link string) {
	t.Helper()
	p := &Picture{Title: word, Nodes: []Node{{Label: word, Tip: word, Class: Thing, Link: "/x?id=" + word}}}
	svg, err := drawer().SVG(context.Background(), p, false)
	if err != nil {
		t.Fatalf("%q: %v", word, err)
	}
	words, links := texts(t, svg)
	x := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := x.Token()
		if err != nil {
			return strings.Join(words, " "), tip, strings.Join(links, " ")
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "a" {
			for _, a := range e.Attr {
				if a.Name.Local == "title" {
					tip = a.Value
				}
			}
		}
	}
}

// nasty are words that DOT, XML or a page could take for something else.
var nasty = []string{
	`plain`, `a "quoted" word`, `back\slash \N \G \l \n`, `&amp; &lt; &#65; & ; &quot`, `<b>bold</b> <script>alert(1)</script>`, `]]> --> <!--`,
	`동아일보 Приморский`, `'single' "; shape=box; label="`, "\\", `"`, `\"`, `&`, `#{}[]|;->`, "e\u0301", "\U0001F600",
}

func TestPictureEscapes(t *testing.T) {
	t.Parallel()
	for _, word := range nasty {
		shown, tip, link := label(t, word)
		if link != "/x?id="+word {
			t.Errorf("%q has the link %q", word, link)
		}
		if want := strings.Join(strings.Fields(word), " "); shown != want {
			t.Errorf("%q is shown as %q", word, shown)
		}
		if tip != word {
			t.Errorf("%q has the tip %q", word, tip)
		}
	}
}

// FuzzLabel: whatever a source says is a word in the picture, and no more.
func FuzzLabel(f *testing.F) {
	for _, word := range nasty { // TestPictureEscapes draws them
		if !testing.Short() {
			f.Add(word)
		}
	}
	f.Add("\x00\x1b[31m\u2028\ufffe\xff")
	f.Add(strings.Repeat("long word ", 40))
	f.Fuzz(func(t *testing.T, word string) {
		if len(word) > 2000 {
			return
		}
		shown, _, _ := label(t, word)
		var want strings.Builder
		for _, r := range strings.ToValidUTF8(word, "\uFFFD") {
			if r < ' ' && !unicode.IsSpace(r) || r == 0x7f || r == 0xfffe || r == 0xffff {
				r = '\uFFFD'
			}
			want.WriteRune(r)
		}
		got, expected := strings.ReplaceAll(shown, " ", ""), strings.Join(strings.Fields(want.String()), "")
		if strings.Contains(got, "…") { // shortened
			got, _, _ = strings.Cut(got, "…")
			if !strings.Contains(word, "…") && !strings.HasPrefix(expected, got) {
				t.Errorf("%q is shown as %q", word, shown)
			}
			return
		}
		if got != expected && !strings.Contains(word, "…") {
			t.Errorf("%q is shown as %q, not %q", word, got, expected)
		}
	})
}

// TestBounds: a graph that is too large ends in an error and takes nothing with
// it, and one that takes too long ends with its context.
func TestBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("a picture that is too large")
	}
	t.Parallel()
	var b strings.Builder
	b.WriteString("digraph {")
	for i := range 3000 {
		fmt.Fprintf(&b, "n%d -> n%d; n%d -> n%d;", i, (i*7+1)%3000, i, (i*13+5)%3000)
	}
	b.WriteString("}")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := drawer().Start(); err != nil {
		t.Fatal(err)
	}
	_, err := drawer().Layout(ctx, b.String(), "svg")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a large graph within 300 ms: %v", err)
	}
	for _, dot := range []string{"", "digraph {", "no graph", "digraph { a [label=<<table><tr>>] }\x00"} {
		if out, err := drawer().Layout(t.Context(), dot, "svg"); err == nil && dot != "digraph { a [label=<<table><tr>>] }\x00" {
			t.Errorf("%q was drawn as %q", dot, out)
		}
	}
	if _, err := drawer().Layout(t.Context(), "digraph {a}", "pdf"); err == nil {
		t.Error("a format that there is not was written")
	}
	if _, err := drawer().SVG(t.Context(), small(), true); err != nil {
		t.Errorf("after all that: %v", err)
	}
}

func TestPNG(t *testing.T) {
	t.Parallel()
	p := small()
	p.Nodes[2].Label = "동 2"
	b, missing, err := drawer().PNG(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if missing != "동" {
		t.Errorf("the letters that are missing: %q", missing)
	}
	colours := map[string]int{}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			colours[fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)]++
		}
	}
	for _, want := range []string{"#ffffff", "#dbeafe", "#1d4ed8", "#fef3c7", "#b45309", "#6b7280"} {
		if colours[want] < 50 {
			t.Errorf("%d pixels are %s", colours[want], want)
		}
	}
}

// TestDashes compares with measuring along the line point by point.
func TestDashes(t *testing.T) {
	t.Parallel()
	line := []point{{0, 0}, {7, 0}, {7, 11}, {30, 11}}
	var on float64
	for _, dash := range dashes(line, []float64{5, 3}) {
		for i := 1; i < len(dash); i++ {
			on += abs(dash[i].x-dash[i-1].x) + abs(dash[i].y-dash[i-1].y)
		}
	}
	want := 0.0
	for at := range 41 { // the line is 41 long, and runs along the axes
		if at%8 < 5 {
			want++
		}
	}
	if on-want > 0.001 || want-on > 0.001 {
		t.Errorf("the dashes are %f long, not %f", on, want)
	}
	if got := dashes(line, nil); len(got) != 1 || len(got[0]) != len(line) {
		t.Errorf("without a pattern: %v", got)
	}
}

func abs(x float64) float64 { return max(x, -x) }

// TestWrap keeps every word, up to the lines there are.
func TestWrap(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                              "",
		"one two":                       "one two",
		"one two three four":            "one two\nthree four",
		"a b c d e f g h i j k l m n o": "a b c d e\nf g h i j …",
		"abcdefghijklmnopqrstuvwxyz":    "abcdefghijklmnopqrs…",
	} {
		if got := wrap(in, 10, 2); got != want {
			t.Errorf("%q becomes %q, not %q", in, got, want)
		}
	}
}

// BenchmarkSVG draws a picture of the largest size there is.
func BenchmarkSVG(b *testing.B) {
	p := &Picture{Title: "large"}
	for i := range Most {
		p.Nodes = append(p.Nodes, Node{Label: fmt.Sprint("An entity with the number ", i), Class: looks[i%len(looks)].class})
		p.Edges = append(p.Edges, Edge{From: i, To: (i * i) % (i + 1), Label: "relation"})
	}
	if err := drawer().Start(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := drawer().SVG(context.Background(), p, false); err != nil {
			b.Fatal(err)
		}
	}
}
