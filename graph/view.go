package graph

import (
	"cmp"
	"context"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"

	"kg/graph/internal/session"
	"kg/schema"
)

// View is a graph that can be asked. It remembers the claims, doubts and names it
// has looked up, so it is for a graph that does not change, and not for
// concurrent use.
type View struct {
	Base      schema.Base
	Bounds    Bounds         // of the queries it runs
	Languages []language.Tag // that the user reads, the best first
	// Took, if it is set, is told what Find takes a word for that is not the
	// thing's own name.
	Took func(word string, taken Found)
	// Frugal is for a process that goes on: where the names of the graph have a file,
	// they are not all read into memory for what can only be meant by words that find
	// nothing, or for a part of a short form. The words of these are looked for.
	Frugal     bool
	qs         cayley.QuadStore
	state      *state // that it is of; nil for a store of Cayley's
	whole      bool   // it shows what sources deny
	claims     map[quad.IRI]*Claim
	doubts     map[quad.IRI][]string
	status     map[quad.IRI][]stated
	denials    *denials
	alike      map[quad.Value]string   // see Same
	class      map[quad.IRI][]quad.IRI // see classes
	belongs    []quad.IRI              // see belonging
	nodes      map[quad.IRI]*described
	issued     map[quad.IRI]string // when sources were published
	languages  map[string]string   // the best of a list
	canJoin    bool                // there is an owl:sameAs
	joins      map[quad.IRI][]Join
	others     map[quad.IRI]bool // labels: see foreign
	hubAt      int64             // see hubDegree
	dates      map[quad.IRI][]span
	names      *namesOf   // see index
	naming     []quad.IRI // see namings
	told       *told      // see WithoutBackground
	withDenied *View      // see WithDenied
	kinds      session.Kinds
	leads      map[quad.IRI]bool // see IsRelation
	hubKind    map[quad.IRI]hubness
	lookups    lookups
	readings   readings
}

// NewView asks the graph in qs, any store of Cayley's. What it has of denied edges
// is what sources deny: see Store.View for a graph without them.
func NewView(qs cayley.QuadStore, base schema.Base) *View {
	return &View{
		Base: base, qs: qs, claims: map[quad.IRI]*Claim{}, doubts: map[quad.IRI][]string{},
		status: map[quad.IRI][]stated{}, denials: &denials{whole: qs}, alike: map[quad.Value]string{},
		nodes: map[quad.IRI]*described{}, issued: map[quad.IRI]string{}, languages: map[string]string{},
		joins: map[quad.IRI][]Join{}, others: map[quad.IRI]bool{}, hubKind: map[quad.IRI]hubness{}, kinds: session.Kinds{}, leads: map[quad.IRI]bool{}, dates: map[quad.IRI][]span{}, names: &namesOf{whole: qs, file: new(lastFile)},
	}
}

// beside is a view of the same graph as another handle shows it.
func (v *View) beside(qs cayley.QuadStore) *View {
	other := NewView(qs, v.Base)
	other.state, other.denials, other.names, other.whole = v.state, v.denials, v.names, v.whole
	other.Bounds, other.Languages, other.Frugal = v.Bounds, v.Languages, v.Frugal
	return other
}

// Cayley is the store that the view asks, for those who serve Cayley's own API.
func (v *View) Cayley() cayley.QuadStore { return v.qs }

// Each ranges over the quads that match p, in no order; nil in p matches every
// term. It ends with the first error: the store's, or the context's.
func (v *View) Each(ctx context.Context, p quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		ix, err := v.planIndex()
		if ix != nil && err == nil {
			v.read(ctx, ix, p, yield)
			return
		}
		var sh iterator.Shape
		if err == nil {
			sh, err = v.matching(ctx, p)
		}
		if sh == nil || err != nil {
			if err != nil {
				yield(quad.Quad{}, err)
			}
			return
		}
		v.walk(ctx, sh)(yield)
	}
}

// walk ranges over the quads of an iterator.
func (v *View) walk(ctx context.Context, sh iterator.Shape) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for ref, err := range refsOf(ctx, sh) {
			var q quad.Quad
			if err == nil {
				q, err = v.qs.Quad(ref)
			}
			if !yield(q, err) || err != nil {
				return
			}
		}
	}
}

// refsOf ranges over what an iterator gives, unread.
func refsOf(ctx context.Context, sh iterator.Shape) iter.Seq2[cayley.Ref, error] {
	return func(yield func(cayley.Ref, error) bool) {
		it := sh.Iterate()
		defer it.Close()
		for it.Next(ctx) {
			if !yield(it.Result(), nil) {
				return
			}
		}
		// Cayley's own iterators end early and without an error when the context
		// is cancelled.
		if err := cmp.Or(it.Err(), ctx.Err()); err != nil {
			yield(nil, err)
		}
	}
}

// matching is an iterator of the quads that match p; nil when there are none.
func (v *View) matching(ctx context.Context, p quad.Quad) (iterator.Shape, error) {
	var given shape.Quads
	for _, d := range quad.Directions {
		if value := p.Get(d); value != nil {
			given = append(given, shape.QuadFilter{Dir: d, Values: shape.Lookup{value}})
		}
	}
	switch len(given) {
	case 0:
		return v.qs.QuadsAllIterator(), nil
	case 1:
		ref, err := v.qs.ValueOf(p.Get(given[0].Dir))
		if err != nil || ref == nil {
			return nil, err
		}
		return v.qs.QuadIterator(given[0].Dir, ref), nil
	}
	return shape.BuildIterator(ctx, v.qs, given), nil
}

// each calls do with every quad that matches p.
func (v *View) each(ctx context.Context, p quad.Quad, do func(quad.Quad)) error {
	for q, err := range v.Each(ctx, p) {
		if err != nil {
			return err
		}
		do(q)
	}
	return nil
}

// quads lists the quads that match p.
func (v *View) quads(ctx context.Context, p quad.Quad) (list []quad.Quad, err error) {
	err = v.each(ctx, p, func(q quad.Quad) { list = append(list, q) })
	return list, err
}

// has reports whether the graph has a term at all.
func (v *View) has(value quad.Value) (bool, error) {
	ref, err := v.qs.ValueOf(value)
	return err == nil && ref != nil, err
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
	if list, ok, err := v.looked(subject, predicate); ok || err != nil {
		return list, err
	}
	hop := shape.NodesFrom{Dir: quad.Object, Quads: shape.Quads{
		{Dir: quad.Subject, Values: shape.Lookup{subject}}, {Dir: quad.Predicate, Values: shape.Lookup{predicate}}}}
	it := shape.BuildIterator(ctx, v.qs, hop).Iterate()
	defer it.Close()
	var list []quad.Value
	for it.Next(ctx) {
		value, err := v.qs.NameOf(it.Result())
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
