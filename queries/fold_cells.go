package queries

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// cell is what the answer shows in a column, found without its evidence if that has
// no say in it.
func (f *fold) cell(ctx context.Context, i int) (graph.Cell, error) {
	switch {
	case f.read().row != nil:
		f.varies = true
		return f.seen.row.Cells[i], nil
	case i == len(f.of.columns):
		return f.countCell()
	}
	if known := f.column(i); known.cell != nil {
		return *known.cell, nil
	}
	if err := f.of.v.Knows(f.rested().one(), f.of.columns[i]); err != nil {
		return graph.Cell{}, err
	}
	value, err := f.value(ctx, i)
	if err != nil {
		return graph.Cell{}, err
	}
	cell, alone, err := f.alone(ctx, value)
	if err != nil {
		return cell, err
	}
	if !alone {
		f.varies = true
		row, err := f.finish(ctx)
		if err != nil {
			return cell, err
		}
		return row.Cells[i], nil
	}
	f.column(i).cell = &cell
	return cell, nil
}

// column is what is known of the answer in a column.
func (f *fold) column(i int) *known {
	s := f.look()
	if i >= len(s.columns) {
		s.columns = append(s.columns, make([]known, i+1-len(s.columns))...)
	}
	return &s.columns[i]
}

// firstTerm is the term of the first column by its number, 0 where that is not known.
func (f *fold) firstTerm() uint64 {
	if f.of.byText {
		return 0
	}
	return uint64(f.one().ID(f.of.columns[0]))
}

// sortKey is that of the cell of a column, 0 where it is not known.
func (f *fold) sortKey(ctx context.Context, i int) (graph.SortKey, error) {
	switch {
	case f.of.byText || i == len(f.of.columns):
		return 0, nil
	case i == 0 && f.of.front.to > 0:
		return f.sortedBy, nil
	}
	return f.of.v.SortKey(ctx, f.one(), f.of.columns[i])
}

// order is what orders the answer by a column before what is read there does.
func (f *fold) order(ctx context.Context, i int) (graph.Order, error) {
	c := f.column(i)
	if c.order != nil {
		return *c.order, nil
	}
	var o graph.Order
	known := false
	if f.seen.row == nil && i < len(f.of.columns) && c.cell == nil {
		if err := f.of.v.Knows(f.rested().one(), f.of.columns[i]); err != nil {
			return o, err
		}
		value, err := f.value(ctx, i)
		if err != nil {
			return o, err
		}
		if o, known, err = f.of.v.Order(ctx, value); err != nil {
			return o, err
		}
	}
	if !known {
		cell, err := f.cell(ctx, i)
		if err != nil {
			return o, err
		}
		o = cell.Order()
	}
	f.column(i).order = &o
	return o, nil
}

// alone is a cell that reads the same whatever the answer rests on.
func (f *fold) alone(ctx context.Context, value quad.Value) (cell graph.Cell, alone bool, err error) {
	cell, alone, err = f.of.v.DescribeAlone(ctx, value)
	relation, ok := value.(quad.IRI)
	if err != nil || !alone || !ok {
		return cell, alone, err
	}
	if is, err := f.of.v.IsRelation(ctx, relation); err != nil || !is {
		return cell, true, err
	}
	f.varies = true
	ways, err := f.ways()
	if err != nil {
		return cell, false, err
	}
	used, forward, alike, err := f.direction(ctx, relation, ways)
	if err != nil || !alike || !used {
		return cell, alike, err
	}
	words, err := f.of.v.Reading(ctx, relation, forward)
	cell.Name, cell.Text = cell.Text, words.Text
	return cell, true, err
}

// ways are those to all rows of the answer.
func (f *fold) ways() (list [][]quad.Quad, err error) {
	for row := range f.each() {
		ways, err := row.Ways()
		if err != nil {
			return nil, err
		}
		list = append(list, ways...)
	}
	return list, nil
}

// direction is that of a relation in the answer (see directionIn), if every way has
// it: whichever of them are its witnesses, it is the same.
func (f *fold) direction(ctx context.Context, relation quad.IRI, ways [][]quad.Quad) (used, forward, alike bool, err error) {
	list, err := f.shown(ctx)
	if err != nil {
		return false, false, false, err
	}
	column := func(value quad.Value) (int, error) {
		same, err := f.of.v.Canonical(ctx, value)
		return slices.IndexFunc(list, func(shown quad.Value) bool { return shown == value || shown == same }), err
	}
	for i, way := range ways {
		u, fw, err := directionIn([][]quad.Quad{way}, relation, column)
		if err != nil || i > 0 && (u != used || fw != forward) {
			return false, false, false, err
		}
		used, forward = u, fw
	}
	return used, forward, true, nil
}

func (f *fold) countCell() (graph.Cell, error) {
	n, err := f.tally()
	return graph.Cell{Value: quad.Int(n), Text: graph.Text(quad.Int(n))}, err
}

// tally counts what the rows have under the tag that is counted, by its numbers if all
// rows have them. It is made once: the rows can be others later.
func (f *fold) tally() (int, error) {
	if n := f.read().counted; n != nil {
		return *n, nil
	}
	tag := f.of.counted
	var numbers []uint32
	values := map[quad.Value]bool{}
	for row := range f.each() {
		if id := row.ID(tag); id != 0 && !f.of.byText {
			numbers = append(numbers, uint32(id))
			continue
		}
		value, err := row.Value(tag)
		if err != nil {
			return 0, err
		}
		if value != nil {
			values[value] = true
		}
	}
	slices.Sort(numbers)
	n := len(slices.Compact(numbers)) + len(values)
	f.look().counted = &n
	return n, nil
}
