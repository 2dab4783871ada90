package nquads_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// other is a value of package quad's kind that is no term.
type other struct{ quad.IRI }

func TestAppendTermRefuses(t *testing.T) {
	t.Parallel()
	pointer := quad.IRI("a:x")
	for _, c := range []struct {
		value quad.Value
		want  string
	}{
		{nil, `expected a term, found nil`},
		{other{"a:x"}, `expected a term, found a value of type nquads_test.other`},
		{&pointer, `expected a term, found a value of type *quad.IRI`},
		{quad.IRI(""), `expected an absolute IRI (one with a scheme), found ""`},
		{quad.IRI("x"), `expected an absolute IRI (one with a scheme), found "x"`},
		{quad.IRI("a:x> <a:y"), `expected a character that may stand in an IRI, found '>' in "a:x> <a:y"`},
		{quad.IRI("a:\n"), `expected a character that may stand in an IRI, found '\n' (U+000A) in "a:\n"`},
		{quad.IRI("a:\\u0041"), `expected a character that may stand in an IRI, found '\\' in "a:\\u0041"`},
		{quad.IRI("a:\xff"), `expected UTF-8, found byte 0xFF in "a:\xff"`},
		{quad.BNode(""), `expected a blank node label, found ""`},
		{quad.BNode("a."), `expected a blank node label, found "a."`},
		{quad.BNode("a b"), `expected a blank node label, found "a b"`},
		{quad.BNode("a\xff"), `expected a blank node label, found "a\xff"`},
		{quad.BNode(strings.Repeat("-", 99)), `expected a blank node label, found "` + strings.Repeat("-", 60) + `"...`},
		{quad.String("a\xffb"), `expected UTF-8, found byte 0xFF in a literal`},
		{quad.TypedString{Value: "\x80", Type: "a:d"}, `expected UTF-8, found byte 0x80 in a literal`},
		{quad.TypedString{Value: "x"}, `expected an absolute IRI (one with a scheme), found ""`},
		{quad.TypedString{Value: "x", Type: "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"},
			`expected a language tag with rdf:langString, found it as a datatype`},
		{quad.LangString{Value: "x"}, `expected a language tag, found ""`},
		{quad.LangString{Value: "x", Lang: "en-"}, `expected a language tag, found "en-"`},
		{quad.LangString{Value: "x", Lang: "en .\n"}, `expected a language tag, found "en .\n"`},
		{quad.LangString{Value: "\xc3", Lang: "en"}, `expected UTF-8, found byte 0xC3 in a literal`},
		{quad.Time(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)), `expected a year from 1 to 9999, found 0`},
		{quad.Time(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), `expected a year from 1 to 9999, found 10000`},
	} {
		got, err := nquads.AppendTerm([]byte("+"), c.value)
		if want := "writing term: " + c.want; err == nil || err.Error() != want {
			t.Errorf("%#v: got %v, want %s", c.value, err, want)
		}
		if string(got) != "+" {
			t.Errorf("%#v: left %q behind", c.value, got)
		}
	}
}

func TestAppendQuadRefuses(t *testing.T) {
	t.Parallel()
	x := quad.IRI("a:x")
	for _, c := range []struct {
		q    quad.Quad
		want string
	}{
		{quad.Quad{}, `subject: expected a term, found nil`},
		{quad.Quad{Subject: quad.String("x"), Predicate: x, Object: x},
			`subject: expected an IRI or a blank node, found a value of type quad.String`},
		{quad.Quad{Subject: x, Predicate: quad.BNode("b"), Object: x},
			`predicate: expected an IRI, found a value of type quad.BNode`},
		{quad.Quad{Subject: x, Predicate: x}, `object: expected a term, found nil`},
		{quad.Quad{Subject: x, Predicate: x, Object: x, Label: quad.Int(1)},
			`label: expected an IRI or a blank node, found a value of type quad.Int`},
	} {
		w := nquads.NewWriter(io.Discard)
		err := w.Write(c.q)
		if want := "writing quad: " + c.want; err == nil || err.Error() != want {
			t.Errorf("%#v: got %v, want %s", c.q, err, want)
		}
	}
}

// A quad that cannot be written leaves no trace among those that can.
func TestWriterSkipsNothing(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	w := nquads.NewWriter(&out)
	x := quad.IRI("a:x")
	good := quad.Quad{Subject: x, Predicate: x, Object: quad.BNode("b"), Label: x}
	bad := quad.Quad{Subject: x, Predicate: x, Object: x, Label: quad.IRI("x")}
	if err := errors.Join(w.Write(good), w.Write(good), w.Flush()); err != nil {
		t.Fatal(err)
	}
	if w.Write(bad) == nil {
		t.Error("a relative IRI was written")
	}
	if err := errors.Join(w.Write(good), w.Flush()); err != nil {
		t.Fatal(err)
	}
	if want := strings.Repeat("<a:x> <a:x> _:b <a:x> .\n", 3); out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

type full struct{}

var errFull = errors.New("no space left on device")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriterReportsDestination(t *testing.T) {
	t.Parallel()
	w := nquads.NewWriter(full{})
	x := quad.IRI("a:x")
	if err := w.Write(quad.Quad{Subject: x, Predicate: x, Object: x}); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); !errors.Is(err, errFull) || err.Error() != "writing quads: no space left on device" {
		t.Error(err)
	}
	if err := w.Write(quad.Quad{Subject: x, Predicate: x, Object: x}); !errors.Is(err, errFull) {
		t.Error(err)
	}
}
