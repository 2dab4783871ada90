// Package paths finds paths between two entities over the edges of a graph that join
// entities. Its caller decides what a claim is, which nodes are one entity and what is a
// hub.
package paths

import (
	"cmp"
	"context"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
)

// Graph is what a search needs of a graph.
type Graph interface {
	// Canonical returns the representative of all nodes joined to a node, and Class those
	// nodes.
	Canonical(ctx context.Context, value quad.Value) (quad.Value, error)
	Class(ctx context.Context, node quad.IRI) ([]quad.IRI, error)
	// Each ranges over the quads that match p.
	Each(ctx context.Context, p quad.Quad) iter.Seq2[quad.Quad, error]
	// Joins reports whether the edges under a label join entities, and returns the claim
	// that the label is, if it is one.
	Joins(ctx context.Context, label quad.IRI) (joins bool, claim quad.IRI, err error)
	// Surer orders quads under labels that Joins was asked for, the surest first.
	Surer(a, b quad.Quad) int
	// Aside returns labels for which Joins has to be asked, in addition to the labels of
	// sources: edges under all others join entities.
	Aside() []quad.IRI
	// IsHub reports whether an entity of a kind, empty for none, is a hub. degree returns
	// how many quads it has at either end.
	IsHub(ctx context.Context, kind quad.IRI, degree func() (int64, error)) (bool, error)
	// Excluded reports whether the dates of an event rule it out on a day, and InOrder
	// whether no event comes before an earlier one.
	Excluded(ctx context.Context, event quad.IRI, day string) (bool, error)
	InOrder(ctx context.Context, events []quad.IRI) (bool, error)
}

// Options select paths: see PathOptions of package graph.
type Options struct {
	MaxHops    int        // edges of a path; 0 is 8
	Paths      int        // how many to return, longer ones too; 0 is the shortest alone, of these a dozen
	Nodes      int        // bound on visited entities; 0 is 20,000
	Through    quad.IRI   // a relation that a path must take; empty for any
	NotThrough []quad.IRI // entities that a path must not come through
	AsOf       string     // a day as YYYY-MM-DD: see Graph.Excluded
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
func Find(ctx context.Context, g Graph, qs cayley.QuadStore, from, to quad.IRI, o Options) (*PathList, error) {
	o.MaxHops, o.Nodes = cmp.Or(o.MaxHops, usualHops), cmp.Or(o.Nodes, usualNodes)
	p := &PathList{}
	for end, is := range map[*quad.IRI]quad.IRI{&p.From: from, &p.To: to} {
		one, err := g.Canonical(ctx, is)
		if err != nil {
			return nil, err
		}
		*end = read.IRI(one)
	}
	if p.From == p.To {
		return p, nil
	}
	s, err := newSearch(ctx, g, qs, o, p)
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
