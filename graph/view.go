package graph

import (
	"context"
	"iter"
	"sync/atomic"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"golang.org/x/text/language"

	"kg/graph/internal/claims"
	"kg/graph/internal/evidence"
	"kg/graph/internal/figures"
	"kg/graph/internal/index"
	"kg/graph/internal/joins"
	"kg/graph/internal/keys"
	"kg/graph/internal/naming"
	"kg/graph/internal/paths"
	"kg/graph/internal/read"
	"kg/graph/internal/readings"
	"kg/graph/internal/session"
	"kg/schema"
)

// View is a graph to query. It caches the claims, doubts and names it has looked up, so
// it is for a graph that does not change, and must not be used concurrently.
type View struct {
	Base      schema.Base
	Bounds    Bounds         // of the queries it runs
	Languages []language.Tag // that the user reads, the best first
	// Took, if it is set, is called when Find takes a word for something that has
	// another name.
	Took func(word string, taken Found)
	// Frugal is for a process that goes on: where the names of the graph have a file,
	// they are not all read into memory for what can only be meant by words that find
	// nothing, or for a part of a short form. The words of these are looked for.
	Frugal     bool
	qs         cayley.QuadStore
	r          *read.Quads // of qs
	state      *state      // of the store; nil for a store of Cayley's
	whole      bool        // shows what sources deny
	claims     *claims.Cache
	evidence   *evidence.Reader
	denials    *evidence.Denials
	belongs    []quad.IRI // see belonging
	hubs       *paths.Hubs
	events     *figures.Events
	keys       *keys.Reader
	names      *index.Names // see index
	joins      *joins.Reader
	namer      *naming.Namer
	background *evidence.Background // see WithoutBackground
	sourced    *View                // without it
	withDenied *View                // see WithDenied
	kinds      session.Kinds
	leads      map[quad.IRI]bool // see IsRelation
	readings   *readings.Reader
}

// NewView returns a view of qs, any store of Cayley's. It shows the edges that sources
// deny: see Store.View for a graph without them.
func NewView(qs cayley.QuadStore, base schema.Base) *View {
	return newView(qs, base, nil, &evidence.Denials{Whole: qs}, index.New(qs, nil, new(index.LastFile), foreignIn(qs)))
}

// newView returns a view of qs, which belongs to a state, nil for a store of Cayley's.
func newView(qs cayley.QuadStore, base schema.Base, of *state, d *evidence.Denials, names *index.Names) *View {
	r := read.Of(qs)
	v := &View{
		Base: base, qs: qs, r: r, state: of, denials: d, names: names,
		kinds: session.Kinds{},
		leads: map[quad.IRI]bool{}, events: figures.NewEvents(r),
	}
	v.joins = &joins.Reader{R: r}
	if of != nil {
		v.joins.Decisions = of.decisions
	}
	v.namer = naming.New()
	v.namer.R, v.namer.Joins, v.namer.Base = r, v.joins, base
	v.namer.Languages = func() []language.Tag { return v.Languages }
	v.namer.Relations = func() []quad.IRI { return v.names.By() }
	v.keys = &keys.Reader{R: r, Joins: v.joins, Names: v.namer}
	v.claims, v.readings = claims.NewCache(r, v.joins.Decisions), &readings.Reader{R: r}
	v.evidence = &evidence.Reader{R: r, Claims: v.claims, Names: v.namer, Joins: v.joins, Readings: v.readings, Denials: d}
	v.hubs = paths.NewHubs(r, v.namer, new(atomic.Int64))
	return v
}

// beside returns a view of another part of the same state.
func (v *View) beside(qs cayley.QuadStore, d *evidence.Denials, names *index.Names) *View {
	other := newView(qs, v.Base, v.state, d, names)
	other.Bounds, other.Languages, other.Frugal, other.whole = v.Bounds, v.Languages, v.Frugal, v.whole
	return other
}

// Cayley returns the store of the view, for those who serve Cayley's own API.
func (v *View) Cayley() cayley.QuadStore { return v.qs }

// Each ranges over the quads that match p, in no order; nil in p matches every
// term. It ends with the first error: the store's, or the context's.
func (v *View) Each(ctx context.Context, p quad.Quad) iter.Seq2[quad.Quad, error] {
	return v.r.Each(ctx, p)
}

// iriOf returns a value as an IRI, empty if it is none.
func iriOf(v quad.Value) quad.IRI { return read.IRI(v) }
