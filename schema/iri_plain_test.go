package schema

import "testing"

// A plain IRI is one in which the whole check finds nothing wrong.
func FuzzIsPlainIRI(f *testing.F) {
	for _, seed := range []string{"http://a.b/c", "https://a/b?c#d#e", "http://", "http:///x", "http://a:b/", "http://a/%zz", "x://[::1]/", "HTTP://a/", "urn:x:y", "a://b/c:d@e", "http://a b/", "http://a/\x7f", "http://é/", "a://b\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !isPlain(s) {
			return
		}
		if err := checkIRI(s); err != nil {
			t.Errorf("%q is plain, and %v", s, err)
		}
		if !isPlain([]byte(s)) {
			t.Errorf("%q is plain as a string alone", s)
		}
	})
}
