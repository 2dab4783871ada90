package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"testing"
)

// TestPacked: what a client unpacks is what another one gets, on every page and in
// every form, with its length told.
func TestPacked(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for _, path := range append([]string{"/query/companies?format=csv", "/query/companies?format=json", "/entity?id=kg:company/blue-line&format=ttl", "/entity?id=kg:company/blue-line&format=svg"}, examplePages...) {
		plain := text(t, ask(s, "GET", path, nil))
		res := ask(s, "GET", path, func(r *http.Request) { r.Header.Set("Accept-Encoding", "br, gzip;q=0.8") })
		if res.StatusCode == http.StatusSeeOther {
			continue
		}
		sent, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Header.Get("Content-Length"); got != strconv.Itoa(len(sent)) {
			t.Errorf("%s has %d bytes and tells %s", path, len(sent), got)
		}
		if len(plain) < 1024 {
			if string(sent) != plain || res.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s is packed, small as it is", path)
			}
			continue
		}
		z, err := gzip.NewReader(bytes.NewReader(sent))
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if got, err := io.ReadAll(z); err != nil || string(got) != plain {
			t.Errorf("%s unpacks to something else (%v)", path, err)
		}
	}
}

// TestUnpacks: who does not take gzip does not get it (RFC 9110, 12.5.3).
func TestUnpacks(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for accept, want := range map[string]string{
		"": "", "identity": "", "br": "", "gzip": "gzip", "GZIP": "gzip", "x-gzip": "gzip", "*": "gzip", "gzip;q=0": "", "gzip; q=0, *": "", "*;q=0": "",
		"*, gzip;q=0.1": "gzip", "gzip;q=x": "", "deflate, gzip;q=1.0, *;q=0.5": "gzip",
	} {
		res := ask(s, "GET", "/", func(r *http.Request) { r.Header.Set("Accept-Encoding", accept) })
		if got := res.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q is answered with %q, not %q", accept, got, want)
		}
	}
}
