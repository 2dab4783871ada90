package store

import (
	"errors"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/wal"
)

// ApplyDeltas implements graph.QuadStore. The deltas are one transaction: they are judged
// one after the other, each on the result of those before it, and all or none are
// committed; when it returns without an error they are on disk.
//
// Adding an existing quad is graph.ErrQuadExists unless IgnoreDup is set, removing a
// missing one graph.ErrQuadNotExist unless IgnoreMissing is. The error is a
// *graph.DeltaError that names the quad.
func (qs *QuadStore) ApplyDeltas(deltas []graph.Delta, ignore graph.IgnoreOpts) error {
	return qs.ApplyWith(deltas, ignore, nil)
}

// ApplyWith is ApplyDeltas for deltas that are followed by the quads of streams, to be
// added. If they are many they are never in memory together.
func (qs *QuadStore) ApplyWith(deltas []graph.Delta, ignore graph.IgnoreOpts, streams []Stream) error {
	if qs.shadow {
		return db.ErrReadOnly
	}
	if qs.from != nil {
		return qs.from.Apply(withStreams(deltas, streams), ignore)
	}
	if done, err := qs.load(deltas, ignore, streams); done || err != nil {
		return err
	}
	deltas = withStreams(deltas, streams)
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
			if arena, err = bulk.AppendKey(arena, position, v); err != nil {
				return nil, &graph.DeltaError{Delta: d, Err: err}
			}
			list[i].Keys[position] = arena[at:len(arena):len(arena)]
		}
	}
	return list, nil
}
