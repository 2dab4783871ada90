package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"golang.org/x/sync/errgroup"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/term"
	"kg/graph/internal/store/wal"
)

// ApplyDeltas implements graph.QuadStore. The deltas are one transaction: they
// are judged one after the other, each on what those before it leave behind,
// and all or none are kept; when it returns without an error they are on disk.
//
// To add a quad that is there is graph.ErrQuadExists unless IgnoreDup is set,
// to remove one that is not graph.ErrQuadNotExist unless IgnoreMissing is. The
// error is a *graph.DeltaError that names the quad.
func (qs *QuadStore) ApplyDeltas(deltas []graph.Delta, ignore graph.IgnoreOpts) error {
	if qs.shadow {
		return db.ErrReadOnly
	}
	if done, err := qs.load(deltas, ignore); done || err != nil {
		return err
	}
	tx := &memtable.Transaction{IgnoreDup: ignore.IgnoreDup, IgnoreMissing: ignore.IgnoreMissing}
	var err error
	if tx.Deltas, err = keysOf(deltas); err != nil {
		return err
	}
	_, err = qs.db.Commit(tx)
	if conflict := (*memtable.DeltaError)(nil); errors.As(err, &conflict) {
		why := graph.ErrQuadNotExist
		if conflict.There {
			why = graph.ErrQuadExists
		}
		return &graph.DeltaError{Delta: deltas[conflict.Delta], Err: why}
	}
	return err
}

// load does a large transaction that removes first and then adds by writing the
// snapshot anew. It does nothing, and reports so, for any other transaction, and for
// one that a commit refuses, which then says why.
func (qs *QuadStore) load(deltas []graph.Delta, ignore graph.IgnoreOpts) (done bool, err error) {
	first := slices.IndexFunc(deltas, func(d graph.Delta) bool { return d.Action == graph.Add })
	if first < 0 {
		return false, nil
	}
	adds := deltas[first:]
	if !qs.db.Bulk(len(adds)) || slices.ContainsFunc(adds, func(d graph.Delta) bool { return d.Action != graph.Add }) {
		return false, nil
	}
	gone := &memtable.Transaction{IgnoreMissing: ignore.IgnoreMissing}
	if gone.Deltas, err = keysOf(deltas[:first]); err != nil {
		return false, err
	}
	l := db.Load{Remove: gone, Fill: func(ctx context.Context, to db.Target) error { return fill(ctx, to, adds) }}
	if !ignore.IgnoreDup {
		l.New = uint64(len(adds))
	}
	_, err = qs.db.Load(context.Background(), l)
	if errors.Is(err, db.ErrNotNew) || errors.As(err, new(*memtable.DeltaError)) {
		return false, nil
	}
	return err == nil, err
}

// fill gives the quads of deltas to a load, on as many goroutines as it wants.
func fill(ctx context.Context, to db.Target, deltas []graph.Delta) error {
	group, ctx := errgroup.WithContext(ctx)
	for part := range slices.Chunk(deltas, (len(deltas)+to.Workers-1)/to.Workers) {
		sink := to.NewSink()
		group.Go(func() (err error) {
			defer func() { err = errors.Join(err, sink.Close()) }()
			var keys [4][]byte
			for i := range part {
				if i%1024 == 0 && ctx.Err() != nil {
					return ctx.Err()
				}
				for position, v := range [4]quad.Value{part[i].Quad.Subject, part[i].Quad.Predicate, part[i].Quad.Object, part[i].Quad.Label} {
					if keys[position], err = appendKey(keys[position][:0], position, v); err != nil {
						return &graph.DeltaError{Delta: part[i], Err: err}
					}
				}
				if err := sink.Add(keys[0], keys[1], keys[2], keys[3]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// appendKey appends the key of a term of a quad; that of no label is empty.
func appendKey(to []byte, position int, v quad.Value) ([]byte, error) {
	if v == nil && position == term.Label {
		return to, nil
	}
	to, err := term.Append(to, v)
	if err != nil {
		err = fmt.Errorf("the quad has no %s that can be stored: %w", quad.Directions[position], err)
	}
	return to, err
}

// keysOf gives deltas with the keys of their terms.
func keysOf(deltas []graph.Delta) ([]wal.Delta, error) {
	list := make([]wal.Delta, len(deltas))
	var arena []byte
	for i, d := range deltas {
		if d.Action != graph.Add && d.Action != graph.Delete {
			return nil, &graph.DeltaError{Delta: d, Err: graph.ErrInvalidAction}
		}
		list[i].Remove = d.Action == graph.Delete
		for position, v := range [4]quad.Value{d.Quad.Subject, d.Quad.Predicate, d.Quad.Object, d.Quad.Label} {
			// Predicates and labels repeat. Other types than IRI might not be
			// comparable.
			if iri, ok := v.(quad.IRI); ok && i > 0 && deltas[i-1].Quad.Get(quad.Directions[position]) == iri {
				list[i].Keys[position] = list[i-1].Keys[position]
				continue
			}
			at := len(arena)
			var err error
			if arena, err = appendKey(arena, position, v); err != nil {
				return nil, &graph.DeltaError{Delta: d, Err: err}
			}
			list[i].Keys[position] = arena[at:len(arena):len(arena)]
		}
	}
	return list, nil
}
