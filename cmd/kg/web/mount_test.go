package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"kg/cmd/kg/web"
)

// TestRefuse: below a mount the gate answers in the mount's own form, whatever it
// refuses, a panic too.
func TestRefuse(t *testing.T) {
	t.Parallel()
	s := guarded(t, func(o *web.Options) {
		o.Token = token
		o.Limits.Asking, o.Limits.Waiting = 0, 0
		o.Mounts[0].Refuse = func(w http.ResponseWriter, code int, why string) {
			w.WriteHeader(code)
			io.WriteString(w, "own form: "+why)
		}
	})
	for _, c := range []struct {
		method, path string
		change       func(*http.Request)
		want         int
	}{
		{"GET", "/api/v2/query", func(r *http.Request) { r.Host = "evil.example" }, 421},
		{"GET", "/api/v2/query", func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, 403},
		{"POST", "/api/v2/write", nil, 401},
		{"POST", "/api/v2/other", func(r *http.Request) { r.ContentLength = 101 }, 413},
		{"GET", "/api/v2/?" + strings.Repeat("x", 9000), nil, 414},
		{"GET", "/api/v2/query", nil, 429},
		{"GET", "/api/v2/panic", nil, 500},
	} {
		res := ask(s, c.method, c.path, c.change)
		if body := text(t, res); res.StatusCode != c.want || !strings.HasPrefix(body, "own form: ") {
			t.Errorf("%s %.20s is answered with %d: %s", c.method, c.path, res.StatusCode, body)
		}
	}
	has(t, get(t, s, "/nothing", 404), "<h1>") // the pages go on in theirs
}

// TestMountPaths: a mount ending in / has all below it and no more.
func TestMountPaths(t *testing.T) {
	t.Parallel()
	var seen []string
	s := exampleServer(t, func(o *web.Options) {
		o.Mounts = []web.Mount{{Path: "/ui/", Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = append(seen, r.URL.Path) })}}
	})
	for _, path := range []string{"/ui/", "/ui", "/ui/static/a.js", "/uix", "/"} {
		r := httptest.NewRequest("GET", path, nil)
		r.Host = "localhost"
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	if want := []string{"/ui/", "/ui", "/ui/static/a.js"}; !slices.Equal(seen, want) {
		t.Errorf("the mount saw %q, not %q", seen, want)
	}
}
