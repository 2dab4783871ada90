package answers

import (
	"context"
	"iter"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// groups are the groups of a question's rows, in the order in which they were found. A
// group that is not returned costs a few numbers.
type groups struct {
	v          *graph.View
	columns    []string
	counted    string // the tag whose values are counted, or empty
	slabs      [][]group
	n          int          // groups in slabs
	asked      *graph.Query // keeps the rows of all groups
	next       []uint32     // beside these rows: the next row of the same group, numbered from 1; 0 for none
	unrun      bool
	others     *groups // see Question.group
	background bool    // background is on a way to some group, or may be
	threshold  threshold
	keys
}

// group is the rows that agree in all columns.
type group struct {
	in          *groups
	cache       *cache // nil if nothing was read
	key         keyText
	first, last uint32        // rows, numbered from 1
	rows        uint32        // how many
	recounted   uint32        // rows that a second run counted: see Question.group
	partial     bool          // its key says of figures only that they are there: see keys
	inFull      bool          // it is in keys.full
	denied      bool          // it speaks of something that is only denied
	background  bool          // background is on a way to it, or may be
	varies      bool          // what was read of a cell depends on the evidence
	beyond      bool          // it comes after those that are wanted, and is only counted
	sortKey     graph.SortKey // of the first cell; 0 if it is not known
}

// cache is what was read of a group.
type cache struct {
	values      []quad.Value    // beside the columns; nil until group.shown reads them
	alias       [][2]quad.Value // values of other rows, each with the one of values that stands for it
	count       *int            // see group.count
	replacement *group          // whose rows count instead of its own: see group.replace
	columns     []cachedColumn
	row         *Row // explained
}

// cachedColumn is what was read of one column: the cell, if no evidence changes it, and
// its order.
type cachedColumn struct {
	cell  *graph.Cell
	order *graph.Order
}

// cached returns the group's cache, made if it is not there.
func (g *group) cached() *cache {
	if g.cache == nil {
		g.cache = &cache{}
	}
	return g.cache
}

// peek returns what is cached, and makes no cache.
func (g *group) peek() cache {
	if g.cache == nil {
		return cache{}
	}
	return *g.cache
}

// evict drops what can be read again.
func (g *group) evict() {
	if c := g.cache; c != nil {
		c.columns, c.row = nil, nil
		if c.alias == nil && c.count == nil && c.replacement == nil {
			g.cache = nil
		}
	}
}

// add adds a row to its group.
func (gs *groups) add(ctx context.Context, row graph.Row) error {
	if err := gs.makeKey(ctx, row); err != nil {
		return err
	}
	if gs.countInOthers() {
		return nil
	}
	g, err := gs.find(ctx, row)
	if err != nil {
		return err
	}
	if g == nil {
		if g, err = gs.start(ctx, row); err != nil {
			return err
		}
	} else if !g.beyond {
		if err := g.addAliases(ctx, row); err != nil {
			return err
		}
		g.append(row)
	}
	if g.beyond {
		return nil
	}
	if !g.denied {
		if g.denied, err = gs.v.OnlyDenied(ctx, row); err != nil {
			return err
		}
	}
	if !g.background {
		g.background, err = gs.v.OnBackground(ctx, row)
		gs.background = gs.background || g.background
	}
	return err
}

// countInOthers counts the row of the last key in others, and reports whether that is all
// there is to do. A row without a group in others, or with one that is only counted,
// needs not even that.
func (gs *groups) countInOthers() bool {
	if gs.others == nil || gs.byText || gs.others.byText || gs.numbering != gs.others.numbering {
		return false
	}
	g := gs.others.get(gs.key) // if it is beyond the threshold, so are all with its key
	if g == nil || g.beyond {
		return true
	}
	if g.background || gs.keyPartial {
		return false
	}
	g.recounted++
	return true
}

const groupsPerSlab = 64

// alloc returns a new group.
func (gs *groups) alloc() *group {
	if gs.n%groupsPerSlab == 0 {
		gs.slabs = append(gs.slabs, make([]group, groupsPerSlab))
	}
	gs.n++
	g := gs.at(gs.n - 1)
	g.in = gs
	return g
}

func (gs *groups) at(n int) *group { return &gs.slabs[n/groupsPerSlab][n%groupsPerSlab] }

// all ranges over the groups.
func (gs *groups) all() iter.Seq[*group] {
	return func(yield func(*group) bool) {
		for n := 0; n < gs.n && yield(gs.at(n)); n++ {
		}
	}
}

func (g *group) append(row graph.Row) {
	gs := g.in
	gs.asked.Kept.Add(row)
	gs.next = append(gs.next, 0)
	n := uint32(len(gs.next))
	if g.last > 0 {
		gs.next[g.last-1] = n
	} else {
		g.first = n
	}
	g.last = n
	g.rows++
}

func (g *group) firstRow() graph.Row { return g.in.asked.Kept.Row(int(g.first - 1)) }

// effective is the group whose rows count: its replacement, if it has one.
func (g *group) effective() *group {
	if other := g.peek().replacement; other != nil {
		return other
	}
	return g
}

// each ranges over the rows that count.
func (g *group) each() iter.Seq[graph.Row] {
	g = g.effective()
	return func(yield func(graph.Row) bool) {
		for n := g.first; n > 0 && yield(g.in.asked.Kept.Row(int(n-1))); n = g.in.next[n-1] {
		}
	}
}

// canonical returns a row's values, each as the node that stands for those it is joined to.
func (gs *groups) canonical(ctx context.Context, row graph.Row) (list []quad.Value, err error) {
	if list, err = valuesOf(row, gs.columns); err != nil {
		return nil, err
	}
	for i := range list {
		if list[i], err = gs.v.Canonical(ctx, list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// shown returns the values that stand for the group, beside the columns.
func (g *group) shown(ctx context.Context) (list []quad.Value, err error) {
	if list = g.peek().values; list == nil {
		if list, err = g.in.canonical(ctx, g.firstRow()); err == nil {
			g.cached().values = list
		}
	}
	return list, err
}

// value returns one of shown, without reading the others.
func (g *group) value(ctx context.Context, i int) (quad.Value, error) {
	if list := g.peek().values; list != nil {
		return list[i], nil
	}
	value, err := g.firstRow().Value(g.in.columns[i])
	if err != nil {
		return nil, err
	}
	return g.in.v.Canonical(ctx, value)
}

// addAliases notes the values of a row that differ from those shown. Of figures that are
// read alike, the least as it is written is shown, so that the order of rows has no say.
func (g *group) addAliases(ctx context.Context, row graph.Row) error {
	if row.Alike(g.firstRow(), g.in.columns) {
		return nil
	}
	if _, err := g.shown(ctx); err != nil {
		return err
	}
	c := g.cache
	for i, column := range g.in.columns {
		value, err := row.Value(column)
		if err != nil {
			return err
		}
		if value, err = g.in.v.Canonical(ctx, value); err != nil {
			return err
		}
		shown := c.values[i]
		if value == shown {
			continue
		}
		if compareTerms(value, shown) < 0 {
			for j := range c.alias {
				if c.alias[j][1] == shown {
					c.alias[j][1] = value
				}
			}
			c.values[i] = value
			value, shown = shown, value
		}
		c.alias = append(c.alias, [2]quad.Value{value, shown})
	}
	return nil
}

// explain explains the group, once.
func (g *group) explain(ctx context.Context) (Row, error) {
	if row := g.peek().row; row != nil {
		return *row, nil
	}
	shown, err := g.shown(ctx)
	if err != nil {
		return Row{}, err
	}
	answer := &graph.Answer{Columns: g.in.columns, Values: shown, Joined: true, Counted: g.in.counted != ""}
	for _, pair := range g.cache.alias {
		answer.Alias(pair[0], pair[1])
	}
	for row := range g.each() {
		if err := addWays(answer, row); err != nil {
			return Row{}, err
		}
	}
	row, err := explain(ctx, g.in.v, answer)
	if err != nil {
		return row, err
	}
	if g.in.counted != "" {
		cell, err := g.countCell()
		if err != nil {
			return row, err
		}
		row.Cells = append(row.Cells, cell)
	}
	g.cache.row = &row
	return row, nil
}
