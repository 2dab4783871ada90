package graph

import (
	"context"

	"kg/graph/internal/index"

	"github.com/cayleygraph/quad"
)

// OfKind returns a page of the entities and sources of a kind, and of the kinds below it,
// in the order of their names, then of their IRIs: those at positions from (from 0) to to,
// half-open, and how many there are in all. The kind is given by its name; the empty kind
// is every entity, as View.Entities counts them. Names and IRIs outside the page are not
// read.
func (v *View) OfKind(ctx context.Context, kind string, from, to int) (page []quad.IRI, all int, err error) {
	list, is := "entities", func(n *index.Node) bool { return n.Rank == index.AnEntity }
	if kind != "" {
		list, is = "kind "+kind, func(n *index.Node) bool { return n.IsA(kind) }
	}
	err = v.names.Asking(ctx, func(x *index.NameIndex) error {
		nodes, err := x.ListInOrder(ctx, list, is)
		if err != nil {
			return err
		}
		page, all = nil, len(nodes)
		for _, i := range nodes[min(max(0, from), all):min(to, all)] {
			page = append(page, x.IRI(i))
		}
		return nil
	})
	return page, all, err
}
