package graph

import (
	"errors"
	"fmt"
	"io/fs"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"kg/schema"
)

// ErrNoStore is the error of opening a store that is not there.
var ErrNoStore = errors.New("there is no store yet: kg load makes one")

// Store is a graph that was read from its file, or made in memory. It is not
// for concurrent use; its Handles are for reading alone.
type Store struct {
	quads []quad.Quad
	views map[bool]*cayley.Handle
}

// Open reads the store at path. The error wraps ErrNoStore when there is none.
func Open(path string) (*Store, error) {
	quads, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("opening store %q: %w", path, ErrNoStore)
	}
	if err != nil {
		return nil, fmt.Errorf("opening store %q: %w", path, err)
	}
	return newStore(quads), nil
}

func newStore(quads []quad.Quad) *Store {
	return &Store{quads: quads, views: map[bool]*cayley.Handle{}}
}

// Handle returns the graph without the edges that sources deny: what a source
// says is not so must not be walked as if it were.
func (s *Store) Handle() *cayley.Handle { return s.view(false) }

// HandleWithDenied returns the whole graph.
func (s *Store) HandleWithDenied() *cayley.Handle { return s.view(true) }

func (s *Store) view(denied bool) *cayley.Handle {
	if h := s.views[denied]; h != nil {
		return h
	}
	hidden := map[quad.Value]bool{}
	for _, q := range s.quads {
		if q.Predicate == schema.StanceTerm && q.Object == schema.Denies.IRI() {
			hidden[q.Subject] = true
		}
	}
	shown := make([]quad.Quad, 0, len(s.quads))
	for _, q := range s.quads {
		if denied || !hidden[q.Label] {
			shown = append(shown, q)
		}
	}
	h := &cayley.Handle{QuadStore: memstore.New(shown...)}
	s.views[denied] = h
	if len(hidden) == 0 { // then both are the same graph
		s.views[!denied] = h
	}
	return h
}
