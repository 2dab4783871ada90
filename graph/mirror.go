package graph

import (
	"context"
	"fmt"

	"kg/graph/internal/pg"
	"kg/graph/internal/pull"
)

// Mirror is a copy of the graph on a PostgreSQL server, for processes that answer many
// questions: it is as fast as a store in a file. All methods but Refresh may be called
// concurrently.
type Mirror struct {
	remote Remote
	mirror *pg.Mirror
}

// Mirror returns an empty mirror; Refresh fills it.
func (r Remote) Mirror() *Mirror { return &Mirror{remote: r, mirror: pg.NewMirror(r.address)} }

// Changed reports whether anything was committed since the last Refresh.
func (m *Mirror) Changed(ctx context.Context) (bool, error) {
	changed, err := m.mirror.Changed(ctx)
	if err != nil {
		err = fmt.Errorf("reading %s: %w", m.remote, err)
	}
	return changed, err
}

// Refresh returns the graph as it is now. It copies the changes since the last Refresh,
// or everything if the changes are not known or are most of the graph. The Store of an
// earlier Refresh keeps its state and need not be closed.
func (m *Mirror) Refresh(ctx context.Context) (*Store, error) {
	quads, err := m.mirror.Refresh(ctx)
	if err != nil {
		return nil, err
	}
	s := &Store{quads: quads, lent: true}
	return s, s.look(0)
}

// Close ends the mirror.
func (m *Mirror) Close() error { return m.mirror.Close() }

// ErrNoCopy is the error of a Pull into a file that is no copy of the graph on the
// server, or was written to since it was copied.
var ErrNoCopy = pull.ErrNoCopy

// Pull makes the store in a file equal to the one on the server. A copy of an earlier
// Pull gets the changes since; any other store is left alone, and the error wraps
// ErrNoCopy. The file is replaced or changed in one step, so that readers of it go on.
// warn, which may be nil, is called as that of OpenToWrite.
func (r Remote) Pull(ctx context.Context, path string, warn func(error)) (pull.Pulled, error) {
	return pull.From(ctx, r.address, path, warn)
}
