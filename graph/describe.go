package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/cells"
	"kg/graph/internal/joins"
	"kg/graph/internal/store/term"
)

type (
	// Cell is a term and what people read for it.
	Cell = cells.Cell
	// Order is the first key by which cells are sorted: see Cell.Compare.
	Order = cells.Order
	// Join says that two nodes are the same thing, and who says so.
	Join = joins.Join
)

// Text returns a literal without its datatype or language, and any other term as it is.
func Text(value quad.Value) string { return term.TextOf(value) }

// Describe is DescribeFor without a row: the earliest source names the node.
func (v *View) Describe(ctx context.Context, value quad.Value) (Cell, error) {
	return v.namer.Describe(ctx, value, nil)
}

// DescribeFor returns what people read for a term in a row that rests on sources: the
// name of an entity, or else its description; the figures of a quantity; the short form
// of any other IRI. The row's sources name it, or all sources if none of these does;
// among several names the one in the best language is chosen, then the one of the
// earliest source, by its date and then its IRI.
func (v *View) DescribeFor(ctx context.Context, value quad.Value, sources []quad.IRI) (Cell, error) {
	return v.namer.Describe(ctx, value, sources)
}

// DescribeAll is DescribeFor for an entity that several sources speak of under nodes of
// their own: the cell has the names of all of them.
func (v *View) DescribeAll(ctx context.Context, value quad.Value, sources []quad.IRI) (Cell, error) {
	return v.namer.DescribeAll(ctx, value, sources)
}

// DescribeAlone is DescribeAll for a cell that is the same in a row of any sources. It
// returns false where the row's sources choose among names.
func (v *View) DescribeAlone(ctx context.Context, value quad.Value) (c Cell, alone bool, err error) {
	return v.namer.DescribeAlone(ctx, value)
}

// SameAs lists the joins of a node: those with other nodes, then those of these nodes
// with others, and so on, in either direction. Each join is listed once, so a node that
// is joined in several ways is the Node of several joins. Without joins the list is nil.
func (v *View) SameAs(ctx context.Context, node quad.IRI) ([]Join, error) {
	return v.joins.Of(ctx, node)
}

// Canonical returns the node that stands for all that are joined to a node; any other
// value stands for itself.
func (v *View) Canonical(ctx context.Context, value quad.Value) (quad.Value, error) {
	_, err := v.joins.Classes(ctx)
	return v.joins.Canonical(value), err
}

// Class returns a node and all that are joined to it.
func (v *View) Class(ctx context.Context, node quad.IRI) ([]quad.IRI, error) {
	classes, err := v.joins.Classes(ctx)
	return append([]quad.IRI{node}, classes[node]...), err
}
