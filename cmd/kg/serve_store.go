package main

import (
	"strconv"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/cayleyui"
	"kg/graph"
)

// served is the graph of a running server: as it was when the server began, or,
// of one that writes, as it is now.
type served struct {
	*graph.Store
	app      *app
	writable bool
}

// openServed opens the store, to write too if it is to be written: then nobody
// else can until the server ends.
func (a *app) openServed(writable bool) (served, error) {
	open := graph.Open
	if writable {
		open = graph.OpenToWrite
	}
	store, err := a.keep(open(a.settings.db))
	return served{store, a, writable}, err
}

// view makes a View for one request: a View is not for concurrent use, and
// shows one state of the graph.
func (s served) view(denied bool) *graph.View {
	if denied {
		return s.app.set(s.WholeView(s.app.settings.base()))
	}
	return s.app.set(s.View(s.app.settings.base()))
}

// version changes when something was written.
func (s served) version() string { return strconv.FormatUint(s.Version(), 10) }

// cayley is Cayley's web UI and its HTTP API, under the gate of the pages.
func (s served) cayley(o web.Options) ([]web.Mount, error) {
	options := cayleyui.Options{View: s.view, Base: s.app.settings.base(), Log: o.Log}
	if s.writable {
		options.Apply = s.Apply
	}
	h, err := cayleyui.New(options)
	if err != nil {
		return nil, err
	}
	return h.Mounts(), nil
}
