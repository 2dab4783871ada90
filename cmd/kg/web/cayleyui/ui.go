package cayleyui

import (
	"log/slog"
	"net/http"

	"github.com/cayleygraph/cayley/graph"

	"kg/graph/gizmo"
	"kg/schema"
)

// Options are what a Handler serves.
type Options struct {
	// Store gives the graph: without what sources deny, or with it. It is
	// called for each request.
	Store func(denied bool) graph.QuadStore
	// Writable lets Store(true) be written to. Without it what writes is
	// answered with 405.
	Writable bool
	// Wrote is called after each request that may have written; it may be nil.
	Wrote func()
	Base  schema.Base
	// Gizmo bounds a query; its Limit is not used.
	Gizmo gizmo.Options
	// Rows is the most rows that a query gives, whatever limit it asks for; 0 is
	// DefaultRows.
	Rows int
	Log  *slog.Logger // of what went wrong inside; nil is slog.Default
}

// DefaultRows is the most rows of an answer that a browser shows well.
const DefaultRows = 10000

// Handler serves the UI below /ui/ and the API below /api/.
type Handler struct {
	Options
	mux *http.ServeMux
}

// New makes a Handler. It is an error if the UI is not the one that the
// replacements were made for.
func New(o Options) (*Handler, error) {
	if o.Rows <= 0 {
		o.Rows = DefaultRows
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	h := &Handler{Options: o, mux: http.NewServeMux()}
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
