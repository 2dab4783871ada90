package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// edgesAndJoins returns the first edges of an entity, then its joins that are not edges:
// those through others, and those of decisions. all is their total number.
func edgesAndJoins(ctx context.Context, v *graph.View, entity quad.IRI, limit int) (edges []graph.Edge, all int, err error) {
	p, err := v.Neighbours(ctx, entity, graph.EdgeFilter{}, "", limit)
	if err != nil {
		return nil, 0, err
	}
	joins, err := v.SameAs(ctx, entity)
	edges, all = p.Edges, p.All
	for _, j := range joins {
		if (j.From == entity || j.Node == entity) && !j.Decided() {
			continue
		}
		if all++; limit == 0 || len(edges) < limit {
			q := j.Quad
			q.Label = j.Source
			edges = append(edges, graph.Edge{Quad: q, Out: q.Object == quad.Value(j.Node)})
		}
	}
	return edges, all, err
}

// joinedBy returns a cell with the author of the join of an entity and the other end of
// an edge, and the entity in between if they are joined through one. For other edges the
// cell is empty.
func joinedBy(ctx context.Context, v *graph.View, entity quad.IRI, e graph.Edge) (graph.Cell, error) {
	if e.Relation() != schema.SameAs {
		return graph.Cell{}, nil
	}
	joins, err := v.SameAs(ctx, entity)
	i := slices.IndexFunc(joins, func(j graph.Join) bool {
		return j.Quad.Subject == e.Quad.Subject && j.Quad.Object == e.Quad.Object && (j.Source == e.Quad.Label || j.Quad.Label == e.Quad.Label)
	})
	if err != nil || i < 0 { // it joins the entity to itself
		return graph.Cell{}, err
	}
	text, err := joinText(ctx, v, joins[i])
	if j := joins[i]; err == nil && j.From != entity {
		through, err := v.Describe(ctx, j.From)
		if err != nil {
			return graph.Cell{}, err
		}
		text += ", through " + through.Text
	}
	return graph.Cell{Value: quad.String(text), Text: text}, err
}

// mostSame is the maximum number of joined entities that are named.
const mostSame = 5

// tellSame says on standard error that joined entities have edges of their own, which are
// not listed.
func (a *app) tellSame(ctx context.Context, v *graph.View, entity quad.IRI) error {
	joins, err := v.SameAs(ctx, entity)
	if err != nil {
		return err
	}
	var others []string
	for _, j := range joins {
		other := v.Base.Short(j.Node)
		if j.Node == entity || slices.Contains(others, other) {
			continue
		}
		p, err := v.Neighbours(ctx, j.Node, graph.EdgeFilter{}, "", 1)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(p.Relations, func(r graph.Relation) bool { return !r.OfFile() }) {
			others = append(others, other)
		}
	}
	if len(others) == 0 {
		return nil
	}
	more := ""
	if len(others) > mostSame {
		others, more = others[:mostSame], fmt.Sprintf(" and %s more", thousands(len(others)-mostSame))
	}
	fmt.Fprintf(a.err, "what it is the same as has edges of its own: kg show %s%s\n", strings.Join(others, ", kg show "), more)
	return nil
}

// joinText returns the author of a join as a text.
func joinText(ctx context.Context, v *graph.View, j graph.Join) (string, error) {
	who, err := v.DescribeFor(ctx, cmp.Or(j.Annotator, j.Source), []quad.IRI{j.Source})
	return "joined by " + who.Text, err
}
