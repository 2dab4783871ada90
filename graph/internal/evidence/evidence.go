// Package evidence finds the reasons for an answer.
//
// A query gives an Answer with the ways to it, the quads of each derivation (answer.go).
// The minimal ways are its witnesses; each edge of a witness is looked up with the claims
// that label it (witness.go). From these follow the speakers (speaker.go); how sure each
// is of each cell (sureness.go; gather.go goes over the witnesses, columns.go tells which
// cells an edge bears on, status.go what is planned or doubtful; text.go puts it in words);
// the joins that make nodes of several sources one (joins.go); and who denies it
// (denials.go). Edges of common knowledge count only where no source states them
// (background.go). origins.go counts how many independent origins some claims have.
package evidence

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/joins"
	"kg/graph/internal/naming"
	"kg/graph/internal/read"
	"kg/graph/internal/readings"
)

// Evidence is the reasons for an answer.
type Evidence struct {
	Witnesses []Witness
	Claims    []*claims.Claim // of all witnesses, each once, by IRI
	Denials   []*claims.Claim // that deny an edge of a witness, by IRI
	Deniers   []Speaker       // who makes these, with IRI and Name, each once, by name
	Joins     []joins.Join    // by which nodes of several sources are one thing
	Speakers  []Speaker
	Sureness  []Sureness
	Counted   bool // the answer rests on all witnesses, not on any of them
	MoreWays  bool // there are more witnesses than these
	Untraced  bool // the quads behind the answer are not known
	// Unasserted reports that every witness has an edge that is only denied: no speaker
	// asserts the answer.
	Unasserted bool
	// OnlyDenied reports that an unasserted answer is still to be shown: all its edges are
	// denied, or the denied ones are of events of which no claim asserts anything. Any other
	// unasserted answer walks on from a denied edge as if it were asserted.
	OnlyDenied bool
}

// Witness is a minimal set of edges that suffices for an answer (why-provenance: Buneman,
// Khanna, Tan 2001): without any one of them the answer would not follow. Claims are those
// of the edges, and those that a derived one follows from, by IRI.
type Witness struct {
	Quads  []quad.Quad
	Claims []*claims.Claim

	direct     map[quad.IRI]*claims.Claim // the claims of the edges, and those that are ends of one
	denied     []quad.Value               // the subjects of edges that are only denied
	unclaimed  bool                       // no claim asserts an edge
	background bool                       // an edge is stated by background alone: see dropBackground
}

// Sources returns the sources of the claims, each once, by IRI.
func (e *Evidence) Sources() []quad.IRI {
	sources := map[quad.IRI]bool{}
	for _, c := range slices.Concat(e.Claims, e.Denials) {
		sources[c.Source] = true
	}
	return slices.Sorted(maps.Keys(sources))
}

// Reader finds evidence in a graph that does not change. It is not for concurrent use.
type Reader struct {
	R        *read.Quads
	Claims   *claims.Cache
	Names    *naming.Namer
	Joins    *joins.Reader
	Readings *readings.Reader
	Denials  *Denials

	texts  *readings.SharedTexts // see prepare
	status map[quad.IRI][]eventStatus
	doubts map[quad.IRI][]string
}

// prepare reads what the other methods take for granted: joins, and readings of one text.
func (r *Reader) prepare(ctx context.Context) (err error) {
	if _, err = r.Joins.Classes(ctx); err == nil {
		r.texts, err = r.Readings.Texts(ctx)
	}
	return err
}

// Evidence finds the evidence of an answer: its minimal witnesses, the claims that label
// their edges, the speakers and how sure they are, and who denies it. A claim that is an
// end of an edge is evidence itself.
func (r *Reader) Evidence(ctx context.Context, a *Answer) (*Evidence, error) {
	e := &Evidence{Counted: a.Counted, MoreWays: a.MoreWays, Untraced: a.Untraced && len(a.minimal) == 0}
	if e.Untraced {
		return e, nil
	}
	if err := r.prepare(ctx); err != nil {
		return nil, err
	}
	a.canonical = r.Joins.Canonical
	for _, edges := range a.sorted() {
		w, err := r.witness(ctx, edges)
		if err != nil {
			return nil, err
		}
		e.Witnesses = append(e.Witnesses, w)
	}
	e.Witnesses = byClaims(e.Witnesses)
	if len(a.Columns) > 0 {
		if err := r.setUnasserted(ctx, e); err != nil {
			return nil, err
		}
	}
	e.dropBackground()
	all := map[quad.IRI]*claims.Claim{}
	s := newSureness(r, a)
	for _, w := range e.Witnesses {
		for _, c := range w.Claims {
			all[c.IRI] = c
		}
		if err := s.add(ctx, w); err != nil {
			return nil, err
		}
	}
	e.Claims = byIRI(all)
	var err error
	if e.Speakers, err = r.speakers(ctx, s.direct); err != nil {
		return nil, err
	}
	e.Sureness, err = s.list(ctx)
	return e, errors.Join(err, r.addJoins(ctx, e, a), r.addDenials(ctx, e))
}

// OfEdge returns the evidence of one edge.
func (r *Reader) OfEdge(ctx context.Context, q quad.Quad) (*Evidence, error) {
	a := &Answer{}
	a.Add([]quad.Quad{q})
	return r.Evidence(ctx, a)
}

// byIRI returns claims in the order of their IRIs.
func byIRI(all map[quad.IRI]*claims.Claim) []*claims.Claim {
	var list []*claims.Claim
	for _, iri := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[iri])
	}
	return list
}
