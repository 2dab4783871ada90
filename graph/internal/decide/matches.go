package decide

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// Match sorts the decisions on two entities: of several on the same two the latest holds.
func (d *Decisions) Match(all []*schema.Decision) {
	d.Matches = map[[2]quad.IRI]*schema.Decision{}
	for _, one := range all {
		pair := [2]quad.IRI{one.On, one.With}
		if last := d.Matches[pair]; one.Verdict != "" && (last == nil || one.After(last)) {
			d.Matches[pair] = one
		}
	}
	d.Made, d.Same = map[quad.IRI]*schema.Decision{}, map[quad.IRI][]*schema.Decision{}
	for _, pair := range slices.SortedFunc(maps.Keys(d.Matches), comparePairs) {
		one := d.Matches[pair]
		d.Made[one.IRI] = one
		if one.Verdict == schema.Same {
			for _, node := range pair {
				d.Same[node] = append(d.Same[node], one)
			}
		}
	}
}

func comparePairs(a, b [2]quad.IRI) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// InOrder returns the decisions on two entities that hold, ordered by these.
func (d *Decisions) InOrder() (list []*schema.Decision) {
	for _, pair := range slices.SortedFunc(maps.Keys(d.Matches), comparePairs) {
		list = append(list, d.Matches[pair])
	}
	return list
}

// Other returns the entity of a decision that is not node.
func Other(d *schema.Decision, node quad.IRI) quad.IRI {
	if d.On == node {
		return d.With
	}
	return d.On
}

// Joined calls do with every quad that joins a node to another one: those of sources
// and of other graphs, and one for each decision that the two are the same; d may be
// nil.
func (d *Decisions) Joined(ctx context.Context, r *read.Quads, node quad.IRI, do func(q quad.Quad, other quad.IRI)) error {
	forward := quad.Quad{Subject: node, Predicate: schema.SameAs}
	back := quad.Quad{Predicate: schema.SameAs, Object: node}
	if d != nil {
		for _, one := range d.Same[node] {
			do(quad.Quad{Subject: one.On, Predicate: schema.SameAs, Object: one.With, Label: one.IRI}, Other(one, node))
		}
	}
	return errors.Join(
		r.Do(ctx, forward, func(q quad.Quad) {
			if other := read.IRI(q.Object); other != node && other != "" {
				do(q, other)
			}
		}),
		r.Do(ctx, back, func(q quad.Quad) {
			if other := read.IRI(q.Subject); other != node && other != "" {
				do(q, other)
			}
		}))
}
