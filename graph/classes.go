package graph

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/schema"
)

// classes are the nodes that joins make one thing, each with the others of its
// class, in order; none without joins.
func (v *View) classes(ctx context.Context) (map[quad.IRI][]quad.IRI, error) {
	if v.class != nil {
		return v.class, nil
	}
	nodes := map[quad.IRI]bool{}
	err := v.each(ctx, quad.Quad{Predicate: schema.SameAs}, func(q quad.Quad) {
		nodes[iriOf(q.Subject)], nodes[iriOf(q.Object)] = true, true
	})
	if err != nil {
		return nil, err
	}
	if decided := v.decided(); decided != nil {
		for node := range decided.Same {
			nodes[node] = true
		}
	}
	delete(nodes, "")
	classes := map[quad.IRI][]quad.IRI{}
	for node := range nodes {
		joins, err := v.SameAs(ctx, node)
		if err != nil {
			return nil, err
		}
		others := map[quad.IRI]bool{}
		for _, j := range joins {
			others[j.Node] = true
		}
		delete(others, node)
		classes[node] = slices.Sorted(maps.Keys(others))
	}
	v.class = classes
	return classes, nil
}

// canonical is the node that stands for all of its class: the first of it, in
// order. Any other value stands for itself. It knows joins once classes was
// called.
func (v *View) canonical(value quad.Value) quad.Value {
	iri, ok := value.(quad.IRI)
	if others := v.class[iri]; ok && len(others) > 0 && others[0] < iri {
		return others[0]
	}
	return value
}

// Canonical is the node that stands for all that are joined to a node.
func (v *View) Canonical(ctx context.Context, value quad.Value) (quad.Value, error) {
	if _, err := v.classes(ctx); err != nil {
		return nil, err
	}
	return v.canonical(value), nil
}

// Class are a node and all that are joined to it.
func (v *View) Class(ctx context.Context, node quad.IRI) ([]quad.IRI, error) {
	classes, err := v.classes(ctx)
	return append([]quad.IRI{node}, classes[node]...), err
}

// DescribeAll is DescribeFor for a thing that several sources speak of under
// nodes of their own: it has the names of all of them.
func (v *View) DescribeAll(ctx context.Context, value quad.Value, sources []quad.IRI) (Cell, error) {
	c, err := v.DescribeFor(ctx, value, sources)
	iri, ok := value.(quad.IRI)
	if err != nil || !ok {
		return c, err
	}
	if _, err := v.classes(ctx); err != nil {
		return c, err
	}
	var names, unnamed []string
	c.Same = v.class[iri]
	for _, node := range append([]quad.IRI{iri}, c.Same...) {
		name, err := v.DescribeFor(ctx, node, sources)
		if err != nil {
			return c, err
		}
		to := &names
		if name.Text == v.Base.Short(node) { // perhaps of a source that is not loaded
			to = &unnamed
		}
		if !slices.Contains(*to, name.Text) {
			*to = append(*to, name.Text)
		}
	}
	c.Text = strings.Join(cmpOr(names, unnamed), " = ")
	return c, nil
}

// DescribeAlone is DescribeAll of what reads the same in a row of any sources. It is
// not alone where the row's sources choose among names.
func (v *View) DescribeAlone(ctx context.Context, value quad.Value) (c Cell, alone bool, err error) {
	if iri, ok := value.(quad.IRI); ok && v.matchMade(iri) == nil {
		d, err := v.described(ctx, iri)
		if err != nil || len(v.class[iri]) > 0 || len(d.names) > 1 && !d.one {
			return c, false, err
		}
	}
	c, err = v.DescribeFor(ctx, value, nil)
	return c, true, err
}

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
	if len(v.class) == 0 {
		return nil
	}
	nodes := map[quad.IRI]bool{}
	if a.Joined {
		for _, value := range a.Values {
			nodes[iriOf(v.canonical(value))] = true
		}
	}
	for _, w := range e.Witnesses {
		first := map[quad.Value]quad.Value{}
		for _, q := range w.Quads {
			for _, end := range []quad.Value{q.Subject, q.Object} {
				node := v.canonical(end)
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
		joins, err := v.SameAs(ctx, node)
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
		if s.Name, err = v.nameOf(ctx, j.Annotator, []quad.IRI{j.Source}); err != nil {
			return err
		}
		if !slices.ContainsFunc(e.Speakers, func(other Speaker) bool { return other.Joins && other.IRI == s.IRI }) {
			e.Speakers = append(e.Speakers, s)
		}
	}
	return nil
}
