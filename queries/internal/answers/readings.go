package answers

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// readRelations puts the relations in a row into words, as they are read from left to
// right: from a place to its government "is governed by", though the edge leads the other
// way. A relation that is on no edge of the row's evidence keeps its name. Values stay.
func (row *Row) readRelations(ctx context.Context, v *graph.View) error {
	var ways [][]quad.Quad
	for _, w := range row.Evidence.Witnesses {
		ways = append(ways, w.Quads)
	}
	column := func(value quad.Value) (int, error) {
		one, err := v.Canonical(ctx, value)
		return slices.IndexFunc(row.Cells, func(c graph.Cell) bool { return c.Value == value || c.Value == one }), err
	}
	for i, cell := range row.Cells {
		relation, ok := cell.Value.(quad.IRI)
		if !ok {
			continue
		}
		used, forward, err := directionIn(ways, relation, column)
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

// directionIn reports whether some ways have an edge of a relation, and whether it is read
// forward: one edge leads from a column to one further right. If no edge has both of its
// ends in columns, it is read from the end that is. column returns the column of a value,
// or less than 0.
func directionIn(ways [][]quad.Quad, relation quad.IRI, column func(quad.Value) (int, error)) (used, forward bool, err error) {
	both := false // an edge has both ends in columns
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
				forward = both && forward || subject < object
				both = true
			case !both:
				forward = forward || object < 0
			}
			used = true
		}
	}
	return used, forward, nil
}
