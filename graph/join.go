package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Join says that two nodes are the same thing, and who says so.
type Join struct {
	Quad      quad.Quad // one owl:sameAs the other, under the source that says it
	From      quad.IRI  // the end that is nearer to the node asked for
	Node      quad.IRI  // the other end
	Source    quad.IRI  // or the label of decisions
	Annotator quad.IRI  // who read the source so; empty for a graph that is no source. Of a decision it is that: DescribeFor names its author
}

// Decided reports whether the join is no quad of a source or of another graph, but
// follows from a decision, which is its Annotator.
func (j Join) Decided() bool { return j.Annotator != "" && j.Annotator == iriOf(j.Quad.Label) }

// SameAs lists the joins of a node: those with other nodes, then those of these
// nodes with others, and so on, whichever end they are written at. Each join is
// listed once, so a node that is joined in several ways is the Node of several
// joins. Without joins the list is nil.
func (v *View) SameAs(ctx context.Context, node quad.IRI) ([]Join, error) {
	if list, known := v.joins[node]; known {
		return list, nil
	}
	if !v.canJoin {
		var err error
		if v.canJoin, err = v.has(schema.SameAs); err != nil {
			return nil, err
		}
		if v.canJoin = v.canJoin || v.decided() != nil && len(v.decided().Same) > 0; !v.canJoin {
			return nil, nil
		}
	}
	var list []Join
	told := map[quad.Quad]bool{}
	seen := map[quad.IRI]bool{node: true}
	for todo := []quad.IRI{node}; len(todo) > 0; todo = todo[1:] {
		joins, err := v.joinsOf(ctx, todo[0])
		if err != nil {
			return nil, err
		}
		for _, j := range joins {
			if told[j.Quad] {
				continue
			}
			told[j.Quad] = true
			list = append(list, j)
			if !seen[j.Node] {
				seen[j.Node] = true
				todo = append(todo, j.Node)
			}
		}
	}
	v.joins[node] = list
	return list, nil
}

// joinsOf lists the joins with a node at one end, in order.
func (v *View) joinsOf(ctx context.Context, node quad.IRI) (list []Join, err error) {
	err = v.decided().Joined(ctx, v.r, node, func(q quad.Quad, other quad.IRI) {
		list = append(list, Join{Quad: q, From: node, Node: other, Source: sourceOf(q.Label)})
	})
	for i := range list {
		if err != nil {
			return nil, err
		}
		if d := v.matchMade(iriOf(list[i].Quad.Label)); d != nil {
			list[i].Annotator = d.IRI
			list[i].Source, _ = schema.IRI(d.IRI).DecisionLabel()
			continue
		}
		var annotator quad.Value
		annotator, err = v.object(ctx, list[i].Source, schema.AnnotatedBy)
		list[i].Annotator = iriOf(annotator)
	}
	slices.SortFunc(list, func(a, b Join) int {
		return cmp.Or(cmp.Compare(a.Node, b.Node), cmp.Compare(a.Source, b.Source), cmp.Compare(iriOf(a.Quad.Subject), iriOf(b.Quad.Subject)))
	})
	return list, err
}
