package answers

import (
	"context"
	"slices"

	"kg/graph"
)

// threshold is the greatest sort key that a first cell can have in an answer that is
// wanted, while groups are still found. Groups beyond it are only counted.
type threshold struct {
	first int             // how many answers are wanted; 0 for all
	keys  []graph.SortKey // of some groups, the least among them
	last  graph.SortKey   // so many groups have this key or a lower one; 0 while there are fewer
}

// add adds a group's sort key, 0 if it is not known.
func (t *threshold) add(key graph.SortKey) {
	if t.first == 0 || key == 0 || t.isBelow(key) {
		return
	}
	if t.keys = append(t.keys, key); len(t.keys) == 2*t.first {
		t.lower()
	}
}

func (t *threshold) lower() {
	if t.first == 0 || len(t.keys) < t.first {
		return
	}
	slices.Sort(t.keys)
	t.keys = t.keys[:t.first]
	t.last = t.keys[t.first-1]
}

// isBelow reports whether as many answers as are wanted have a lower sort key.
func (t *threshold) isBelow(key graph.SortKey) bool { return t.last != 0 && key > t.last }

// compareToThreshold finds the sort key of a new group, which begins with a row. Where it
// is known, the first cell reads the same whatever else is found for it.
func (gs *groups) compareToThreshold(ctx context.Context, g *group, row graph.Row) (err error) {
	if gs.threshold.first == 0 || gs.byText || len(gs.columns) == 0 {
		return nil
	}
	if g.sortKey, err = gs.v.SortKey(ctx, row, gs.columns[0]); err == nil {
		g.beyond = gs.threshold.isBelow(g.sortKey)
		gs.threshold.add(g.sortKey)
	}
	return err
}

// endThreshold compares the groups that were found early with the last threshold.
func (gs *groups) endThreshold() {
	gs.threshold.lower()
	gs.background = false
	for g := range gs.all() {
		g.beyond = g.beyond || gs.threshold.isBelow(g.sortKey)
		gs.background = gs.background || g.background && !g.beyond
	}
}
