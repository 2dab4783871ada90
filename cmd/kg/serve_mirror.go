package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"kg/graph"
)

const (
	askedEvery  = 200 * time.Millisecond // how long an answer of the server's, that nothing changed, holds
	longestWait = time.Second            // how long a request waits for what others have changed
)

// mirrored is a copy of the graph on a server, which is brought up to date while
// requests are answered from it as it was.
type mirrored struct {
	*graph.Mirror
	remote graph.Remote

	mu    sync.Mutex
	asked time.Time // when the server was last asked whether something changed
	wrote int       // writes through this process
	shown int       // those of them that the copy has
	run   *bringing // nil if it is not brought up to date just now
}

// bringing is under way until done is closed; then err is set.
type bringing struct {
	wrote int
	done  chan struct{}
	err   error
}

// openMirror copies the graph on a server. Pages are made from the copy.
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

// refresh has the copy brought up to date. It waits for that as long as it takes if
// something was written through this process, which is to be seen at once; else not
// long: the copy as it was is the answer then.
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
			m.run = &bringing{wrote: m.wrote, done: make(chan struct{})}
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

func (b *bringing) wait(most time.Duration) error {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-b.done:
		return b.err
	case <-timer.C:
		return nil
	}
}

// bring brings the copy up to date.
func (s *served) bring(run *bringing) {
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

// change writes to the store, or to the graph on the server: then do is called several
// times, and settled is an error in all but the last.
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
