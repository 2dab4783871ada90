package graph

import (
	"context"

	"kg/graph/internal/index"

	"github.com/cayleygraph/quad"
)

// Ordered are nodes in the order of their names, then of their IRIs. It has numbers
// for them, and reads neither a name nor an IRI that is not asked for.
type Ordered struct {
	x     *index.NameIndex
	nodes []int32
}

// OfKind lists the entities and sources of a kind, by its name, and of the kinds
// below it.
func (v *View) OfKind(ctx context.Context, name string) (*Ordered, error) {
	return v.ordered(ctx, "kind "+name, func(n *index.Node) bool { return n.IsA(name) })
}

// AllEntities lists those that Entities counts.
func (v *View) AllEntities(ctx context.Context) (*Ordered, error) {
	return v.ordered(ctx, "entities", func(n *index.Node) bool { return n.Rank == index.AnEntity })
}

func (v *View) ordered(ctx context.Context, list string, is func(*index.Node) bool) (o *Ordered, err error) {
	err = v.names.Asking(ctx, func(x *index.NameIndex) error {
		nodes, err := x.ListInOrder(ctx, list, is)
		o = &Ordered{x, nodes}
		return err
	})
	return o, err
}

// Len is how many there are.
func (o *Ordered) Len() int { return len(o.nodes) }

// Part is those from one place in the order up to another.
func (o *Ordered) Part(from, to int) (list []quad.IRI, err error) {
	err = index.Caught(func() error {
		for _, i := range o.nodes[max(0, from):min(to, len(o.nodes))] {
			list = append(list, o.x.IRI(i))
		}
		return nil
	})
	return list, err
}
