package cayleyui

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kg/graph"
	"kg/schema"
)

// harbour is the graph of the tests: a ferry firm, with numbers, texts and a
// date that a picture shows as they are.
const harbour = `<https://kg.example/company/blue-line> <https://kg.example/ontology#ownedBy> <https://kg.example/company/north-shore> <https://kg.example/source/ferry> .
<https://kg.example/company/blue-line> <https://kg.example/ontology#ships> "7"^^<http://www.w3.org/2001/XMLSchema#integer> <https://kg.example/source/ferry> .
<https://kg.example/company/blue-line> <https://kg.example/ontology#since> "2006-07-01"^^<http://www.w3.org/2001/XMLSchema#date> <https://kg.example/source/ferry> .
<https://kg.example/company/blue-line> <https://schema.org/name> "Blue Line" <https://kg.example/source/ferry> .
<https://kg.example/company/north-shore> <https://kg.example/ontology#located> <https://kg.example/city/harbourtown> <https://kg.example/source/ferry> .
<https://kg.example/company/north-shore> <https://schema.org/name> "North Shore, \"the Shore\""@en <https://kg.example/source/ferry> .
`

const (
	blueLine   = "<https://kg.example/company/blue-line>"
	northShore = "<https://kg.example/company/north-shore>"
)

// newStore makes a store of N-Quads.
func newStore(t testing.TB, quads string) *graph.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kg.db")
	file := graph.QuadsFile{Name: "test", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(quads)), nil }}
	s, err := graph.Create(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := s.LoadQuads(t.Context(), []graph.QuadsFile{file}, graph.LoadOptions{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	return s
}

// viewsOf asks a store. The bounds are for a busy machine.
func viewsOf(s *graph.Store) func(denied bool) *graph.View {
	return func(denied bool) *graph.View {
		h := s.View(schema.DefaultBase).Cayley()
		if denied {
			h = s.WholeView(schema.DefaultBase).Cayley()
		}
		v := graph.NewView(h, schema.DefaultBase)
		v.Bounds = graph.Bounds{Timeout: time.Minute, Memory: 256 << 20}
		return v
	}
}

// newHandler serves a graph that can be written to.
func newHandler(t testing.TB, quads string, change func(*Options)) *Handler {
	t.Helper()
	s := newStore(t, quads)
	o := Options{View: viewsOf(s), Apply: s.Apply, Base: schema.DefaultBase, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	if change != nil {
		change(&o)
	}
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// readOnly lets nobody write.
func readOnly(o *Options) { o.Apply = nil }

// impatient gives queries no time.
func impatient(o *Options) {
	view := o.View
	o.View = func(denied bool) *graph.View {
		v := view(denied)
		v.Bounds.Timeout = 50 * time.Millisecond
		return v
	}
}

// ask sends a request; headers are name, value, name, value.
func ask(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// decode reads an answer in JSON that must have the status.
func decode(t testing.TB, w *httptest.ResponseRecorder, status int, into any) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	if kind := w.Header().Get("Content-Type"); !strings.HasPrefix(kind, "application/") || !strings.Contains(kind, "json") {
		t.Errorf("Content-Type is %q", kind)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
}
