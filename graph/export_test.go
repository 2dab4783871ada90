package graph

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
)

// Filled is a store without a file with what fill writes, and what makes further stores
// that begin with this one; their Version is 0 until they are written to.
func Filled(fill func(*Store) error) (s *Store, another func() (*Store, error), err error) {
	d := db.Scratch()
	if s, err = newStore(store.New(d)); err != nil {
		return nil, nil, err
	}
	return s, func() (*Store, error) { return newStore(store.New(d.Fork())) }, fill(s)
}

// CompleteFromTerms is Complete as it is in a large graph.
func CompleteFromTerms(ctx context.Context, v *View, typed string) ([]Found, error) {
	return v.finder().CompleteFromTerms(ctx, typed, "")
}

// PlainView asks the same quads as a store of which no more is known than that it is one
// of Cayley's.
func PlainView(v *View) *View {
	other := NewView(struct{ cayley.QuadStore }{v.qs}, v.Base)
	other.Languages = v.Languages
	return other
}
