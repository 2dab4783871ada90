package graph

import (
	"context"
	"fmt"

	"kg/graph/internal/pg"
	"kg/graph/internal/pull"
)

// Mirror is a copy of the graph on a PostgreSQL server, for those who answer many
// questions: it has the speed of a store in a file. It may be used by many goroutines
// at once, but for Refresh.
type Mirror struct {
	remote Remote
	mirror *pg.Mirror
}

// Mirror makes a mirror that has nothing yet: Refresh copies.
func (r Remote) Mirror() *Mirror { return &Mirror{remote: r, mirror: pg.NewMirror(r.address)} }

// Changed reports whether something was committed since the last Refresh.
func (m *Mirror) Changed(ctx context.Context) (bool, error) {
	changed, err := m.mirror.Changed(ctx)
	if err != nil {
		err = fmt.Errorf("reading %s: %w", m.remote, err)
	}
	return changed, err
}

// Refresh gives the graph as it is now: it copies what changed since the last Refresh,
// or all where that is not known, or is most of it. The Store of the last Refresh shows
// what it showed; it need not be closed.
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

// ErrNoCopy is the error of a Pull into a file that is no copy of the server's graph, or
// was written to since it was one.
var ErrNoCopy = pull.ErrNoCopy

// Pull makes a store in a file the same as the one on the server. One that an earlier
// Pull made gets what changed since; nothing but that is written to, and the error wraps
// ErrNoCopy. A store is replaced or changed in one step: whoever reads it goes on. warn,
// which may be nil, is told as that of OpenToWrite.
func (r Remote) Pull(ctx context.Context, path string, warn func(error)) (pull.Pulled, error) {
	return pull.From(ctx, r.address, path, warn)
}
