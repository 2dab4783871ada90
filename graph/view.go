package graph

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/schema"
)

// View is a graph that can be asked. It remembers the claims it has looked up
// and is not for concurrent use.
type View struct {
	*cayley.Handle
	Base   schema.Base
	claims map[quad.IRI]*Claim
}

// NewView asks the graph behind h.
func NewView(h *cayley.Handle, base schema.Base) *View {
	return &View{Handle: h, Base: base, claims: map[quad.IRI]*Claim{}}
}

// quads lists the quads that have value in the given direction.
func (v *View) quads(ctx context.Context, d quad.Direction, value quad.Value) ([]quad.Quad, error) {
	ref, err := v.ValueOf(value)
	if err != nil || ref == nil {
		return nil, err
	}
	return v.collect(ctx, v.QuadIterator(d, ref).Iterate())
}

// all lists every quad.
func (v *View) all(ctx context.Context) ([]quad.Quad, error) {
	return v.collect(ctx, v.QuadsAllIterator().Iterate())
}

func (v *View) collect(ctx context.Context, it scanner) ([]quad.Quad, error) {
	defer it.Close()
	var list []quad.Quad
	for it.Next(ctx) {
		q, err := v.Quad(it.Result())
		if err != nil {
			return nil, err
		}
		list = append(list, q)
	}
	if err := it.Err(); err != nil {
		return nil, err
	}
	// Cayley ends an iteration early and without an error when the context is
	// cancelled.
	return list, ctx.Err()
}

// scanner is the part of Cayley's iterator.Scanner that collect needs.
type scanner interface {
	Next(context.Context) bool
	Result() cayley.Ref
	Err() error
	Close() error
}

// object returns the first object of subject and predicate, or nil.
func (v *View) object(ctx context.Context, subject quad.Value, predicate quad.IRI) (quad.Value, error) {
	list, err := v.objects(ctx, subject, predicate)
	if len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// objects returns the objects of subject and predicate.
func (v *View) objects(ctx context.Context, subject quad.Value, predicate quad.IRI) ([]quad.Value, error) {
	quads, err := v.quads(ctx, quad.Subject, subject)
	var list []quad.Value
	for _, q := range quads {
		if q.Predicate == predicate {
			list = append(list, q.Object)
		}
	}
	return list, err
}
