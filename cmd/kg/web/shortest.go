package web

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/cmd/kg/web/picture"
	"kg/graph"
	"kg/schema"
)

// reach bounds a search for paths.
type reach struct {
	hops  int // edges of a path
	seen  int // entities looked at
	paths int // paths returned
}

var defaultReach = reach{hops: 8, seen: 20000, paths: 12}

// errFar says that the search ended at a bound before all was looked at.
var errFar = errors.New("looked at as many entities as a search may")

// step is one edge of a path and where it leads.
type step struct {
	picture.Fact
	to quad.IRI
}

// paths are the shortest between two entities, or none.
type paths struct {
	Paths [][]step
	More  bool // there are more of that length than the reach allows
	Seen  int
}

// shortest finds the shortest paths between two entities over edges that claims
// assert, in either direction. It looks at one distance after the other, so the
// first found are the shortest. Codes, such as "done", and figures join nothing.
func shortest(ctx context.Context, v *graph.View, from, to quad.IRI, max reach) (paths, error) {
	before := map[quad.IRI][]step{from: nil} // the steps that reach an entity on a shortest path
	depth := map[quad.IRI]int{from: 0}
	ring := []quad.IRI{from}
	for d := 1; d <= max.hops && len(ring) > 0 && from != to; d++ {
		var next []quad.IRI
		for _, at := range ring {
			steps, err := steps(ctx, v, at)
			if err != nil {
				return paths{}, err
			}
			for _, s := range steps {
				known, seen := depth[s.to]
				if seen && known < d {
					continue
				}
				if !seen {
					depth[s.to] = d
					next = append(next, s.to)
				}
				before[s.to] = append(before[s.to], step{s.Fact, at}) // here to is where it comes from
			}
			if len(depth) > max.seen {
				return paths{Seen: len(depth)}, errFar
			}
		}
		if _, found := depth[to]; found {
			p := paths{Seen: len(depth)}
			p.unroll(before, from, to, nil, max.paths)
			return p, nil
		}
		ring = next
	}
	return paths{Seen: len(depth)}, nil
}

// unroll follows the steps back from at and keeps each way it finds.
func (p *paths) unroll(before map[quad.IRI][]step, from, at quad.IRI, after []step, most int) {
	if p.More {
		return
	}
	if at == from {
		if len(p.Paths) == most {
			p.More = true
			return
		}
		p.Paths = append(p.Paths, after)
		return
	}
	for _, s := range before[at] {
		forward := step{s.Fact, at}
		p.unroll(before, from, s.to, append([]step{forward}, after...), most)
	}
}

// steps lists where asserted edges lead from an entity, one for each edge: of
// the claims for the same edge the surest.
func steps(ctx context.Context, v *graph.View, at quad.IRI) ([]step, error) {
	class, err := v.Class(ctx, at)
	if err != nil {
		return nil, err
	}
	var list []step
	for _, node := range class {
		own, err := stepsOf(ctx, v, node)
		if err != nil {
			return nil, err
		}
		list = append(list, own...)
	}
	slices.SortFunc(list, compareSteps)
	return slices.CompactFunc(list, func(a, b step) bool {
		return a.Subject == b.Subject && a.Relation == b.Relation && a.Object == b.Object
	}), nil
}

// stepsOf are the steps from one node, each to the node that stands for the class
// of its end.
func stepsOf(ctx context.Context, v *graph.View, at quad.IRI) ([]step, error) {
	var list []step
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		err := each(ctx, v, d, at, func(q quad.Quad) error {
			subject, sok := q.Subject.(quad.IRI)
			object, ook := q.Object.(quad.IRI)
			relation, rok := q.Predicate.(quad.IRI)
			label, lok := q.Label.(quad.IRI)
			if !sok || !ook || !rok || !lok || subject == object {
				return nil
			}
			other := object
			if d == quad.Object {
				other = subject
			}
			if ofOntology(other) {
				return nil
			}
			c, err := v.Claim(ctx, label)
			if err != nil || c == nil || strings.HasPrefix(string(other), string(c.IRI)+"/") {
				return err
			}
			to, err := v.Canonical(ctx, other)
			if err != nil {
				return err
			}
			fact := picture.Fact{Subject: subject, Relation: relation, Object: object, Claim: c, Back: d == quad.Object}
			list = append(list, step{fact, to.(quad.IRI)})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

func compareSteps(a, b step) int {
	rank := func(s step) int {
		if s.Claim.Speaker == "" {
			return 1
		}
		return 2 * slices.Index(schema.Stances, s.Claim.Stance)
	}
	return cmp.Or(
		cmp.Compare(a.to, b.to), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Relation, b.Relation),
		cmp.Compare(graph.Text(a.Object), graph.Text(b.Object)),
		cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Claim.Hedge, b.Claim.Hedge), cmp.Compare(a.Claim.IRI, b.Claim.IRI))
}
