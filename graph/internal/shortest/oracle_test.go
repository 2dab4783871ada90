package shortest

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kg/internal/testsize"
)

// edges are a small graph: where each node leads.
type edges struct {
	ahead, back map[int][]int
	oneWay      bool
	costs       int // differ, so that the sides take turns in every way; -1 for the true ones
	fail        error
}

func (e *edges) Neighbours(nodes []int, backwards bool, add func(of, neighbour int)) error {
	lists := e.ahead
	if backwards {
		lists = e.back
	}
	for _, n := range nodes {
		for _, to := range lists[n] {
			add(n, to)
		}
	}
	return e.fail
}

func (e *edges) Cost(n int, backwards bool) int {
	switch {
	case e.costs < 0:
		return len(e.ahead[n])
	case backwards:
		return n * e.costs % 7
	}
	return n * e.costs % 5
}

func (e *edges) Backwards() bool { return !e.oneWay }
func (e *edges) Check() error    { return e.fail }

// random makes a graph, some with a hub that leads everywhere and back.
func random(r *rand.Rand) (*edges, int) {
	n := 1 + r.IntN(9)
	e := &edges{ahead: map[int][]int{}, back: map[int][]int{}, oneWay: r.IntN(4) == 0, costs: r.IntN(9)}
	add := func(a, b int) { e.ahead[a], e.back[b] = append(e.ahead[a], b), append(e.back[b], a) }
	both := r.IntN(2) == 0
	for range r.IntN(3 * n) {
		a, b := r.IntN(n), r.IntN(n)
		if add(a, b); both {
			add(b, a)
		}
	}
	for i := range n * r.IntN(2) {
		add(0, i)
		add(i, 0)
	}
	return e, n
}

// all are all paths, found by trying every walk.
func (e *edges) all(starts, targets []int, hops int) (list [][]int) {
	var walk func(p []int)
	walk = func(p []int) {
		at := p[len(p)-1]
		if slices.Contains(targets, at) {
			list = append(list, slices.Clone(p))
		}
		to := slices.Clone(e.ahead[at])
		slices.Sort(to)
		for _, n := range slices.Compact(to) {
			if !slices.Contains(p, n) && (hops == 0 || len(p) <= hops) {
				walk(append(slices.Clone(p), n))
			}
		}
	}
	for _, s := range starts {
		walk([]int{s})
	}
	slices.SortStableFunc(list, func(a, b []int) int { // the starts are in their order
		if a[0] != b[0] {
			return len(a) - len(b)
		}
		return cmp.Or(len(a)-len(b), slices.Compare(a, b))
	})
	return list
}

// TestPathsAgainstOracle: the first paths are the first of all there are, in the
// one order that is promised.
func TestPathsAgainstOracle(t *testing.T) {
	t.Parallel()
	some := func(r *rand.Rand, n int) []int { return r.Perm(n)[:1+r.IntN(min(n, 3))] }
	for i := range testsize.Of(1500, 20_000) {
		r := rand.New(rand.NewPCG(uint64(i), 4))
		e, n := random(r)
		starts, targets := some(r, n), some(r, n)
		k, hops := r.IntN(9), r.IntN(5)
		want := e.all(starts, targets, hops)
		if k > 0 {
			want = want[:min(k, len(want))]
		}
		if len(want) > 200 {
			continue
		}
		var got [][]int
		f := &PathFinder[int]{Starts: starts, Targets: targets, Edges: e, MaxHops: hops}
		for p, err := range f.Paths(k) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, p)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("graph %d: %v\nfrom %v to %v, k %d, hops %d:\n%v\nexpected\n%v", i, e, starts, targets, k, hops, got, want)
		}
	}
}

// TestReadsAroundHubs: the edges of a hub are not read where there is a way around
// them, and a path through it reads its neighbours from both ends.
func TestReadsAroundHubs(t *testing.T) {
	t.Parallel()
	e := &edges{ahead: map[int][]int{}, back: map[int][]int{}, costs: -1}
	for leaf := 1; leaf <= 1000; leaf++ {
		e.ahead[0] = append(e.ahead[0], leaf)
		e.ahead[leaf] = []int{0}
	}
	e.back = e.ahead
	f := &PathFinder[int]{Starts: []int{7}, Targets: []int{900}, Edges: e}
	for p, err := range f.Paths(1) {
		if err != nil || !slices.Equal(p, []int{7, 0, 900}) {
			t.Fatal(p, err)
		}
	}
	if f.ahead[0] != nil || f.back[0] != nil {
		t.Error("the hub was read")
	}
}

func TestErrorEndsSearch(t *testing.T) {
	t.Parallel()
	e := &edges{ahead: map[int][]int{1: {2}}, back: map[int][]int{2: {1}}, fail: errors.New("no disk")}
	n := 0
	for p, err := range (&PathFinder[int]{Starts: []int{1}, Targets: []int{2}, Edges: e}).Paths(0) {
		if n++; p != nil || !errors.Is(err, e.fail) {
			t.Error(p, err)
		}
	}
	if n != 1 {
		t.Error(n)
	}
}
