package main

import (
	"context"
	"net/http"
	"strconv"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/cayleyui"
	"kg/graph"
	"kg/graph/gizmo"
	"kg/graph/store"
	"kg/schema"
)

// queryBounds are what one query may use while others run beside it.
var queryBounds = graph.Bounds{Memory: 256 << 20}

// served is the graph of a running server: as it was when the server began, or,
// of one that writes, as it is now.
type served struct {
	*graph.Store
	base     schema.Base
	writable *store.QuadStore // nil for a server that only reads

	mu      sync.Mutex
	writes  int              // how often something may have been written
	shown   *store.QuadStore // without what sources deny, as of shownAt writes
	shownAt int
}

// openServed opens the store, to write too if it is to be written: then nobody
// else can until the server ends.
func (a *app) openServed(writable bool) (*served, error) {
	s, err := a.keep(graph.Open(a.settings.db))
	if err != nil {
		return nil, err
	}
	live := &served{Store: s, base: a.settings.base(), shownAt: -1}
	if writable {
		live.writable, err = store.Open(a.settings.db, store.Options{})
	}
	return live, err
}

// close frees what openServed took.
func (s *served) close() error {
	if s.writable == nil {
		return nil
	}
	return s.writable.Close()
}

// version changes when something was written.
func (s *served) version() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strconv.Itoa(s.writes)
}

// wrote notes that something may have been written.
func (s *served) wrote() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
}

// view makes a View for one request: a View is not for concurrent use.
func (s *served) view(denied bool) *graph.View {
	h := *s.Handle()
	switch {
	case s.writable != nil && denied:
		h.QuadStore = s.writable
	case s.writable != nil:
		h.QuadStore = s.withoutDenied()
	case denied:
		h = *s.HandleWithDenied()
	}
	v := graph.NewView(&h, s.base)
	v.Bounds = queryBounds
	return v
}

// withoutDenied hides what sources deny, whatever has been written meanwhile.
// When that cannot be found out all is hidden that was before, and what reads
// the store will say what is wrong with it.
func (s *served) withoutDenied() *store.QuadStore {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown != nil && s.shownAt == s.writes {
		return s.shown
	}
	h := *s.Handle()
	h.QuadStore = s.writable
	edges, err := graph.NewView(&h, s.base).Edges(context.Background(), schema.Denies.IRI())
	var denied []quad.Value
	for _, e := range edges {
		if e.Relation == schema.StanceTerm {
			denied = append(denied, e.Other)
		}
	}
	shown, also := s.writable.Hide(denied, nil)
	if s.shown == nil || err == nil && also == nil {
		s.shown, s.shownAt = shown, s.writes
	}
	return s.shown
}

// cayley is Cayley's web UI and its HTTP API, under the gate of the pages.
func (s *served) cayley(o web.Options) ([]web.Mount, error) {
	short := map[string]string{}
	for _, p := range schema.Prefixes(s.base) {
		short[p.Name] = p.IRI
	}
	h, err := cayleyui.New(cayleyui.Options{
		Store:    as(s.Handle().QuadStore, func(denied bool) any { return s.view(denied).QuadStore }),
		Writable: s.writable != nil,
		Base:     s.base,
		Gizmo:    gizmo.Options{Namespaces: short, Timeout: o.Limits.Time, MaxMemory: queryBounds.Memory},
		Log:      o.Log,
	})
	if err != nil {
		return nil, err
	}
	noting := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r)
		if apiClass(r) == web.Write {
			s.wrote()
		}
	})
	return []web.Mount{
		{Path: "/ui/", Handler: h, Says: "Cayley's web UI"},
		{Path: "/api/", Handler: noting, Class: apiClass, Body: cayleyui.MaxBody},
	}, nil
}

// as gives a func the result type of like, which only package graph may name.
func as[T any](_ T, f func(denied bool) any) func(denied bool) T {
	return func(denied bool) T { return f(denied).(T) }
}

// apiClass is what a request to Cayley's API does. What it does not know takes
// a place and is answered there.
func apiClass(r *http.Request) web.Class {
	switch r.URL.Path {
	case "/api/v2/write", "/api/v2/delete", "/api/v2/node/delete":
		return web.Write
	case "/api/v2/formats":
		return web.Look
	}
	return web.Ask
}
