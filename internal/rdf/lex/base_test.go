package lex_test

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"kg/internal/rdf/lex"
)

// resolve reads a relative IRI against a base.
func resolve(t *testing.T, base, ref string) string {
	t.Helper()
	b, err := lex.NewBase(base)
	if err != nil {
		t.Fatal(err)
	}
	l := lex.Lexer{Text: []byte("<" + ref + ">"), FirstLine: 1, Base: b}
	iri, err := l.IRIRef()
	if err != nil {
		t.Fatal(err)
	}
	return string(iri)
}

// TestResolve has the examples of RFC 3986, 5.4.
func TestResolve(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]string{
		"g:h": "g:h", "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g", "//g": "http://g",
		"?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s", "g#s": "http://a/b/c/g#s", "g?y#s": "http://a/b/c/g?y#s",
		";x": "http://a/b/c/;x", "g;x": "http://a/b/c/g;x", "g;x?y#s": "http://a/b/c/g;x?y#s", "": "http://a/b/c/d;p?q", ".": "http://a/b/c/",
		"./": "http://a/b/c/", "..": "http://a/b/", "../": "http://a/b/", "../g": "http://a/b/g", "../..": "http://a/", "../../": "http://a/",
		"../../g": "http://a/g", "../../../g": "http://a/g", "../../../../g": "http://a/g", "/./g": "http://a/g", "/../g": "http://a/g",
		"g.": "http://a/b/c/g.", ".g": "http://a/b/c/.g", "g..": "http://a/b/c/g..", "..g": "http://a/b/c/..g", "./../g": "http://a/b/g",
		"./g/.": "http://a/b/c/g/", "g/./h": "http://a/b/c/g/h", "g/../h": "http://a/b/c/h", "g;x=1/./y": "http://a/b/c/g;x=1/y",
		"g;x=1/../y": "http://a/b/c/y", "g?y/./x": "http://a/b/c/g?y/./x", "g#s/../x": "http://a/b/c/g#s/../x",
	} {
		if got := resolve(t, "http://a/b/c/d;p?q", ref); got != want {
			t.Errorf("%s is resolved to %s, not %s", ref, got, want)
		}
	}
}

// TestResolveAsURL holds random references against net/url, which resolves as the
// RFC does while there is nothing to escape.
func TestResolveAsURL(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 986))
	text := func(n int) string {
		var b strings.Builder
		for range r.IntN(n) {
			b.WriteString([]string{"a", "b", ".", "..", "/", "/", "g", "./", "../"}[r.IntN(9)])
		}
		return b.String()
	}
	for range 20_000 {
		base, ref := "http://h/"+text(6), text(8)
		if r.IntN(3) == 0 {
			ref += "?" + text(3)
		}
		if strings.Contains(ref, "//") || strings.Contains(base[7:], "//") || strings.Contains(base, ".") {
			continue // net/url cleans empty segments up, and the base, the RFC does not
		}
		b, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		u, err := b.Parse(ref)
		if err != nil {
			t.Fatal(err)
		}
		if got := resolve(t, base, ref); got != u.String() {
			t.Fatalf("%s against %s is resolved to %s, by net/url to %s", ref, base, got, u)
		}
	}
}

func TestNewBase(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "a", "//a/b", "http://a b", "1:a"} {
		if _, err := lex.NewBase(bad); err == nil {
			t.Errorf("%q is a base", bad)
		}
	}
}
