// Package paths finds paths between two entities over the edges of a graph that join
// entities.
package paths

import (
	"cmp"
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/figures"
	"kg/graph/internal/joins"
	"kg/graph/internal/read"
)

// Graph is the graph that a search reads. It does not change.
type Graph struct {
	R      *read.Quads
	Joins  *joins.Reader
	Claims *claims.Cache
	Events *figures.Events
	Hubs   *Hubs
	// Aside are labels, beside those of sources, whose edges join entities only if Claims
	// says so; the edges under all other labels do.
	Aside []quad.IRI
}

// joins reports whether the edges under a label join entities, and whether the label is
// a claim.
func (g *Graph) joins(ctx context.Context, label quad.IRI) (joins, claim bool, err error) {
	c, err := g.Claims.Claim(ctx, label)
	if c != nil || err != nil {
		return c != nil, c != nil, err
	}
	joins, err = g.Claims.Foreign(ctx, label)
	return joins, false, err
}

// surer orders quads under labels that joins was called with, the surest first.
func (g *Graph) surer(a, b quad.Quad) int {
	return g.Claims.Known(read.IRI(a.Label)).CompareSure(g.Claims.Known(read.IRI(b.Label)))
}

// class returns a node and all that are joined to it.
func (g *Graph) class(ctx context.Context, node quad.IRI) ([]quad.IRI, error) {
	classes, err := g.Joins.Classes(ctx)
	return append([]quad.IRI{node}, classes[node]...), err
}

// Options select paths: see PathOptions of package graph.
type Options struct {
	MaxHops    int        // edges of a path; 0 is 8
	Paths      int        // how many to return, longer ones too; 0 is the shortest alone, of these a dozen
	Nodes      int        // bound on visited entities; 0 is 20,000
	Through    quad.IRI   // a relation that a path must take; empty for any
	NotThrough []quad.IRI // entities that a path must not come through
	AsOf       string     // a day as YYYY-MM-DD: see figures.Exclude
	InOrder    bool       // no event of a path is before one that the path comes through earlier
}

// PathList are paths between two entities.
type PathList struct {
	From, To quad.IRI // the ends, or the representatives of all nodes joined to them
	Paths    []Path   // those through no hub first, then the shortest first
	More     bool     // there are more of the last one's length
	Nodes    int      // how many entities were visited
	Cut      bool     // the search ended before all paths within the hops were visited
}

// Path is the steps of a path, no entity twice, and the hubs between its ends.
type Path struct {
	Steps []PathStep
	Hubs  []quad.IRI
}

// PathStep is an edge of a path, seen from where the path comes.
type PathStep struct {
	Quad  quad.Quad
	Out   bool        // the path comes from the subject
	To    quad.IRI    // the representative of all nodes joined to the edge's other end
	Quads []quad.Quad // the edge under each of its labels, the surest first
}

const (
	usualHops  = 8
	usualNodes = 20_000
	mostPaths  = 12      // of the shortest
	mostShared = 3       // of those through a hub, where there are others
	mostTried  = 1 << 20 // steps of walks that may become a path
	nowhere    = 1 << 30 // the distance of unreachable entities
)

// Find finds paths between two entities of a graph over edges that claims state, or that
// other graphs have, in either direction: the shortest, or as many as asked for. Codes,
// such as "done", types and figures join nothing. Paths through a hub, which joins
// unrelated entities, are searched last.
//
// The search is bidirectional, level by level, always from the side with fewer edges to
// read. The known distances to the end then prune a walk from the start, which reads
// nothing more: every entity that the end's side reached leads on to the end. Package
// shortest, Yen's algorithm, does not fit: all paths of one length are needed, some of
// which are left out, and it makes a search of its own for each.
func Find(ctx context.Context, g *Graph, from, to quad.IRI, o Options) (*PathList, error) {
	o.MaxHops, o.Nodes = cmp.Or(o.MaxHops, usualHops), cmp.Or(o.Nodes, usualNodes)
	p := &PathList{}
	if _, err := g.Joins.Classes(ctx); err != nil {
		return nil, err
	}
	p.From, p.To = read.IRI(g.Joins.Canonical(from)), read.IRI(g.Joins.Canonical(to))
	if p.From == p.To {
		return p, nil
	}
	s, err := newSearch(ctx, g, o, p)
	if err != nil {
		return nil, err
	}
	if err := s.pass(false, cmp.Or(o.Paths, mostPaths)); err != nil {
		return nil, err
	}
	room := mostShared
	if o.Paths > 0 {
		room = o.Paths - len(p.Paths)
	} else if len(p.Paths) == 0 {
		room = mostPaths
	}
	if err := s.pass(true, room); err != nil {
		return nil, err
	}
	p.Nodes = s.known
	return p, nil
}
