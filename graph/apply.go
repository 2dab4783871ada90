package graph

import (
	"errors"
	"fmt"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
)

// Apply adds and removes quads directly, all of them or none, in a store of OpenToWrite
// or Scratch. When it returns without an error the quads are on disk, and Views made
// from then on show them.
//
// A quad must have absolute IRIs and literals, a label and no blank nodes; otherwise the
// error is a *ConflictError that counts statements from 1. Adding a quad that exists or
// removing one that does not is a *cayley.DeltaError, unless ignore allows it.
func (s *Store) Apply(deltas []cayley.Delta, ignore cayley.IgnoreOpts) error {
	var line []byte
	for i, d := range deltas {
		var err error
		if line, err = nquads.AppendQuad(line[:0], d.Quad); err == nil {
			err = admit(d.Quad)
		}
		if err != nil {
			return &ConflictError{Msg: fmt.Sprintf("in statement %d: %v", i+1, err)}
		}
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.quads.ApplyDeltas(deltas, ignore); err != nil {
		return err
	}
	return s.lookAgain()
}

// lookAgain publishes the state after a write. The caller holds writing.
func (s *Store) lookAgain() error {
	if err := s.look(s.Version() + 1); err != nil {
		return fmt.Errorf("the quads are written; reading what is denied and retracted among them: %w", err)
	}
	return nil
}

// admit returns the reason why a quad of RDF may not be in a graph, or nil.
func admit(q quad.Quad) error {
	if q.Label == nil {
		return errors.New("there is no label, which every quad here needs")
	}
	for _, d := range quad.Directions {
		if b, ok := q.Get(d).(quad.BNode); ok {
			return fmt.Errorf("there is the blank node %s: give it an IRI, for nobody else could mean the same one", b)
		}
	}
	return nil
}
