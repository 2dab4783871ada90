package queries

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// read puts the relations that a row shows into words, as they are read from left
// to right: from a place to its government "is governed by", though the edge leads
// the other way. What a row's edges are its evidence says, so a relation that the
// row did not come through keeps its name. The values, and with them the rows
// there are, stay as they are.
func (row *Row) read(ctx context.Context, v *graph.View) error {
	for i, cell := range row.Cells {
		relation, ok := cell.Value.(quad.IRI)
		if !ok {
			continue
		}
		used, forward := row.direction(relation)
		if !used {
			continue
		}
		words, err := v.Reading(ctx, relation, forward)
		if err != nil {
			return err
		}
		row.Cells[i].Name, row.Cells[i].Text = cell.Text, words.Text
	}
	return nil
}

// direction reports whether the row came through an edge of a relation, and whether
// one leads from what stands further left, or from what alone is shown. Two edges
// may lead either way; then it is read forward.
func (row *Row) direction(relation quad.IRI) (used, forward bool) {
	for _, w := range row.Evidence.Witnesses {
		for _, q := range w.Quads {
			if q.Predicate != quad.Value(relation) {
				continue
			}
			subject, object := row.column(q.Subject), row.column(q.Object)
			used = true
			forward = forward || object < 0 || subject >= 0 && subject < object
		}
	}
	return used, forward
}

// column is the first one that shows a value, or -1.
func (row *Row) column(value quad.Value) int {
	return slices.IndexFunc(row.Cells, func(c graph.Cell) bool { return c.Value == value })
}
