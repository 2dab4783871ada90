package store

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"golang.org/x/sync/errgroup"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
)

// Stream is quads that are made while they are read.
type Stream struct {
	Count int
	Parts func(n int) []iter.Seq[quad.Quad] // n parts, which are all of them together
}

// withStreams are deltas, and those that add the quads of streams.
func withStreams(deltas []graph.Delta, streams []Stream) []graph.Delta {
	for _, s := range streams {
		for q := range s.Parts(1)[0] {
			deltas = append(deltas, graph.Delta{Quad: q, Action: graph.Add})
		}
	}
	return deltas
}

// load commits a large transaction that removes first and then adds by rewriting the
// snapshot. It does nothing, and reports so, for any other transaction, and for one that
// a commit refuses, which then returns the reason.
func (qs *QuadStore) load(deltas []graph.Delta, ignore graph.IgnoreOpts, streams []Stream) (done bool, err error) {
	first := slices.IndexFunc(deltas, func(d graph.Delta) bool { return d.Action == graph.Add })
	if first < 0 {
		first = len(deltas)
	}
	adds := deltas[first:]
	count := len(adds)
	for _, s := range streams {
		count += s.Count
	}
	if count == 0 || !qs.db.Bulk(count) || slices.ContainsFunc(adds, func(d graph.Delta) bool { return d.Action != graph.Add }) {
		return false, nil
	}
	gone := &memtable.Transaction{IgnoreMissing: ignore.IgnoreMissing}
	if gone.Deltas, err = keysOf(deltas[:first]); err != nil {
		return false, err
	}
	all := append(slices.Clip(streams), added(adds))
	l := db.Load{Remove: gone, Fill: func(ctx context.Context, to db.Target) error { return fill(ctx, to, all) }}
	if len(streams) > 0 {
		l.Memory = db.UsualMemory() / 4 // the source data of the quads is in memory, too
	}
	if !ignore.IgnoreDup {
		l.New = uint64(count)
	}
	_, err = qs.db.Load(context.Background(), l)
	if errors.Is(err, db.ErrNotNew) || errors.As(err, new(*memtable.DeltaError)) {
		return false, nil
	}
	return err == nil, err
}

// added gives the quads of deltas as a stream.
func added(deltas []graph.Delta) Stream {
	return Stream{Count: len(deltas), Parts: func(n int) (parts []iter.Seq[quad.Quad]) {
		for i := range n {
			list := deltas[len(deltas)*i/n : len(deltas)*(i+1)/n]
			parts = append(parts, func(yield func(quad.Quad) bool) {
				for i := range list {
					if !yield(list[i].Quad) {
						return
					}
				}
			})
		}
		return parts
	}}
}

// fill gives the quads of streams to a load, on as many goroutines as it wants.
func fill(ctx context.Context, to db.Target, streams []Stream) error {
	workers := make([][]iter.Seq[quad.Quad], to.Workers)
	for _, s := range streams {
		for i, part := range s.Parts(to.Workers) {
			workers[i] = append(workers[i], part)
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, parts := range workers {
		sink := to.NewSink()
		group.Go(func() (err error) {
			defer func() { err = errors.Join(err, sink.Close()) }()
			adder := bulk.Adder{To: sink}
			for _, part := range parts {
				for q := range part {
					if err := adder.Add(ctx, q); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return group.Wait()
}
