package shortest

import (
	"cmp"
	"slices"
)

// spur is the condition of one search: the least path that begins with the nodes of a
// root and leaves its last one for none of those taken. Without a root it begins at any
// start that is not taken.
type spur[N cmp.Ordered] struct {
	root  []N
	taken map[N]bool
	most  int // hops of the whole path; 0 is no bound
}

// searchSide is the state of a search from one of its ends.
type searchSide[N cmp.Ordered] struct {
	known map[N]arrival[N]
	ring  []N // the nodes at the largest distance
	far   int // that distance
	cost  int // of going on from the ring; -1 if it is not known
}

// arrival is how a node was come to. From the start, that is by the least path to
// it; from the targets, by the least of the nodes that lead on to one.
type arrival[N cmp.Ordered] struct {
	depth    int
	position int // in its ring
	via      N
}

// search finds the least path of a spur; nil if there is none.
func (f *PathFinder[N]) search(s spur[N]) ([]N, error) {
	there, back := f.ends(s)
	for i, n := range there.ring {
		if _, is := back.known[n]; is {
			return []N{there.ring[i]}, nil // a start that is a target
		}
	}
	done := max(len(s.root)-1, 0)
	for len(there.ring) > 0 && len(back.ring) > 0 && (s.most == 0 || done+there.far+back.far < s.most) {
		backwards := f.Edges.Backwards() && f.cheaper(there, back)
		var meet *N
		var err error
		if backwards {
			meet, err = f.widenBack(s, there, back)
		} else {
			meet, err = f.widen(s, there, back)
		}
		if err != nil {
			return nil, err
		}
		if meet != nil {
			return join(s, there, back, *meet), nil
		}
	}
	return nil, nil
}

// ends returns the two sides before the first step. The inner nodes of the root are on
// neither: no path goes over them.
func (f *PathFinder[N]) ends(s spur[N]) (there, back *searchSide[N]) {
	there = &searchSide[N]{known: map[N]arrival[N]{}, cost: -1}
	back = &searchSide[N]{known: map[N]arrival[N]{}, cost: -1}
	if n := len(s.root); n > 0 {
		there.ring = []N{s.root[n-1]}
	} else {
		there.ring = slices.DeleteFunc(slices.Clone(f.Starts), func(n N) bool { return s.taken[n] })
	}
	for _, n := range s.root {
		there.known[n] = arrival[N]{depth: -1}
	}
	for i, n := range f.Targets {
		if !slices.Contains(s.root, n) {
			back.known[n] = arrival[N]{position: i}
			back.ring = append(back.ring, n)
		}
	}
	for i, n := range there.ring {
		there.known[n] = arrival[N]{position: i}
	}
	return there, back
}

// cheaper reports whether to go on from the targets costs less.
func (f *PathFinder[N]) cheaper(there, back *searchSide[N]) bool {
	small, large := there, back
	if len(back.ring) < len(there.ring) {
		small, large = back, there
	}
	f.price(small, small == back, 0)
	return f.price(large, large == back, small.cost) != (large == back)
}

// price computes the cost of going on from a side, and reports whether that exceeds a
// limit; it stops counting there.
func (f *PathFinder[N]) price(s *searchSide[N], backwards bool, limit int) bool {
	if s.cost < 0 {
		cost := 0
		for _, n := range s.ring {
			if cost += 1 + f.Edges.Cost(n, backwards); limit > 0 && cost > limit {
				return true
			}
		}
		s.cost = cost
	}
	return s.cost > limit
}

// widen goes on from the start's side. The first node that both sides know is on
// the least path: nodes come in the order of the least paths to them.
func (f *PathFinder[N]) widen(s spur[N], there, back *searchSide[N]) (*N, error) {
	lists, err := f.neighbours(there.ring, false)
	if err != nil {
		return nil, err
	}
	var next []N
	for _, n := range there.ring {
		for _, to := range lists[n] {
			if _, seen := there.known[to]; seen || there.far == 0 && len(s.root) > 0 && s.taken[to] {
				continue
			}
			there.known[to] = arrival[N]{there.far + 1, len(next), n}
			if _, meets := back.known[to]; meets {
				return &to, nil
			}
			next = append(next, to)
		}
		if err := f.tick(len(lists[n])); err != nil {
			return nil, err
		}
	}
	there.ring, there.cost = next, -1
	there.far++
	return nil, nil
}

// widenBack goes on from the targets' side.
func (f *PathFinder[N]) widenBack(s spur[N], there, back *searchSide[N]) (*N, error) {
	lists, err := f.neighbours(back.ring, true)
	if err != nil {
		return nil, err
	}
	var next []N
	var meet *N
	best := 0
	for _, n := range back.ring {
		for _, to := range lists[n] {
			ahead, met := there.known[to]
			if met && (ahead.depth < 0 || len(s.root) > 0 && to == s.root[len(s.root)-1] && s.taken[n]) {
				continue
			}
			at, seen := back.known[to]
			switch {
			case !seen:
				back.known[to] = arrival[N]{back.far + 1, len(next), n}
				next = append(next, to)
			case at.depth == back.far+1 && n < at.via:
				at.via = n
				back.known[to] = at
			}
			if met && (meet == nil || ahead.position < best) {
				meet, best = &to, ahead.position
			}
		}
		if err := f.tick(len(lists[n])); err != nil {
			return nil, err
		}
	}
	back.ring, back.cost = next, -1
	back.far++
	return meet, nil
}

// join makes the path through the node where both sides meet.
func join[N cmp.Ordered](s spur[N], there, back *searchSide[N], meet N) []N {
	var nodes []N
	for at := meet; there.known[at].depth > 0; {
		at = there.known[at].via
		nodes = append(nodes, at)
	}
	if n := len(s.root); n > 0 && len(nodes) > 0 {
		nodes = nodes[:len(nodes)-1] // the root's own last
	}
	slices.Reverse(nodes)
	nodes = append(slices.Clone(s.root), nodes...)
	if n := len(s.root); n == 0 || meet != s.root[n-1] {
		nodes = append(nodes, meet)
	}
	for at := meet; back.known[at].depth > 0; {
		at = back.known[at].via
		nodes = append(nodes, at)
	}
	return nodes
}

// neighbours are where nodes lead, ascending and each once.
func (f *PathFinder[N]) neighbours(nodes []N, backwards bool) (map[N][]N, error) {
	lists := f.ahead
	if backwards {
		lists = f.back
	}
	var fresh []N
	for _, n := range nodes {
		if _, known := lists[n]; !known {
			lists[n] = nil
			fresh = append(fresh, n)
		}
	}
	if len(fresh) == 0 {
		return lists, nil
	}
	of, list := fresh[0], []N(nil) // the current entry: a map lookup is slow
	err := f.Edges.Neighbours(fresh, backwards, func(n, neighbour N) {
		if n != of {
			lists[of], list, of = list, lists[n], n
		}
		list = append(list, neighbour)
	})
	lists[of] = list
	for _, n := range fresh {
		slices.Sort(lists[n])
		lists[n] = slices.Compact(lists[n])
	}
	return lists, err
}

// checked is after how many edges Check is asked.
const checked = 1 << 12

func (f *PathFinder[N]) tick(edges int) error {
	if f.work += 1 + edges; f.work < checked {
		return nil
	}
	f.work = 0
	return f.Edges.Check()
}
