package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/graph/internal/keys"
)

// SortKey orders the cells of a column: two keys compare as Cell.Compare does their cells.
// 0 is unknown.
type SortKey = keys.Sort

// SortKey returns the sort key of the cell of a row's value, if it is known by numbers
// alone and the cell is the same whatever the row's sources are.
func (v *View) SortKey(ctx context.Context, row Row, column string) (SortKey, error) {
	return v.keys.Sort(ctx, row, column)
}

// Order returns the order of the cell of a value, if it is cheaper to find than the cell.
func (v *View) Order(ctx context.Context, value quad.Value) (o Order, known bool, err error) {
	return v.keys.Order(ctx, value)
}

// AppendKey appends the key of a row: the values of its columns, spelled by the numbers of
// their terms. Two rows of one Numbering have equal keys if Same spells all their values
// alike. With exact, figures are read and spelled; without it they are all spelled alike,
// and the key is open if it has any.
func (v *View) AppendKey(ctx context.Context, dst []byte, row Row, columns []string, exact bool) (_ []byte, open bool, err error) {
	return v.keys.Append(ctx, dst, row, columns, exact)
}

// Knows remembers the number of a row's term, for what is asked of the term next.
func (v *View) Knows(row Row, column string) error { return v.keys.Know(row, column) }

// Same spells a value so that two compare equal if people read them alike: a quantity or a
// date by what is read of it, though each claim has a node of its own for it.
func (v *View) Same(ctx context.Context, value quad.Value) (string, error) {
	return v.keys.Same(ctx, value)
}

// AppendSame appends what Same returns.
func (v *View) AppendSame(ctx context.Context, dst []byte, value quad.Value) ([]byte, error) {
	return v.keys.AppendSame(ctx, dst, value)
}

// Within reports whether a node may be of a span of time, whose ends are given as YYYY,
// YYYY-MM or YYYY-MM-DD, both included, and are open where they are empty: whether one of
// its dates overlaps the span. A node without a date may be of any.
func (v *View) Within(ctx context.Context, node quad.IRI, since, until string) (bool, error) {
	if since == "" && until == "" {
		return true, nil
	}
	dates, err := v.events.Dates(ctx, node)
	return figures.Meet(dates, since, until), err
}
