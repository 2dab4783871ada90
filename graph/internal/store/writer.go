package store

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/db"
)

var _ graph.BatchWriter = (*quadWriter)(nil)

// NewQuadWriter implements graph.QuadStore. The writer is a graph.BatchWriter: existing
// quads are ignored, and quads written before Flush, Close or WriteQuads returned are on
// disk. To load whole files, Import is many times faster.
func (qs *QuadStore) NewQuadWriter() (quad.WriteCloser, error) {
	err := db.ErrReadOnly
	if !qs.shadow {
		err = qs.db.Writable()
	}
	if err != nil {
		return nil, err
	}
	return &quadWriter{qs: qs}, nil
}

// quadWriter gathers quads into transactions. It is not for concurrent use.
type quadWriter struct {
	qs     *QuadStore
	deltas []graph.Delta
}

// WriteQuad writes a quad with the next batch.
func (w *quadWriter) WriteQuad(q quad.Quad) error {
	w.deltas = append(w.deltas, graph.Delta{Quad: q, Action: graph.Add})
	if len(w.deltas) < quad.DefaultBatch {
		return nil
	}
	return w.Flush()
}

// WriteQuads writes quads, all or none.
func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	if err := w.Flush(); err != nil {
		return 0, err
	}
	for _, q := range quads {
		w.deltas = append(w.deltas, graph.Delta{Quad: q, Action: graph.Add})
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	return len(quads), nil
}

// Flush commits the buffered quads. If that fails they are dropped.
func (w *quadWriter) Flush() error {
	if len(w.deltas) == 0 {
		return nil
	}
	err := w.qs.ApplyDeltas(w.deltas, graph.IgnoreOpts{IgnoreDup: true})
	clear(w.deltas)
	w.deltas = w.deltas[:0]
	return err
}

// Close commits the buffered quads.
func (w *quadWriter) Close() error { return w.Flush() }
