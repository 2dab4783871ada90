package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"kg/graph"
)

const (
	askedEvery  = 200 * time.Millisecond // between two questions to the server whether the graph changed
	longestWait = time.Second            // of a request for the changes of others
)

// mirrored is a copy of the graph on a server. Requests are answered from the last copy
// while it is updated.
type mirrored struct {
	*graph.Mirror
	remote graph.Remote

	mu    sync.Mutex
	asked time.Time // when the server was last asked whether something changed
	wrote int       // writes through this process
	shown int       // those of them that the copy has
	run   *update   // nil if none is running
}

// update is an update of the copy. It runs until done is closed; then err is set.
type update struct {
	wrote int
	done  chan struct{}
	err   error
}

// openMirror copies the graph of a server. Pages are made from the copy.
func (s *served) openMirror(remote graph.Remote) error {
	mirror := remote.Mirror()
	store, err := mirror.Refresh(context.Background())
	if err != nil {
		return err
	}
	store.NameBy(s.app.settings.naming...)
	s.mirror, s.store = &mirrored{Mirror: mirror, remote: remote}, store
	s.opened++
	return nil
}

// refresh updates the copy. After a write through this process, which must be visible at
// once, it waits for the update to end; otherwise for longestWait at most, after which
// requests are answered from the old copy.
func (s *served) refresh() error {
	m := s.mirror
	m.mu.Lock()
	wrote := m.wrote
	for {
		must := m.shown < wrote
		if m.run == nil && !must && time.Since(m.asked) < askedEvery {
			m.mu.Unlock()
			return nil
		}
		if m.run == nil {
			m.run = &update{wrote: m.wrote, done: make(chan struct{})}
			go s.bring(m.run)
		}
		run := m.run
		m.mu.Unlock()
		if !must {
			return run.wait(longestWait)
		}
		<-run.done
		if run.err != nil {
			return run.err
		}
		m.mu.Lock()
	}
}

func (b *update) wait(most time.Duration) error {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-b.done:
		return b.err
	case <-timer.C:
		return nil
	}
}

// bring updates the copy.
func (s *served) bring(run *update) {
	m := s.mirror
	run.err = s.bringNow(context.Background())
	m.mu.Lock()
	m.run = nil
	if run.err == nil {
		m.asked, m.shown = time.Now(), max(m.shown, run.wrote)
	}
	m.mu.Unlock()
	close(run.done)
}

func (s *served) bringNow(ctx context.Context) error {
	changed, err := s.mirror.Changed(ctx)
	if err != nil || !changed {
		return err
	}
	store, err := s.mirror.Refresh(ctx)
	if err != nil {
		return err
	}
	store.NameBy(s.app.settings.naming...)
	s.mu.Lock()
	s.store = store
	s.opened++
	s.mu.Unlock()
	return nil
}

// change writes to the store, or to the graph on the server. There do may be called
// several times, and settled returns an error in all calls but the last.
func (s *served) change(ctx context.Context, do func(store *graph.Store, settled func() error) error) error {
	if s.mirror == nil {
		return do(s.current(), func() error { return nil })
	}
	asking, err := s.mirror.remote.Ask(ctx, true)
	if err != nil {
		return err
	}
	err = asking.In(ctx, func(store *graph.Store) error {
		store.NameBy(s.app.settings.naming...)
		return do(store, asking.Settled)
	})
	s.mirror.mu.Lock()
	s.mirror.wrote++
	s.mirror.mu.Unlock()
	return errors.Join(err, asking.Close())
}
