package session

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/testsize"
)

// TestKept: rows that are kept are those that were given out, of any query, with their
// ways.
func TestKept(t *testing.T) {
	t.Parallel()
	several, unread := 0, 0
	times := testsize.Of(20, 200)
	for i := range times {
		r := rand.New(rand.NewPCG(uint64(i), 97))
		qs := newStore(t, parse(randomGraph(r)))
		text := randomQuery(r) + ";" + randomQuery(r)
		if i%4 == 0 {
			text = `g.V().tag("x").forEach(function (row) { g.V(row.x).out().tag("y").all(); g.V(row.x).in().all(); g.emit({x: row.x, n: 1}) });` + text
		}
		opts := Options{Evidence: i%3 > 0, Unread: i%2 > 0, Limit: 3 * keptRows}
		var kept RowBuffer
		var want []Row
		for row, err := range Run(context.Background(), qs, text, opts).Rows() {
			if err != nil {
				break // a mistake in the second text
			}
			kept.Add(row)
			want = append(want, row)
		}
		several += len(kept.runs)
		for _, n := range r.Perm(len(want)) {
			got := kept.Row(n)
			if got.values == nil {
				unread++
			}
			if err := checkKept(got, want[n]); err != nil {
				t.Fatalf("%s: row %d of %d: %v", text, n, len(want), err)
			}
		}
	}
	if several < times*3/2 || unread < times/4 {
		t.Errorf("only %d runs of rows, %d rows without values", several, unread)
	}
}

func checkKept(got, want Row) error {
	if !slices.Equal(got.Names(), want.Names()) || got.Untraced != want.Untraced || got.MoreWays != want.MoreWays || got.Numbering() != want.Numbering() {
		return fmt.Errorf("got %v, want %v", got, want)
	}
	for _, name := range got.Names() {
		if got.ID(name) != want.ID(name) {
			return fmt.Errorf("%s has number %d, want %d", name, got.ID(name), want.ID(name))
		}
		v, err := got.Value(name)
		w, other := want.Value(name)
		if err != nil || other != nil || !reflect.DeepEqual(v, w) {
			return fmt.Errorf("%s is %v, want %v: %v, %v", name, v, w, err, other)
		}
	}
	if err := errors.Join(got.Read(), want.Read()); err != nil {
		return err
	}
	all := func(r Row) (list []quad.Value) {
		for _, v := range r.All() {
			list = append(list, v)
		}
		return list
	}
	if !reflect.DeepEqual(all(got), all(want)) {
		return fmt.Errorf("all are %v, want %v", all(got), all(want))
	}
	if w, g := readWays(want), readWays(got); !reflect.DeepEqual(w, g) || got.WaysCount() != len(w) {
		return fmt.Errorf("ways are %v, want %v", g, w)
	}
	return nil
}
