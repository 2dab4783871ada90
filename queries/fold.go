package queries

import (
	"context"
	"iter"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// folds are the answers of a saved question in the order they first came: nodes
// that sources join are one, and equal figures. There can be a million: what is kept of
// those that are not shown is a few numbers each.
type folds struct {
	v       *graph.View
	columns []string
	counted string // the tag whose values are counted, or empty
	slabs   [][]fold
	found   int        // in slabs
	rows    graph.Kept // of all answers
	next    []uint32   // beside rows: the next one of the same answer, by its number from 1
	asked   *graph.Query
	unrun   bool
	others  *folds // of which most are only counted again: see Query.fold
	known   bool   // background is on a way to an answer, or may be
	front   front
	keys
}

// fold is the rows of one answer: those that agree in all columns. Its evidence is
// found when it is asked for.
type fold struct {
	of          *folds
	seen        *seen // nil if nothing was read
	key         keyText
	first, last uint32        // of its rows, by their numbers from 1
	rows        uint32        // how many
	again       uint32        // rows that were counted for it: see Query.fold
	open        bool          // see keys
	closed      bool          // likewise
	denied      bool          // it speaks of something that is only denied
	known       bool          // background is on a way to it, or may be
	varies      bool          // what was read of a cell depends on the evidence
	behind      bool          // it is only counted: see front
	sortedBy    graph.SortKey // of the first cell, 0 if it is not known
}

// seen is what was read of an answer.
type seen struct {
	values  []quad.Value // beside the columns; nil until they are wanted: see shown
	alias   [][2]quad.Value
	counted *int    // see tally
	instead *fold   // whose rows it has: see replace
	columns []known // what was needed of them
	row     *Row    // with its evidence
}

// known is what was read of a column for the order of answers: the cell, if its evidence
// has no say in it, and what orders it.
type known struct {
	cell  *graph.Cell
	order *graph.Order
}

// look is what was read of the answer, for more to be added.
func (f *fold) look() *seen {
	if f.seen == nil {
		f.seen = &seen{}
	}
	return f.seen
}

// read is what was read of the answer.
func (f *fold) read() seen {
	if f.seen == nil {
		return seen{}
	}
	return *f.seen
}

// forget leaves what only takes time to read again.
func (f *fold) forget() {
	if s := f.seen; s != nil {
		s.columns, s.row = nil, nil
		if s.alias == nil && s.counted == nil && s.instead == nil {
			f.seen = nil
		}
	}
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
		if f, err = a.put(ctx, row); err != nil {
			return err
		}
	} else if !f.behind {
		if err := f.addAliases(ctx, row); err != nil {
			return err
		}
		f.keep(row)
	}
	if f.behind {
		return nil
	}
	if !f.denied {
		if f.denied, err = a.v.OnlyDenied(ctx, row); err != nil {
			return err
		}
	}
	if !f.known {
		f.known, err = a.v.OnBackground(ctx, row)
		a.known = a.known || f.known
	}
	return err
}

// countedAgain reports whether the row that was spelled is of no answer that is asked for
// again, or of one of the others that it only counts for.
func (a *folds) countedAgain() bool {
	if a.others == nil || a.byText || a.others.byText || a.in != a.others.in {
		return false
	}
	f := a.others.get(a.key) // others of its key are behind if it is
	if f == nil || f.behind {
		return true
	}
	if f.known || a.open {
		return false
	}
	f.again++
	return true
}

// foldsOfSlab are the answers of a slab.
const foldsOfSlab = 64

// more is a new answer.
func (a *folds) more() *fold {
	if a.found%foldsOfSlab == 0 {
		a.slabs = append(a.slabs, make([]fold, foldsOfSlab))
	}
	a.found++
	f := a.at(a.found - 1)
	f.of = a
	return f
}

func (a *folds) at(n int) *fold { return &a.slabs[n/foldsOfSlab][n%foldsOfSlab] }

// all ranges over the answers.
func (a *folds) all() iter.Seq[*fold] {
	return func(yield func(*fold) bool) {
		for n := 0; n < a.found && yield(a.at(n)); n++ {
		}
	}
}

// keep adds a row.
func (f *fold) keep(row graph.Row) {
	a := f.of
	a.rows.Add(row)
	a.next = append(a.next, 0)
	n := uint32(len(a.next))
	if f.last > 0 {
		a.next[f.last-1] = n
	} else {
		f.first = n
	}
	f.last = n
	f.rows++
}

// one is the row that came first.
func (f *fold) one() graph.Row { return f.of.rows.Row(int(f.first - 1)) }

// rested is the answer with the rows that this one rests on.
func (f *fold) rested() *fold {
	if other := f.read().instead; other != nil {
		return other
	}
	return f
}

// each ranges over the rows that the answer rests on.
func (f *fold) each() iter.Seq[graph.Row] {
	f = f.rested()
	return func(yield func(graph.Row) bool) {
		for n := f.first; n > 0 && yield(f.of.rows.Row(int(n-1))); n = f.of.next[n-1] {
		}
	}
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
	if list = f.read().values; list == nil {
		if list, err = f.of.canonical(ctx, f.one()); err == nil {
			f.look().values = list
		}
	}
	return list, err
}

// value is one of shown: the others are not read for it.
func (f *fold) value(ctx context.Context, i int) (quad.Value, error) {
	if list := f.read().values; list != nil {
		return list[i], nil
	}
	value, err := f.one().Value(f.of.columns[i])
	if err != nil {
		return nil, err
	}
	return f.of.v.Canonical(ctx, value)
}

// addAliases notes what a row has in the place of the values that stand for it. Of
// figures that are read alike the first as it is written stands for the others, so that
// it is the same one in whatever order they come.
func (f *fold) addAliases(ctx context.Context, row graph.Row) error {
	if row.Alike(f.one(), f.of.columns) {
		return nil
	}
	if _, err := f.shown(ctx); err != nil {
		return err
	}
	s := f.seen
	for i, column := range f.of.columns {
		value, err := row.Value(column)
		if err != nil {
			return err
		}
		if value, err = f.of.v.Canonical(ctx, value); err != nil {
			return err
		}
		shown := s.values[i]
		if value == shown {
			continue
		}
		if compareTerms(value, shown) < 0 {
			for j := range s.alias {
				if s.alias[j][1] == shown {
					s.alias[j][1] = value
				}
			}
			s.values[i] = value
			value, shown = shown, value
		}
		s.alias = append(s.alias, [2]quad.Value{value, shown})
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
	if row := f.read().row; row != nil {
		return *row, nil
	}
	shown, err := f.shown(ctx)
	if err != nil {
		return Row{}, err
	}
	answer := &graph.Answer{Columns: f.of.columns, Values: shown, Joined: true, Counted: f.of.counted != ""}
	for _, pair := range f.seen.alias {
		answer.Alias(pair[0], pair[1])
	}
	for row := range f.each() {
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
	f.seen.row = &row
	return row, nil
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
