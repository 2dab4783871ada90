package turtle_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"kg/internal/rdf/lex"
	"kg/internal/rdf/nquads"
	"kg/internal/rdf/turtle"
)

// files are the texts of the suites.
func files(t testing.TB) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"*", "rdf12/*/*"} {
		names, err := filepath.Glob(filepath.Join("testdata", "w3c", filepath.FromSlash(pattern), "*.t[tr]*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.Base(name)] = string(text)
		}
	}
	if len(texts) < 700 {
		t.Fatalf("%d texts", len(texts))
	}
	return texts
}

// readIn reads a text in chunks.
func readIn(t testing.TB, src io.Reader, size int, trig, whole bool) ([][4]nquads.Term, error) {
	t.Helper()
	base, err := lex.NewBase("http://a.example/b/c?d")
	if err != nil {
		t.Fatal(err)
	}
	r := turtle.NewReader(src, "x.ttl", base)
	r.TriG, r.Triples, r.WholeStatements = trig, nquads.KeepTriples, whole
	r.SetWindow(size, 64<<20)
	return drain(r)
}

// checkWindows: wherever a text is cut, its quads and its error are the same, and
// with whole statements as many quads or fewer.
func checkWindows(t testing.TB, text string) {
	t.Helper()
	for _, trig := range []bool{false, true} {
		want, wantErr := readIn(t, strings.NewReader(text), len(text)+16, trig, false) // all at once
		for name, src := range map[string]io.Reader{
			"bytes": iotest.OneByteReader(strings.NewReader(text)), "halves": iotest.HalfReader(strings.NewReader(text)), "with EOF": iotest.DataErrReader(strings.NewReader(text)),
		} {
			got, err := readIn(t, src, 7, trig, false)
			if !reflect.DeepEqual(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
				t.Fatalf("%s: %q gives %d quads, %v, not %d, %v", name, text, len(got), err, len(want), wantErr)
			}
		}
		got, err := readIn(t, strings.NewReader(text), 7, trig, true)
		if len(got) > len(want) || len(got) > 0 && !reflect.DeepEqual(got, want[:len(got)]) || fmt.Sprint(err) != fmt.Sprint(wantErr) || err == nil && len(got) < len(want) {
			t.Fatalf("whole statements: %q gives %d quads, %v, not %d, %v", text, len(got), err, len(want), wantErr)
		}
	}
}

func TestWindows(t *testing.T) {
	t.Parallel()
	for _, text := range files(t) {
		checkWindows(t, text)
	}
}

// A statement may be longer than what is held of a text at once, an object may not.
func TestLongStatement(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString("@prefix x: <x:> .\nx:s x:p x:o")
	for i := range 10_000 {
		fmt.Fprintf(&text, " ,\n  [ x:q x:o%d , \"é\" ]", i)
		if i%7 == 0 {
			fmt.Fprintf(&text, " ; x:p%d (1 2.0)", i)
		}
	}
	text.WriteString(" .")
	r := turtle.NewReader(strings.NewReader(text.String()), "x.ttl", nil)
	r.SetWindow(100, 1000)
	got, err := drain(r)
	want, wantErr := readAll(text.String(), "", false, nquads.RefuseTriples)
	if err != nil || wantErr != nil || len(want) != 1+3*10_000+5*1429 || !reflect.DeepEqual(got, want) {
		t.Fatal(len(got), err, len(want), wantErr)
	}
	r = turtle.NewReader(strings.NewReader("<a:s> <a:p> \""+strings.Repeat("x", 5000)+`" .`), "x.ttl", nil)
	r.SetWindow(100, 1000)
	if _, err := drain(r); err == nil || !strings.Contains(err.Error(), "x.ttl\":1:1") || !strings.Contains(err.Error(), "expected the end of a statement, or ',' or ';'") {
		t.Error(err)
	}
}

// Blank nodes without labels meet none that the text labels.
func TestBlankLabels(t *testing.T) {
	t.Parallel()
	quads, err := readAll("_:anon-1 <a:p> [] , [] , _:anon--1 , _:x .", "", false, nquads.RefuseTriples)
	seen := map[string]bool{}
	for _, q := range quads {
		seen[string(q[0].Text)], seen[string(q[2].Text)] = true, true
	}
	if err != nil || len(seen) != 5 {
		t.Error(seen, err)
	}
}

func TestSkip(t *testing.T) {
	t.Parallel()
	const text = "@prefix x: <x:> .\nx:a x:p x:b ,\n  x:c ,, x:d .\nx:e x:p x:f .\nx:g { x:h x:p 1 .\n x:i x:p \"y .\n x:j x:p 2 . \n x:k x:p y:z }\nx:l x:p 3 .\nx:m"
	r := turtle.NewReader(strings.NewReader(text), "x.trig", nil)
	r.TriG, r.WholeStatements = true, true
	r.SetWindow(8, 1<<20)
	var got []string
	for {
		var q [4]nquads.Term
		err := r.ReadTerms(&q)
		if err == io.EOF {
			break
		}
		if err != nil {
			skipped, ok := r.Skip()
			if !ok {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprintf("%v: %s", err, skipped))
			continue
		}
		got = append(got, fmt.Sprintf("%s %s %s", q[0].Text, q[2].Text, q[3].Text))
	}
	want := []string{
		"reading quads \"x.trig\":3:8: expected an object (IRI, blank node, list, literal), found ',': x:a x:p x:b ,\n  x:c ,, x:d .",
		"x:e x:f ", "x:h 1 x:g",
		"reading quads \"x.trig\":6:14: expected '\"' at the end of the literal, or three quotes at its start, found '\\n' (U+000A): x:i x:p \"y .",
		"x:j 2 x:g",
		"reading quads \"x.trig\":8:10: expected a prefix that is declared above, found \"y:\": x:k x:p y:z }",
		"x:l 3 ",
		"reading quads \"x.trig\":10:4: expected a predicate (IRI or 'a'), found the end of the text: x:m",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// An error of the source ends the reading, after what came before it.
func TestSourceError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken pipe")
	src := io.MultiReader(strings.NewReader("<a:s> <a:p> <a:o> .\n<a:s> <a:p> "), iotest.ErrReader(broken))
	quads, err := drain(turtle.NewReader(src, "x.ttl", nil))
	if len(quads) != 1 || !errors.Is(err, broken) {
		t.Error(quads, err)
	}
	if _, err := drain(turtle.NewReader(idle{}, "x.ttl", nil)); !errors.Is(err, io.ErrNoProgress) {
		t.Error(err)
	}
	for _, text := range []string{"<a:s> <a:p> <a:o> .\n# \xff", "<a:s> <a:p> <a:o> .\n# \xc3"} {
		quads, err = drain(turtle.NewReader(strings.NewReader(text), "x.ttl", nil))
		if len(quads) != 1 || err == nil || !strings.Contains(err.Error(), `"x.ttl":2:3: expected UTF-8, found byte 0x`) {
			t.Error(quads, err)
		}
	}
}

// idle has nothing and never ends.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

// FuzzRead: any text is read the same in chunks of any size, its quads can be written,
// and an error has its position.
func FuzzRead(f *testing.F) {
	for _, text := range files(f) {
		f.Add(text)
	}
	f.Add("\ufeff")
	f.Add("_:anon-1 <a:p> [<a:q> ({| ~ <<(<<")
	f.Add("BASE <a:b>\r<c> <d>\r\n'''\r'' ''' .")
	f.Fuzz(func(t *testing.T, text string) {
		checkWindows(t, text)
		quads, err := readAll(text, "", true, nquads.ClaimTriples)
		for _, q := range quads {
			for i := range q {
				if q[i].Kind == nquads.Directed || q[i].Kind == nquads.Triple {
					t.Fatalf("%q gives a term of RDF 1.2", text)
				}
				if _, bad := q[i].Append(nil); bad != nil && q[i].Kind != nquads.None {
					t.Fatalf("%q gives a term that is none: %v", text, bad)
				}
			}
		}
		var syntax *lex.SyntaxError
		if err != nil && (!errors.As(err, &syntax) || strings.Contains(err.Error(), "\n")) {
			t.Fatalf("strange error %q", err)
		}
	})
}
