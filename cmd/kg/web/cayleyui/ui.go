package cayleyui

import (
	"log/slog"
	"net/http"

	cayley "github.com/cayleygraph/cayley/graph"

	"kg/graph"
	"kg/schema"
)

// Options configure a Handler.
type Options struct {
	// View returns a view of the graph, with denied edges or without. It is called for
	// each request.
	View func(denied bool) *graph.View
	// Apply changes the graph atomically, as graph.Store does; later views show the
	// change. Without it writes are answered with 405.
	Apply func([]cayley.Delta, cayley.IgnoreOpts) error
	Base  schema.Base
	// Rows is the maximum number of rows of a query, whatever its limit; 0 is
	// DefaultRows.
	Rows int
	// Saved are questions that can be loaded into the editor.
	Saved []Saved
	Log   *slog.Logger // of what went wrong inside; nil is slog.Default
}

// Saved is a saved question: its name is that of its page.
type Saved struct {
	Name     string `json:"name"`
	Question string `json:"question"`
	Text     string `json:"text"`
}

// DefaultRows is the maximum number of rows that a browser shows well.
const DefaultRows = 10000

// Handler serves the UI below /ui/ and the API below /api/.
type Handler struct {
	Options
	mux    *http.ServeMux
	writes chan struct{} // holds the one that writes
}

// New makes a Handler. It returns an error if the UI is not the version that the
// replacements are for.
func New(o Options) (*Handler, error) {
	if o.Rows <= 0 {
		o.Rows = DefaultRows
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	h := &Handler{Options: o, mux: http.NewServeMux(), writes: make(chan struct{}, 1)}
	h.View = func(denied bool) *graph.View { // a stranger's script ends before a page does
		v := o.View(denied)
		v.Bounds.Yields = true
		return v
	}
	pages, err := h.assets()
	if err != nil {
		return nil, err
	}
	h.mux.Handle("GET /ui/", pages)
	h.mux.HandleFunc("GET /ui", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "ui/") // relative: it holds behind a proxy too
		w.WriteHeader(http.StatusPermanentRedirect)
	})
	h.api()
	return h, nil
}

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }
