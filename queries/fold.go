package queries

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// folds are the answers of a saved question in the order they first came: nodes
// that sources join are one, and equal figures.
type folds struct {
	v       *graph.View
	columns []string
	count   *Count
	order   []*fold
	slab    []fold // for the next
	asked   *graph.Query
	unrun   bool
	known   bool // background is on a way to an answer, or may be
	keys
}

// fold is the rows of one answer: those that agree in all columns. Its evidence is
// found when it is asked for.
type fold struct {
	of      *folds
	key     string
	open    bool         // see keys
	closed  bool         // likewise
	values  []quad.Value // beside the columns
	rows    []graph.Row
	one     [1]graph.Row // the first: most have no more
	alias   [][2]quad.Value
	denied  bool // it speaks of something that is only denied
	counted map[quad.Value]bool
	cells   []graph.Cell  // those that were read without its evidence
	orders  []graph.Order // those that were needed
	row     *Row          // with it
}

func (a *folds) add(ctx context.Context, row graph.Row) error {
	if err := a.spell(ctx, row); err != nil {
		return err
	}
	f, err := a.find(ctx, row)
	if err != nil {
		return err
	}
	if f == nil {
		shown, err := a.canonical(ctx, row)
		if err != nil {
			return err
		}
		f = a.room()
		*f = fold{of: a, values: shown, one: [1]graph.Row{row}}
		f.rows = f.one[:0]
		if err := a.put(ctx, f); err != nil {
			return err
		}
	} else if err := f.addAliases(ctx, row); err != nil {
		return err
	}
	for _, value := range row.All() {
		only, err := a.v.OnlyDenied(ctx, value)
		if err != nil {
			return err
		}
		f.denied = f.denied || only
	}
	if a.count != nil && row.Get(a.count.Tag) != nil {
		if f.counted == nil {
			f.counted = map[quad.Value]bool{}
		}
		f.counted[row.Get(a.count.Tag)] = true
	}
	f.rows = append(f.rows, row)
	if !a.known {
		on, err := a.v.OnBackground(ctx, row)
		a.known = on
		return err
	}
	return nil
}

// room is for an answer: one allocation serves many.
func (a *folds) room() *fold {
	if len(a.slab) == 0 {
		a.slab = make([]fold, min(64, 1+len(a.order)))
	}
	f := &a.slab[0]
	a.slab = a.slab[1:]
	return f
}

// canonical are the values of a row's columns.
func (a *folds) canonical(ctx context.Context, row graph.Row) (list []quad.Value, err error) {
	list = values(row, a.columns)
	for i := range list {
		if list[i], err = a.v.Canonical(ctx, list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// addAliases notes what a row has in the place of the values that stand for it. Of
// figures that are read alike the first as it is written stands for the others, so that
// it is the same one in whatever order they come.
func (f *fold) addAliases(ctx context.Context, row graph.Row) error {
	for i, column := range f.of.columns {
		value, err := f.of.v.Canonical(ctx, row.Get(column))
		if err != nil {
			return err
		}
		shown := f.values[i]
		if value == shown {
			continue
		}
		if compareTerms(value, shown) < 0 {
			for j := range f.alias {
				if f.alias[j][1] == shown {
					f.alias[j][1] = value
				}
			}
			f.values[i] = value
			value, shown = shown, value
		}
		f.alias = append(f.alias, [2]quad.Value{value, shown})
	}
	return nil
}

func values(row graph.Row, columns []string) []quad.Value {
	list := make([]quad.Value, len(columns))
	for i, c := range columns {
		list[i] = row.Get(c)
	}
	return list
}

// finish explains the answer, once.
func (f *fold) finish(ctx context.Context) (Row, error) {
	if f.row != nil {
		return *f.row, nil
	}
	answer := &graph.Answer{Columns: f.of.columns, Values: f.values, Joined: true, Counted: f.of.count != nil}
	for _, pair := range f.alias {
		answer.Alias(pair[0], pair[1])
	}
	for _, row := range f.rows {
		if err := note(answer, row); err != nil {
			return Row{}, err
		}
	}
	row, err := explain(ctx, f.of.v, answer)
	if err != nil {
		return row, err
	}
	if f.of.count != nil {
		row.Cells = append(row.Cells, f.countCell())
	}
	f.row, f.rows = &row, nil
	return row, nil
}

func (f *fold) countCell() graph.Cell {
	n := quad.Int(len(f.counted))
	return graph.Cell{Value: n, Text: graph.Text(n)}
}

// note adds the ways to a row.
func note(a *graph.Answer, row graph.Row) error {
	a.Untraced = a.Untraced || row.Untraced
	a.MoreWays = a.MoreWays || row.MoreWays
	ways, err := row.Ways()
	for _, way := range ways {
		a.Add(way)
	}
	return err
}

// cell is what the answer shows in a column, found without its evidence if that has
// no say in it.
func (f *fold) cell(ctx context.Context, i int) (graph.Cell, error) {
	switch {
	case f.row != nil:
		return f.row.Cells[i], nil
	case i == len(f.values):
		return f.countCell(), nil
	}
	if len(f.cells) > i {
		return f.cells[i], nil
	}
	if err := f.of.v.Knows(f.rows[0], f.of.columns[i]); err != nil {
		return graph.Cell{}, err
	}
	cell, alone, err := f.alone(ctx, f.values[i])
	if err != nil {
		return cell, err
	}
	if !alone {
		row, err := f.finish(ctx)
		if err != nil {
			return cell, err
		}
		return row.Cells[i], nil
	}
	f.cells = append(f.cells, cell)
	return cell, nil
}

// order is what orders the answer by a column before what is read there does.
func (f *fold) order(ctx context.Context, i int) (graph.Order, error) {
	if i < len(f.orders) {
		return f.orders[i], nil
	}
	var o graph.Order
	known := false
	if f.row == nil && i < len(f.values) && i >= len(f.cells) {
		if err := f.of.v.Knows(f.rows[0], f.of.columns[i]); err != nil {
			return o, err
		}
		var err error
		if o, known, err = f.of.v.Order(ctx, f.values[i]); err != nil {
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
	f.orders = append(f.orders, o)
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
	for _, row := range f.rows {
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
	column := func(value quad.Value) (int, error) {
		same, err := f.of.v.Canonical(ctx, value)
		return slices.IndexFunc(f.values, func(shown quad.Value) bool { return shown == value || shown == same }), err
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
