package queries

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
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
		used, forward, err := row.direction(ctx, v, relation)
		if err != nil {
			return err
		}
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

// direction is that of a relation in the row: see directionIn.
func (row *Row) direction(ctx context.Context, v *graph.View, relation quad.IRI) (used, forward bool, err error) {
	var ways [][]quad.Quad
	for _, w := range row.Evidence.Witnesses {
		ways = append(ways, w.Quads)
	}
	return directionIn(ways, relation, func(value quad.Value) (int, error) { return row.column(ctx, v, value) })
}

// directionIn reports whether some ways came through an edge of a relation, and
// whether one leads from what stands further left: forward, if two lead either way.
// Where no edge has both of its ends shown, it is read from the one that is. column
// is where a value is shown, or less than 0.
func directionIn(ways [][]quad.Quad, relation quad.IRI, column func(quad.Value) (int, error)) (used, forward bool, err error) {
	whole := false // an edge has both ends shown
	for _, way := range ways {
		for _, q := range way {
			if q.Predicate != quad.Value(relation) || q.Label == schema.OntologyIRI {
				continue
			}
			subject, err := column(q.Subject)
			if err != nil {
				return false, false, err
			}
			object, err := column(q.Object)
			if err != nil {
				return false, false, err
			}
			switch {
			case subject >= 0 && object >= 0:
				forward = whole && forward || subject < object
				whole = true
			case !whole:
				forward = forward || object < 0
			}
			used = true
		}
	}
	return used, forward, nil
}

// column is the first one that shows a value, or what is joined to it; or else -1.
func (row *Row) column(ctx context.Context, v *graph.View, value quad.Value) (int, error) {
	same, err := v.Canonical(ctx, value)
	return slices.IndexFunc(row.Cells, func(c graph.Cell) bool { return c.Value == value || c.Value == same }), err
}
