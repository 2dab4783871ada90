package graph

import (
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
)

// IsRelation reports whether any quad has a term for its predicate.
func (v *View) IsRelation(ctx context.Context, iri quad.IRI) (bool, error) {
	is, known := v.leads[iri]
	if known {
		return is, nil
	}
	none, err := v.leadsNowhere(iri)
	if err != nil {
		return false, err
	}
	if none {
		v.leads[iri] = false
		return false, nil
	}
	if is, err = v.r.Any(ctx, quad.Quad{Predicate: iri}); err != nil {
		return false, err
	}
	v.leads[iri] = is
	return is, nil
}

// leadsNowhere reports that no quad has a term for its predicate, if a count tells.
func (v *View) leadsNowhere(iri quad.IRI) (bool, error) {
	ix, err := v.r.OwnIndex()
	if ix == nil || err != nil {
		return false, err
	}
	var p term.Pattern
	if p.Quad[term.Predicate], err = v.r.Terms(ix).Resolve(ix, iri); err != nil {
		return false, err
	}
	return p.Quad[term.Predicate] == term.None || ix.AtMost(p) == 0, nil
}

// addJoins finds the joins that an answer rests on: of a cell that has the names
// of several nodes, and of nodes that a witness takes for one.
func (v *View) addJoins(ctx context.Context, e *Evidence, a *Answer) error {
	if !v.joins.Any() {
		return nil
	}
	nodes := map[quad.IRI]bool{}
	if a.Joined {
		for _, value := range a.Values {
			nodes[iriOf(v.joins.Canonical(value))] = true
		}
	}
	for _, w := range e.Witnesses {
		first := map[quad.Value]quad.Value{}
		for _, q := range w.Quads {
			for _, end := range []quad.Value{q.Subject, q.Object} {
				node := v.joins.Canonical(end)
				if have, ok := first[node]; ok && have != end {
					nodes[iriOf(node)] = true
				}
				first[node] = end
			}
		}
	}
	return v.AddJoins(ctx, e, nodes)
}

// AddJoins notes that an answer rests on the joins of some nodes, and who made them.
func (v *View) AddJoins(ctx context.Context, e *Evidence, nodes map[quad.IRI]bool) error {
	for _, node := range slices.Sorted(maps.Keys(nodes)) {
		joins, err := v.joins.Of(ctx, node)
		if err != nil {
			return err
		}
		for _, j := range joins {
			if !slices.ContainsFunc(e.Joins, func(other Join) bool { return other.Quad == j.Quad }) {
				e.Joins = append(e.Joins, j)
			}
		}
	}
	for _, j := range e.Joins {
		s := Speaker{IRI: j.Annotator, Joins: true}
		var err error
		if s.Name, err = v.namer.Name(ctx, j.Annotator, j.Source); err != nil {
			return err
		}
		if !slices.ContainsFunc(e.Speakers, func(other Speaker) bool { return other.Joins && other.IRI == s.IRI }) {
			e.Speakers = append(e.Speakers, s)
		}
	}
	return nil
}
