package nquads

import (
	"strings"
	"testing"
)

// A text with relative IRIs is read with a base, in every position of a quad.
func TestReadRelative(t *testing.T) {
	t.Parallel()
	r := NewReader(strings.NewReader("<a> <b#c> \"x\"^^<d> <\\u0065> .\n</f> <https://x/y> <é> .\n"), "x.nq")
	base, err := NewBase("https://ex.org/at/")
	if err != nil {
		t.Fatal(err)
	}
	r.Base = base
	for _, want := range []string{
		`<https://ex.org/at/a> <https://ex.org/at/b#c> "x"^^<https://ex.org/at/d> <https://ex.org/at/e> .` + "\n",
		"<https://ex.org/f> <https://x/y> <https://ex.org/at/é> .\n",
	} {
		q, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := AppendQuad(nil, q); err != nil || string(got) != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
}
