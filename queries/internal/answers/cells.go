package answers

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// cell returns what the group shows in a column. It finds no evidence unless that changes
// the cell.
func (g *group) cell(ctx context.Context, i int) (graph.Cell, error) {
	switch {
	case g.peek().row != nil:
		g.varies = true
		return g.cache.row.Cells[i], nil
	case i == len(g.in.columns):
		return g.countCell()
	}
	if c := g.cachedColumn(i); c.cell != nil {
		return *c.cell, nil
	}
	if err := g.in.v.Knows(g.effective().firstRow(), g.in.columns[i]); err != nil {
		return graph.Cell{}, err
	}
	value, err := g.value(ctx, i)
	if err != nil {
		return graph.Cell{}, err
	}
	cell, alone, err := g.cellAlone(ctx, value)
	if err != nil {
		return cell, err
	}
	if !alone {
		g.varies = true
		row, err := g.explain(ctx)
		if err != nil {
			return cell, err
		}
		return row.Cells[i], nil
	}
	g.cachedColumn(i).cell = &cell
	return cell, nil
}

func (g *group) cachedColumn(i int) *cachedColumn {
	c := g.cached()
	if i >= len(c.columns) {
		c.columns = append(c.columns, make([]cachedColumn, i+1-len(c.columns))...)
	}
	return &c.columns[i]
}

// firstID returns the number of the term in the first column, 0 if it is not known.
func (g *group) firstID() uint64 {
	if g.in.byText {
		return 0
	}
	return uint64(g.firstRow().ID(g.in.columns[0]))
}

// keyOfCell returns the sort key of a column's cell, 0 if it is not known.
func (g *group) keyOfCell(ctx context.Context, i int) (graph.SortKey, error) {
	switch {
	case g.in.byText || i == len(g.in.columns):
		return 0, nil
	case i == 0 && g.in.threshold.first > 0:
		return g.sortKey, nil
	}
	return g.in.v.SortKey(ctx, g.firstRow(), g.in.columns[i])
}

// order returns what orders the group by a column, before the text of the cell does.
func (g *group) order(ctx context.Context, i int) (graph.Order, error) {
	c := g.cachedColumn(i)
	if c.order != nil {
		return *c.order, nil
	}
	var o graph.Order
	known := false
	if g.cache.row == nil && i < len(g.in.columns) && c.cell == nil {
		if err := g.in.v.Knows(g.effective().firstRow(), g.in.columns[i]); err != nil {
			return o, err
		}
		value, err := g.value(ctx, i)
		if err != nil {
			return o, err
		}
		if o, known, err = g.in.v.Order(ctx, value); err != nil {
			return o, err
		}
	}
	if !known {
		cell, err := g.cell(ctx, i)
		if err != nil {
			return o, err
		}
		o = cell.Order()
	}
	g.cachedColumn(i).order = &o
	return o, nil
}

// cellAlone returns the cell of a value, and whether it is the same whatever the evidence.
func (g *group) cellAlone(ctx context.Context, value quad.Value) (cell graph.Cell, alone bool, err error) {
	cell, alone, err = g.in.v.DescribeAlone(ctx, value)
	relation, ok := value.(quad.IRI)
	if err != nil || !alone || !ok {
		return cell, alone, err
	}
	if is, err := g.in.v.IsRelation(ctx, relation); err != nil || !is {
		return cell, true, err
	}
	g.varies = true
	ways, err := g.ways()
	if err != nil {
		return cell, false, err
	}
	used, forward, same, err := g.direction(ctx, relation, ways)
	if err != nil || !same || !used {
		return cell, same, err
	}
	words, err := g.in.v.Reading(ctx, relation, forward)
	cell.Name, cell.Text = cell.Text, words.Text
	return cell, true, err
}

// ways returns the ways to all rows of the group.
func (g *group) ways() (list [][]quad.Quad, err error) {
	for row := range g.each() {
		ways, err := row.Ways()
		if err != nil {
			return nil, err
		}
		list = append(list, ways...)
	}
	return list, nil
}

// direction is directionIn for each way: same is whether all agree, so that it does not
// matter which of them are the witnesses.
func (g *group) direction(ctx context.Context, relation quad.IRI, ways [][]quad.Quad) (used, forward, same bool, err error) {
	list, err := g.shown(ctx)
	if err != nil {
		return false, false, false, err
	}
	column := func(value quad.Value) (int, error) {
		one, err := g.in.v.Canonical(ctx, value)
		return slices.IndexFunc(list, func(shown quad.Value) bool { return shown == value || shown == one }), err
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

func (g *group) countCell() (graph.Cell, error) {
	n, err := g.count()
	return graph.Cell{Value: quad.Int(n), Text: graph.Text(quad.Int(n))}, err
}

// count counts the different values under the tag that is counted, by the numbers of their
// terms where they have some. It is cached: a replacement has other rows.
func (g *group) count() (int, error) {
	if n := g.peek().count; n != nil {
		return *n, nil
	}
	tag := g.in.counted
	var ids []uint32
	values := map[quad.Value]bool{}
	for row := range g.each() {
		if id := row.ID(tag); id != 0 && !g.in.byText {
			ids = append(ids, uint32(id))
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
	slices.Sort(ids)
	n := len(slices.Compact(ids)) + len(values)
	g.cached().count = &n
	return n, nil
}
