package graph

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"

	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
)

// Template is a store without a file, of which others are forks; the zero one is empty.
type Template struct{ d *db.DB }

// With returns a template that has what fill writes, too.
func (t Template) With(fill func(*Store) error) (Template, error) {
	d := db.Scratch()
	if t.d != nil {
		d = t.d.Fork()
	}
	s, err := newStore(store.New(d))
	if err == nil {
		err = fill(s)
	}
	return Template{d}, err
}

// Fork returns a store that begins with the template. Its Version is 0 until it is
// written to.
func (t Template) Fork() (*Store, error) { return newStore(store.New(t.d.Fork())) }

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
