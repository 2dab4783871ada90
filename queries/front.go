package queries

import (
	"context"
	"slices"

	"kg/graph"
)

// front are the answers that can be among the first, by the places of their first cells,
// while answers are still found. What comes behind it is kept only to be counted.
type front struct {
	to     int           // how many are wanted; 0 for all
	places []graph.Place // of some answers, the least among them
	last   graph.Place   // so many have this place or one before it; 0 while there are fewer
}

// take takes in the place of an answer, 0 if it is not known.
func (r *front) take(place graph.Place) {
	if r.to == 0 || place == 0 || r.behind(place) {
		return
	}
	if r.places = append(r.places, place); len(r.places) == 2*r.to {
		r.narrow()
	}
}

func (r *front) narrow() {
	if r.to == 0 || len(r.places) < r.to {
		return
	}
	slices.Sort(r.places)
	r.places = r.places[:r.to]
	r.last = r.places[r.to-1]
}

// behind reports whether an answer at a place comes after as many as are wanted.
func (r *front) behind(place graph.Place) bool { return r.last != 0 && place > r.last }

// stand finds where a new answer, which begins with a row, stands. Its first cell reads
// the same whatever else is found for it, where its place is known.
func (a *folds) stand(ctx context.Context, f *fold, row graph.Row) (err error) {
	if a.front.to == 0 || a.byText || len(a.columns) == 0 {
		return nil
	}
	if f.stands, err = a.v.Place(ctx, row, a.columns[0]); err == nil {
		f.behind = a.front.behind(f.stands)
		a.front.take(f.stands)
	}
	return err
}

// leaveBehind marks the answers that were not known to be behind the front when they
// were found.
func (a *folds) leaveBehind() {
	a.front.narrow()
	a.known = false
	for f := range a.all() {
		f.behind = f.behind || a.front.behind(f.stands)
		a.known = a.known || f.known && !f.behind
	}
}
