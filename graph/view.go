package graph

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"

	"kg/schema"
)

// View is a graph that can be asked. It remembers the claims, doubts and names it
// has looked up, so it is for a graph that does not change, and not for
// concurrent use.
type View struct {
	*cayley.Handle
	Base      schema.Base
	Bounds    Bounds         // of the queries it runs
	Languages []language.Tag // that the user reads, the best first
	claims    map[quad.IRI]*Claim
	doubts    map[quad.IRI][]string
	status    map[quad.IRI][]stated
	denials   *denials
	alike     map[quad.Value]string   // see Same
	class     map[quad.IRI][]quad.IRI // see classes
	belongs   []quad.IRI              // see belonging
	nodes     map[quad.IRI]*described
	issued    map[quad.IRI]string // when sources were published
	languages map[string]string   // the best of a list
	canJoin   bool                // there is an owl:sameAs
	joins     map[quad.IRI][]Join
}

// NewView asks the graph behind h. What it has of denied edges is what sources
// deny: see Store.View for a graph without them.
func NewView(h *cayley.Handle, base schema.Base) *View {
	return &View{
		Handle: h, Base: base, claims: map[quad.IRI]*Claim{}, doubts: map[quad.IRI][]string{},
		status: map[quad.IRI][]stated{}, denials: &denials{whole: h}, alike: map[quad.Value]string{},
		nodes: map[quad.IRI]*described{}, issued: map[quad.IRI]string{}, languages: map[string]string{},
		joins: map[quad.IRI][]Join{},
	}
}

// quads lists the quads that have value in the given direction.
func (v *View) quads(ctx context.Context, d quad.Direction, value quad.Value) ([]quad.Quad, error) {
	var list []quad.Quad
	err := v.each(ctx, d, value, func(q quad.Quad) { list = append(list, q) })
	return list, err
}

// each calls do with every quad that has value in the given direction, one
// after the other, however many there are.
func (v *View) each(ctx context.Context, d quad.Direction, value quad.Value, do func(quad.Quad)) error {
	ref, err := v.ValueOf(value)
	if err != nil || ref == nil {
		return err
	}
	return v.scan(ctx, v.QuadIterator(d, ref).Iterate(), do)
}

// between calls do with every quad of subject and predicate.
func (v *View) between(ctx context.Context, subject quad.Value, predicate quad.IRI, do func(quad.Quad)) error {
	quads := shape.Quads{{Dir: quad.Subject, Values: shape.Lookup{subject}}, {Dir: quad.Predicate, Values: shape.Lookup{predicate}}}
	return v.scan(ctx, shape.BuildIterator(ctx, v.QuadStore, quads).Iterate(), do)
}

// all calls do with every quad.
func (v *View) all(ctx context.Context, do func(quad.Quad)) error {
	return v.scan(ctx, v.QuadsAllIterator().Iterate(), do)
}

func (v *View) scan(ctx context.Context, it iterator.Scanner, do func(quad.Quad)) error {
	return v.until(ctx, it, func(q quad.Quad) bool {
		do(q)
		return false
	})
}

// until calls done with quads until it is true.
func (v *View) until(ctx context.Context, it iterator.Scanner, done func(quad.Quad) bool) error {
	defer it.Close()
	for it.Next(ctx) {
		q, err := v.Quad(it.Result())
		if err != nil || done(q) {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	// Cayley's own iterators end early and without an error when the context
	// is cancelled.
	return ctx.Err()
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
	hop := shape.NodesFrom{Dir: quad.Object, Quads: shape.Quads{
		{Dir: quad.Subject, Values: shape.Lookup{subject}}, {Dir: quad.Predicate, Values: shape.Lookup{predicate}}}}
	it := shape.BuildIterator(ctx, v.QuadStore, hop).Iterate()
	defer it.Close()
	var list []quad.Value
	for it.Next(ctx) {
		value, err := v.NameOf(it.Result())
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	if err := it.Err(); err != nil {
		return nil, err
	}
	return list, ctx.Err()
}

// iriOf is a value as an IRI, empty if it is none.
func iriOf(v quad.Value) quad.IRI {
	iri, _ := v.(quad.IRI)
	return iri
}
