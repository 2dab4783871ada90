package graph

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/store"
	"kg/schema"
)

// ErrNoStore is the error of opening a store that is not there.
var ErrNoStore = errors.New("there is no store yet: kg load makes one")

// Store is a graph that is open for reading, as it was when it was opened. Its
// Handles may be used by many goroutines at once.
type Store struct {
	quads        *store.QuadStore
	whole, shown *cayley.Handle
	remove       func() error // what Close removes, of a scratch store
}

// Open opens the store at path. The error wraps ErrNoStore when there is none.
// A file of canonical N-Quads, as the first stores were, becomes a store.
func Open(path string) (*Store, error) {
	if err := convert(context.Background(), path); err != nil {
		return nil, err
	}
	whole, err := store.Open(path, store.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("opening store %q: %w", path, ErrNoStore)
	}
	if err != nil {
		return nil, err
	}
	return newStore(whole)
}

// newStore hides what sources deny from the one of its two handles.
func newStore(quads *store.QuadStore) (*Store, error) {
	s := &Store{quads: quads, whole: &cayley.Handle{QuadStore: quads}}
	s.shown = s.whole
	denied, err := NewView(s.whole, "").denied(context.Background())
	if err == nil && len(denied) > 0 {
		var shown *store.QuadStore
		shown, err = quads.Hide(denied, nil)
		s.shown = &cayley.Handle{QuadStore: shown}
	}
	if err != nil {
		return nil, errors.Join(err, quads.Close())
	}
	return s, nil
}

// denied are the labels of the claims that deny their edges.
func (v *View) denied(ctx context.Context) (labels []quad.Value, err error) {
	err = v.each(ctx, quad.Object, schema.Denies.IRI(), func(q quad.Quad) {
		if q.Predicate == schema.StanceTerm {
			labels = append(labels, q.Subject)
		}
	})
	return labels, err
}

// Close frees the store.
func (s *Store) Close() error {
	err := s.quads.Close()
	if s.remove != nil {
		err = errors.Join(err, s.remove())
	}
	return err
}

// Verify checks the files of the store: every checksum, and every rule of
// their format. report may be nil; it gets bytes.
func (s *Store) Verify(ctx context.Context, report func(Progress)) error {
	return s.quads.Verify(ctx, func(done, total uint64) {
		if report != nil {
			report(Progress{Doing: "checking", Done: int64(done), Total: int64(total), Bytes: true})
		}
	})
}

// Handle returns the graph without the edges that sources deny: what a source
// says is not so must not be walked as if it were.
func (s *Store) Handle() *cayley.Handle { return s.shown }

// HandleWithDenied returns the whole graph.
func (s *Store) HandleWithDenied() *cayley.Handle { return s.whole }
