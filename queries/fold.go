package queries

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// folds are the answers of a saved question in the order they first came: nodes
// that sources join are one, and equal figures.
type folds struct {
	v       *graph.View
	columns []string
	counted string // the tag whose values are counted, or empty
	order   []*fold
	slab    []fold // for the next
	asked   *graph.Query
	unrun   bool
	others  *folds // of which most are only counted again: see Query.fold
	known   bool   // background is on a way to an answer, or may be
	keys
}

// fold is the rows of one answer: those that agree in all columns. Its evidence is
// found when it is asked for.
type fold struct {
	of      *folds
	key     []byte
	open    bool         // see keys
	closed  bool         // likewise
	values  []quad.Value // beside the columns; nil until they are wanted: see shown
	rows    []graph.Row
	one     [1]graph.Row // the first: most have no more
	alias   [][2]quad.Value
	denied  bool    // it speaks of something that is only denied
	counted *int    // see tally
	read    []known // what was needed of its columns
	row     *Row    // with its evidence
	known   bool    // background is on a way to it, or may be
	again   int     // rows that were counted for it: see Query.fold
	varies  bool    // what was read of a cell depends on the evidence
}

// known is what was read of a column for the order of answers: the cell, if its evidence
// has no say in it, and what orders it.
type known struct {
	cell  *graph.Cell
	order *graph.Order
}

func (a *folds) add(ctx context.Context, row graph.Row) error {
	if err := a.spell(ctx, row); err != nil {
		return err
	}
	if a.countedAgain() {
		return nil
	}
	f, err := a.find(ctx, row)
	if err != nil {
		return err
	}
	if f == nil {
		f = a.room()
		*f = fold{of: a, one: [1]graph.Row{row}}
		f.rows = f.one[:0]
		if err := a.put(ctx, f); err != nil {
			return err
		}
	} else if err := f.addAliases(ctx, row); err != nil {
		return err
	}
	if !f.denied {
		if f.denied, err = a.v.OnlyDenied(ctx, row); err != nil {
			return err
		}
	}
	f.rows = append(f.rows, row)
	if !f.known {
		f.known, err = a.v.OnBackground(ctx, row)
		a.known = a.known || f.known
	}
	return err
}

// countedAgain reports whether the row that was spelled is of one of the others that it
// only counts for.
func (a *folds) countedAgain() bool {
	if a.others == nil || a.byText || a.open || a.others.byText || a.in != a.others.in {
		return false
	}
	f := a.others.byKey.get(a.key)
	if f == nil || f.known {
		return false
	}
	f.again++
	return true
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
	if list, err = values(row, a.columns); err != nil {
		return nil, err
	}
	for i := range list {
		if list[i], err = a.v.Canonical(ctx, list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// shown are the values of the answer beside the columns.
func (f *fold) shown(ctx context.Context) (list []quad.Value, err error) {
	if f.values == nil {
		f.values, err = f.of.canonical(ctx, f.one[0])
	}
	return f.values, err
}

// value is one of shown: the others are not read for it.
func (f *fold) value(ctx context.Context, i int) (quad.Value, error) {
	if f.values != nil {
		return f.values[i], nil
	}
	value, err := f.one[0].Value(f.of.columns[i])
	if err != nil {
		return nil, err
	}
	return f.of.v.Canonical(ctx, value)
}

// addAliases notes what a row has in the place of the values that stand for it. Of
// figures that are read alike the first as it is written stands for the others, so that
// it is the same one in whatever order they come.
func (f *fold) addAliases(ctx context.Context, row graph.Row) error {
	if row.Alike(f.one[0], f.of.columns) {
		return nil
	}
	if _, err := f.shown(ctx); err != nil {
		return err
	}
	for i, column := range f.of.columns {
		value, err := row.Value(column)
		if err != nil {
			return err
		}
		if value, err = f.of.v.Canonical(ctx, value); err != nil {
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

func values(row graph.Row, columns []string) (list []quad.Value, err error) {
	list = make([]quad.Value, len(columns))
	for i, c := range columns {
		if list[i], err = row.Value(c); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// finish explains the answer, once.
func (f *fold) finish(ctx context.Context) (Row, error) {
	if f.row != nil {
		return *f.row, nil
	}
	shown, err := f.shown(ctx)
	if err != nil {
		return Row{}, err
	}
	answer := &graph.Answer{Columns: f.of.columns, Values: shown, Joined: true, Counted: f.of.counted != ""}
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
	if f.of.counted != "" {
		cell, err := f.countCell()
		if err != nil {
			return row, err
		}
		row.Cells = append(row.Cells, cell)
	}
	f.row, f.rows = &row, nil
	return row, nil
}

func (f *fold) countCell() (graph.Cell, error) {
	n, err := f.tally()
	return graph.Cell{Value: quad.Int(n), Text: graph.Text(quad.Int(n))}, err
}

// tally counts what the rows have under the tag that is counted, by its numbers if all
// rows have them. It is made once: the rows can be others later.
func (f *fold) tally() (int, error) {
	if f.counted != nil {
		return *f.counted, nil
	}
	tag, seen := f.of.counted, map[any]bool{}
	for _, row := range f.rows {
		if id := row.ID(tag); id != 0 && !f.of.byText {
			seen[id] = true
			continue
		}
		value, err := row.Value(tag)
		if err != nil {
			return 0, err
		}
		if value != nil {
			seen[value] = true
		}
	}
	n := len(seen)
	f.counted = &n
	return n, nil
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
