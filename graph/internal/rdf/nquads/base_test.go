package nquads

import (
	"net/url"
	"strings"
	"testing"
)

// The reference resolution examples of RFC 3986, 5.4, but for those of a base without
// a path, and some of IRIs; net/url's resolution is the oracle.
func TestBase(t *testing.T) {
	t.Parallel()
	refs := strings.Fields(`g ./g g/ /g //g ?y g?y #s g#s g?y#s ;x g;x . ./ .. ../ ../g ../.. ../../ ../../g ../../../g
		../../../../g /./g /../g g. .g g.. ..g ./../g ./g/. g/./h g/../h g;x=1/./y g;x=1/../y g?y/./x g?y/../x g#s/./x g#s/../x /en/larry /film/actor`)
	for _, at := range []string{"http://a/b/c/d;p?q", "http://a", "https://ex.org/", "https://ex.org/x#y"} {
		base, err := NewBase(at)
		if err != nil {
			t.Fatal(err)
		}
		from, err := url.Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		for _, ref := range append(refs, "") {
			want, err := from.Parse(ref)
			if err != nil {
				t.Fatal(err)
			}
			got := string(base.appendResolved(nil, []byte(ref)))
			// net/url keeps the fragment of the base for an empty reference, which RFC 3986 does not.
			if ref == "" && from.Fragment != "" {
				want.Fragment = ""
			}
			if got != want.String() {
				t.Errorf("%q against %q is %q, not %q", ref, at, got, want)
			}
		}
	}
	for _, bad := range []string{"", "x/y", "http://a b/", "http://a/<"} {
		if _, err := NewBase(bad); err == nil {
			t.Errorf("%q is a base", bad)
		}
	}
}

// A text with relative IRIs is read with a base, in every place of a quad.
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
