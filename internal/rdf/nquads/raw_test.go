package nquads_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// checkRaw checks that the raw way of reading a text, cut at many offsets, gives what
// Read gives.
func checkRaw(t testing.TB, text string, quads []quad.Quad, err error) {
	t.Helper()
	var first *nquads.SyntaxError
	if err != nil && !errors.As(err, &first) {
		t.Fatal(err)
	}
	all, rejects, rawErr := readBlocks(iotest.HalfReader(strings.NewReader(text)), 1)
	if rawErr != nil || len(all) < len(quads) || !slices.Equal(all[:len(quads)], quads) {
		t.Fatalf("%q: read %d quads, raw %d, %v", text, len(quads), len(all), rawErr)
	}
	if first == nil && (len(rejects) > 0 || len(all) > len(quads)) ||
		first != nil && (len(rejects) == 0 || !strings.HasSuffix(rejects[0], first.Error())) {
		t.Fatalf("%q: read %v, raw %q", text, err, rejects)
	}
	for _, q := range all {
		for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
			if v != nil {
				checkTerm(t, v)
			}
		}
	}
}

// checkTerm checks that a value and its raw term are written alike.
func checkTerm(t testing.TB, v quad.Value) {
	t.Helper()
	want, wantErr := nquads.AppendTerm([]byte("+"), v)
	term, err := nquads.TermOf(v)
	if err != nil {
		if wantErr == nil || wantErr.Error() != "writing term: "+err.Error() {
			t.Fatalf("%#v: raw %v, written %v", v, err, wantErr)
		}
		return
	}
	got, err := term.Append([]byte("+"))
	if string(got) != string(want) || (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
		t.Fatalf("%#v: raw %q, %v, want %q, %v", v, got, err, want, wantErr)
	}
	// A second value for one term comes back as the first.
	if again, err := nquads.AppendTerm([]byte("+"), term.Value()); string(again) != string(want) || (err == nil) != (wantErr == nil) {
		t.Fatalf("%#v: as %#v written %q, %v, want %q, %v", v, term.Value(), again, err, want, wantErr)
	}
}

func TestTermOfRefuses(t *testing.T) {
	t.Parallel()
	for v, want := range map[quad.Value]string{
		nil:          "expected a term, found nil",
		other{"a:x"}: "expected a term, found a value of type nquads_test.other",
	} {
		if term, err := nquads.TermOf(v); err == nil || err.Error() != want || term.Kind != nquads.None {
			t.Errorf("%#v: got %v, %v, want %s", v, term, err, want)
		}
	}
	var none nquads.Term
	if got, err := none.Append([]byte("+")); err == nil || string(got) != "+" || none.Value() != nil {
		t.Errorf("no term is %v, written %q, %v", none.Value(), got, err)
	}
}

// The kinds of terms, each at the edges of the words they are scanned by.
func TestTerms(t *testing.T) {
	t.Parallel()
	for n := range 20 {
		for _, c := range []string{"", "~", "!", "é", "\\u00e9", "\\U0001F600"} {
			text := strings.Repeat("x", n) + c
			line := "<a:" + text + "> <b:" + text + "y> \"" + text + "\\n\"@en <c:" + text + "> ."
			quads, err := readAll(line)
			if err != nil || len(quads) != 1 {
				t.Fatal(line, err)
			}
			checkRaw(t, line, quads, nil)
		}
		for _, c := range []byte("\x00 \"<\\^`{|}\x1f") {
			line := "<a:" + strings.Repeat("x", n) + string(c) + "> <a:p> <a:o> ."
			if _, err := readAll(line); err == nil {
				t.Errorf("%q is no IRI", line)
			}
		}
	}
	r := nquads.NewReader(strings.NewReader(`_:a <a:p> "x" .`+"\n"+`_:a <a:p> "x"^^<`+xsd+`string> _:g .`), "x.nq")
	var terms [4]nquads.Term
	for _, label := range []nquads.TermKind{nquads.None, nquads.Blank} {
		if err := r.ReadTerms(&terms); err != nil {
			t.Fatal(err)
		}
		kinds := [4]nquads.TermKind{terms[0].Kind, terms[1].Kind, terms[2].Kind, terms[3].Kind}
		if want := [4]nquads.TermKind{nquads.Blank, nquads.IRI, nquads.Plain, label}; kinds != want || terms[2].Type != nil {
			t.Errorf("got kinds %v, want %v, datatype %q", kinds, want, terms[2].Type)
		}
	}
	if err := r.ReadTerms(&terms); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
}
