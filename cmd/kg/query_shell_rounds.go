package main

import (
	"context"
	"errors"
	"slices"

	"kg/graph"
)

// open opens what the shell asks: a store, or the graph on a server as it is now, in
// one transaction for all queries.
func (s *shell) open() error {
	remote, ok := s.app.settings.remote()
	if !ok {
		store, err := s.app.open()
		if err == nil {
			s.show(store)
		}
		return err
	}
	asking, err := remote.Ask(context.WithoutCancel(s.cmd.Context()), false)
	if err != nil {
		return err
	}
	s.asking = asking
	err = s.run(s.cmd.Context(), func(context.Context) error { return nil })
	if err != nil {
		err = errors.Join(err, s.close())
	}
	return err
}

func (s *shell) close() error {
	if s.asking == nil {
		return nil
	}
	return s.asking.Close()
}

// show makes a store what queries ask.
func (s *shell) show(store *graph.Store) {
	base := s.app.settings.base()
	s.view, s.whole = s.app.set(store.View(base)), s.app.set(store.WholeView(base))
}

// run carries a query out; on a server in rounds, of which only the last one prints
// and declares anything.
func (s *shell) run(ctx context.Context, query func(context.Context) error) error {
	if s.asking == nil {
		return query(ctx)
	}
	kept := slices.Clip(s.kept)
	var streams []*held
	for _, w := range []any{s.app.out, s.app.err} {
		if h, ok := w.(*held); ok {
			h.holds = true
			streams = append(streams, h)
		}
	}
	err := graph.Bounds{Timeout: s.flags.bounds.Timeout}.In(ctx, func(ctx context.Context) error {
		return s.asking.In(ctx, func(store *graph.Store) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			for _, h := range streams {
				h.text.Reset()
			}
			store.NameBy(s.app.settings.naming...)
			s.kept = kept
			s.show(store)
			return query(ctx)
		})
	})
	for _, h := range streams {
		err = errors.Join(err, h.release())
	}
	return err
}
