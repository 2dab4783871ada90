package main

import (
	"context"
	"errors"
	"time"

	"kg/graph"
)

// askedEvery is how long an answer of the server's, that nothing changed, holds.
const askedEvery = 200 * time.Millisecond

// openMirror copies the graph on a server. Pages are made from the copy, which is made
// anew when something was committed.
func (s *served) openMirror() error {
	mirror := graph.NewMirror(s.app.settings.db)
	store, err := mirror.Refresh(context.Background())
	if err != nil {
		return err
	}
	store.NameBy(s.app.settings.naming...)
	s.mirror, s.store = mirror, store
	s.opened++
	return nil
}

// refresh copies the graph anew if something was committed.
func (s *served) refresh(ctx context.Context) error {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	if time.Since(s.asked) < askedEvery {
		return nil
	}
	changed, err := s.mirror.Changed(ctx)
	if err != nil {
		return err
	}
	if changed {
		store, err := s.mirror.Refresh(ctx)
		if err != nil {
			return err
		}
		store.NameBy(s.app.settings.naming...)
		s.mu.Lock()
		s.store = store
		s.opened++
		s.mu.Unlock()
	}
	s.asked = time.Now()
	return nil
}

// change writes to the store, or to the graph on the server: then do may be called
// several times.
func (s *served) change(ctx context.Context, do func(*graph.Store) error) error {
	if s.mirror == nil {
		return do(s.current())
	}
	asking, err := graph.Ask(ctx, s.app.settings.db, true)
	if err != nil {
		return err
	}
	err = asking.In(func(store *graph.Store) error {
		store.NameBy(s.app.settings.naming...)
		return do(store)
	})
	s.refreshing.Lock()
	s.asked = time.Time{} // what was written is to be seen at once
	s.refreshing.Unlock()
	return errors.Join(err, asking.Close())
}
