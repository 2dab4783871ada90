package queries

import (
	"context"
	"slices"

	"kg/graph"
)

// front are the answers that can be among the first, by the sort keys of their first cells,
// while answers are still found. What comes behind it is kept only to be counted.
type front struct {
	to   int             // how many are wanted; 0 for all
	keys []graph.SortKey // of some answers, the least among them
	last graph.SortKey   // so many have this key or a lower one; 0 while there are fewer
}

// take takes in the sort key of an answer, 0 if it is not known.
func (r *front) take(key graph.SortKey) {
	if r.to == 0 || key == 0 || r.behind(key) {
		return
	}
	if r.keys = append(r.keys, key); len(r.keys) == 2*r.to {
		r.narrow()
	}
}

func (r *front) narrow() {
	if r.to == 0 || len(r.keys) < r.to {
		return
	}
	slices.Sort(r.keys)
	r.keys = r.keys[:r.to]
	r.last = r.keys[r.to-1]
}

// behind reports whether an answer with a sort key comes after as many as are wanted.
func (r *front) behind(key graph.SortKey) bool { return r.last != 0 && key > r.last }

// stand finds where a new answer, which begins with a row, stands. Its first cell reads
// the same whatever else is found for it, where its sort key is known.
func (a *folds) stand(ctx context.Context, f *fold, row graph.Row) (err error) {
	if a.front.to == 0 || a.byText || len(a.columns) == 0 {
		return nil
	}
	if f.sortedBy, err = a.v.SortKey(ctx, row, a.columns[0]); err == nil {
		f.behind = a.front.behind(f.sortedBy)
		a.front.take(f.sortedBy)
	}
	return err
}

// leaveBehind marks the answers that were not known to be behind the front when they
// were found.
func (a *folds) leaveBehind() {
	a.front.narrow()
	a.known = false
	for f := range a.all() {
		f.behind = f.behind || a.front.behind(f.sortedBy)
		a.known = a.known || f.known && !f.behind
	}
}
