package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/cayleyui"
	"kg/graph"
)

// served is the graph of a running server: its state at the start, or the current state
// if the server writes. A store whose file is overwritten is reopened, since the mapping
// of the old one is lost.
type served struct {
	app      *app
	writable bool

	deciding sync.Mutex // the decisions file is read, changed and written by one at a time

	mirror *mirrored // of a store on a server; nil for a file

	mu     sync.RWMutex
	store  *graph.Store
	broken bool // it could not be reopened
	opened int  // number of times it was opened
}

// openServed opens the store. If it is writable, no other process can write to it until
// the server ends.
func (a *app) openServed(writable bool) (*served, error) {
	s := &served{app: a, writable: writable}
	return s, s.open()
}

// open opens the store. The caller holds mu, or is the only one.
func (s *served) open() error {
	if remote, ok := s.app.settings.remote(); ok {
		return s.openMirror(remote)
	}
	open := graph.Open
	if s.writable {
		open = func(path string) (*graph.Store, error) { return graph.OpenToWrite(path, s.app.warn) }
	}
	store, err := s.app.keep(open(s.app.settings.db))
	if err != nil {
		return err
	}
	s.store, s.broken = store, false
	s.opened++
	return nil
}

// errOverwritten is the error of a request during which the store's file was overwritten.
var errOverwritten = errors.New("the store's file was overwritten while it was read: replace a store with mv, not cp, and stop a writing server first")

// ready reopens the store if its file was overwritten. After a rename the old file is
// still intact, so nothing is to be done.
func (s *served) ready() (still func() error, err error) {
	if s.mirror != nil {
		return func() error { return nil }, s.refresh()
	}
	s.mu.RLock()
	opened, bad := s.opened, s.overwritten()
	s.mu.RUnlock()
	if bad {
		if opened, err = s.reopen(); err != nil {
			return nil, err
		}
	}
	return func() error {
		s.mu.RLock()
		defer s.mu.RUnlock()
		if s.opened != opened || s.overwritten() {
			return errOverwritten
		}
		return nil
	}, nil
}

func (s *served) overwritten() bool { return s.broken || s.store.Overwritten() }

func (s *served) reopen() (opened int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.overwritten() {
		return s.opened, nil // another request opened it
	}
	if !s.broken {
		s.broken = true
		if err := s.app.drop(s.store); err != nil {
			fmt.Fprintln(s.app.err, "kg:", err)
		}
	}
	if err := s.open(); err != nil {
		return 0, fmt.Errorf("reopening the store, whose file was overwritten: %w", err)
	}
	return s.opened, nil
}

// current returns the store that is open now.
func (s *served) current() *graph.Store {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.store
}

// view returns a View for one request: a View is not for concurrent use, and shows one
// state of the graph.
func (s *served) view(denied bool) *graph.View {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v := s.store.View
	if denied {
		v = s.store.WholeView
	}
	set := s.app.set(v(s.app.settings.base()))
	set.Took = nil // pages say it themselves
	set.Frugal = true
	return set
}

// version returns a string that changes after writes, and when the store is reopened.
func (s *served) version() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return fmt.Sprint(s.opened, ".", s.store.Version())
}

// hash returns the graph's hash, as kg export --hash prints it.
func (s *served) hash(ctx context.Context) (string, error) {
	s.mu.RLock()
	store := s.store
	s.mu.RUnlock()
	return store.Hash(ctx, graph.ExportOptions{})
}

// decide decides on a pair as kg match does, in the name of the server's author.
func (s *served) decide(ctx context.Context, d web.Decision) error {
	s.deciding.Lock()
	defer s.deciding.Unlock()
	by, err := s.app.settings.decider()
	if err != nil {
		return err
	}
	o := graph.DecisionOptions{Base: s.app.settings.base(), Reason: d.Because, By: by}
	return s.change(ctx, func(store *graph.Store, settled func() error) error {
		_, err := s.app.decideOn(ctx, store, settled, d.On, d.Verdict, o)
		return err
	})
}

// through calls a method of the store that is open at the time of the call.
func through[A, B any](s *served, method func(*graph.Store, A, B) error) func(A, B) error {
	return func(a A, b B) error {
		return s.change(context.Background(), func(store *graph.Store, _ func() error) error { return method(store, a, b) })
	}
}

// cayley returns Cayley's web UI and its HTTP API, behind the gate of the pages.
func (s *served) cayley(o web.Options) ([]web.Mount, error) {
	options := cayleyui.Options{View: s.view, Base: s.app.settings.base(), Log: o.Log}
	for _, name := range o.Queries.Names() {
		q := o.Queries[name]
		values, err := q.Bind(context.Background(), s.view(true), nil)
		if err != nil {
			values = nil // what a default names is not in this graph
		}
		text, err := q.Script(values)
		if err != nil {
			return nil, err
		}
		options.Saved = append(options.Saved, cayleyui.Saved{Name: name, Question: q.Question, Text: text})
	}
	if s.writable {
		options.Apply = through(s, (*graph.Store).Apply)
	}
	h, err := cayleyui.New(options)
	if err != nil {
		return nil, err
	}
	return h.Mounts(), nil
}
