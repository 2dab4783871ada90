// Package joins tells which nodes are one thing: those that owl:sameAs of sources or of
// other graphs, or a decision, joins, directly or by way of others. Such nodes are a
// class; the first of it, by IRI, stands for all.
package joins

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/read"
	"kg/schema"
)

// Join says that two nodes are the same thing, and who says so.
type Join struct {
	Quad      quad.Quad // one owl:sameAs the other, under the source that says it
	From      quad.IRI  // the end that is nearer to the node asked for
	Node      quad.IRI  // the other end
	Source    quad.IRI  // or the label of decisions
	Annotator quad.IRI  // who read the source so; empty for a graph that is no source; of a decision its own IRI: DescribeFor names its author
}

// Decided reports whether the join is no quad of a source or of another graph, but
// follows from a decision, which is its Annotator.
func (j Join) Decided() bool { return j.Annotator != "" && j.Annotator == read.IRI(j.Quad.Label) }

// Reader reads the joins of a graph that does not change, and remembers them. It is not
// for concurrent use.
type Reader struct {
	R         *read.Quads
	Decisions *decide.Decisions // nil for a graph without any

	class   map[quad.IRI][]quad.IRI // see Classes; nil before they are read
	of      map[quad.IRI][]Join     // see Of
	canJoin bool                    // the graph has owl:sameAs, or a decision that joins
}

// Of lists the joins of a node: those with other nodes, then those of these nodes with
// others, and so on, in either direction. Each join is listed once, so a node that is
// joined in several ways is the Node of several joins. Without joins the list is nil.
func (x *Reader) Of(ctx context.Context, node quad.IRI) ([]Join, error) {
	if list, known := x.of[node]; known {
		return list, nil
	}
	if !x.canJoin {
		var err error
		if x.canJoin, err = x.R.Has(schema.SameAs); err != nil {
			return nil, err
		}
		if x.canJoin = x.canJoin || x.Decisions != nil && len(x.Decisions.Same) > 0; !x.canJoin {
			return nil, nil
		}
	}
	var list []Join
	listed := map[quad.Quad]bool{}
	seen := map[quad.IRI]bool{node: true}
	for todo := []quad.IRI{node}; len(todo) > 0; todo = todo[1:] {
		joins, err := x.direct(ctx, todo[0])
		if err != nil {
			return nil, err
		}
		for _, j := range joins {
			if listed[j.Quad] {
				continue
			}
			listed[j.Quad] = true
			list = append(list, j)
			if !seen[j.Node] {
				seen[j.Node] = true
				todo = append(todo, j.Node)
			}
		}
	}
	if x.of == nil {
		x.of = map[quad.IRI][]Join{}
	}
	x.of[node] = list
	return list, nil
}

// direct lists the joins with a node at one end, in order.
func (x *Reader) direct(ctx context.Context, node quad.IRI) (list []Join, err error) {
	err = x.Decisions.Joined(ctx, x.R, node, func(q quad.Quad, other quad.IRI) {
		list = append(list, Join{Quad: q, From: node, Node: other, Source: schema.IRI(read.IRI(q.Label)).Source()})
	})
	for i := range list {
		if err != nil {
			return nil, err
		}
		if d := x.Decision(read.IRI(list[i].Quad.Label)); d != nil {
			list[i].Annotator = d.IRI
			list[i].Source, _ = schema.IRI(d.IRI).DecisionLabel()
			continue
		}
		var annotator quad.Value
		annotator, err = x.R.Object(ctx, list[i].Source, schema.AnnotatedBy)
		list[i].Annotator = read.IRI(annotator)
	}
	slices.SortFunc(list, func(a, b Join) int {
		return cmp.Or(cmp.Compare(a.Node, b.Node), cmp.Compare(a.Source, b.Source), cmp.Compare(read.IRI(a.Quad.Subject), read.IRI(b.Quad.Subject)))
	})
	return list, err
}

// Decision returns the decision on two things by its IRI, if it holds, or nil.
func (x *Reader) Decision(iri quad.IRI) *schema.Decision {
	if x.Decisions == nil {
		return nil
	}
	return x.Decisions.Made[iri]
}

// Classes returns the nodes that are joined, each with the others of its class, in order;
// the map is empty without joins.
func (x *Reader) Classes(ctx context.Context) (map[quad.IRI][]quad.IRI, error) {
	if x.class != nil {
		return x.class, nil
	}
	nodes := map[quad.IRI]bool{}
	err := x.R.Do(ctx, quad.Quad{Predicate: schema.SameAs}, func(q quad.Quad) {
		nodes[read.IRI(q.Subject)], nodes[read.IRI(q.Object)] = true, true
	})
	if err != nil {
		return nil, err
	}
	if x.Decisions != nil {
		for node := range x.Decisions.Same {
			nodes[node] = true
		}
	}
	delete(nodes, "")
	classes := map[quad.IRI][]quad.IRI{}
	for node := range nodes {
		joins, err := x.Of(ctx, node)
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
	x.class = classes
	return classes, nil
}

// Canonical returns the node that stands for the class of a node; any other value stands
// for itself. Classes must have been called: without it no node is joined.
func (x *Reader) Canonical(value quad.Value) quad.Value {
	iri, ok := value.(quad.IRI)
	if others := x.class[iri]; ok && len(others) > 0 && others[0] < iri {
		return others[0]
	}
	return value
}

// Joined reports whether a node is joined to another one, once Classes was called.
func (x *Reader) Joined(node quad.IRI) bool { return len(x.class[node]) > 0 }

// Any reports whether any nodes are joined, once Classes was called.
func (x *Reader) Any() bool { return len(x.class) > 0 }
