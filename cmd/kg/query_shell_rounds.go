package main

import (
	"context"
	"errors"
	"slices"

	"kg/graph"
)

// open opens the store, or the graph on a server in its current state, in one transaction
// for all queries.
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

// show makes queries read a store.
func (s *shell) show(store *graph.Store) {
	base := s.app.settings.base()
	s.view, s.whole = s.app.set(store.View(base)), s.app.set(store.WholeView(base))
}

// run runs a query; on a server in rounds, of which only the last prints and declares.
func (s *shell) run(ctx context.Context, query func(context.Context) error) error {
	if s.asking == nil {
		return query(ctx)
	}
	kept := slices.Clip(s.kept)
	var streams []*roundOutput
	for _, w := range []any{s.app.out, s.app.err} {
		if o, ok := w.(*roundOutput); ok {
			o.buffers = true
			streams = append(streams, o)
		}
	}
	err := graph.Bounds{Timeout: s.flags.bounds.Timeout}.In(ctx, func(ctx context.Context) error {
		return s.asking.In(ctx, func(store *graph.Store) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			for _, o := range streams {
				o.text.Reset()
			}
			store.NameBy(s.app.settings.naming...)
			s.kept = kept
			s.show(store)
			return query(ctx)
		})
	})
	for _, o := range streams {
		err = errors.Join(err, o.release())
	}
	return err
}
