// Package shortest finds the k shortest paths between two sets of nodes. It knows neither
// a store nor a language: the caller defines the nodes and their edges.
//
// A path passes no node twice. Paths are ordered by their length, then by the position of
// their start in Starts, then node by node in the order of the nodes, whatever order the
// edges are read in.
//
// A search (search.go) is bidirectional, level by level, always from the side with fewer
// edges to read, so that it does not read those of a hub if it can avoid it. Yen's
// algorithm, with Lawler's improvement (Yen 1971; Lawler 1972), makes the longer paths of
// such searches.
package shortest

import (
	"cmp"
	"iter"
	"slices"
)

// Edges are where the edges of a graph lead.
type Edges[N cmp.Ordered] interface {
	// Neighbours gives, for each of some nodes, those to which an edge leads from it
	// or, backwards, those from which one leads to it: in any order, and perhaps more
	// than once. It is asked for each node once, and for many together.
	Neighbours(nodes []N, backwards bool, add func(of, neighbour N)) error
	// Cost is about how many edges Neighbours reads for a node.
	Cost(node N, backwards bool) int
	// Backwards reports whether the edges can be walked backwards.
	Backwards() bool
	// Check is asked now and then, and ends the search with an error.
	Check() error
}

// PathFinder finds paths, once.
type PathFinder[N cmp.Ordered] struct {
	Starts, Targets []N // each node once
	Edges           Edges[N]
	MaxHops         int // of a path; 0 is no bound

	ahead, back map[N][]N // the neighbours read so far, ascending
	first       map[N]int // positions of the starts
	work        int
}

// foundPath is a path, and the position from which on it differs from the path that it
// was derived from.
type foundPath[N cmp.Ordered] struct {
	nodes []N
	from  int
}

// Paths ranges over the first k paths, over all if k is 0. It ends with the first
// error. A start that is a target is a path without an edge.
func (f *PathFinder[N]) Paths(k int) iter.Seq2[[]N, error] {
	return func(yield func([]N, error) bool) {
		if err := f.paths(k, func(p []N) bool { return yield(p, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

func (f *PathFinder[N]) paths(k int, yield func([]N) bool) error {
	f.ahead, f.back, f.first = map[N][]N{}, map[N][]N{}, map[N]int{}
	for i, n := range f.Starts {
		f.first[n] = i
	}
	nodes, err := f.search(spur[N]{most: f.MaxHops})
	if err != nil || nodes == nil {
		return err
	}
	next, found, candidates := foundPath[N]{nodes: nodes}, [][]N{}, []foundPath[N]{}
	for {
		if !yield(next.nodes) {
			return nil
		}
		if found = append(found, next.nodes); len(found) == k {
			return nil
		}
		if candidates, err = f.spurs(next, found, candidates, k-len(found)); err != nil {
			return err
		}
		if len(candidates) == 0 {
			return nil
		}
		next, candidates = candidates[0], candidates[1:]
	}
}

// spurs adds to the candidates the best paths that leave the last one found at one of its
// nodes, by an edge that no path found takes from there; at its last node they go on
// beyond it. Candidates beyond the wanted number are dropped, and no path longer than the
// remaining ones is searched.
func (f *PathFinder[N]) spurs(last foundPath[N], found [][]N, candidates []foundPath[N], wanted int) ([]foundPath[N], error) {
	for i := last.from; i <= len(last.nodes); i++ {
		root := last.nodes[:i]
		s := spur[N]{root: root, taken: map[N]bool{}, most: f.MaxHops}
		for _, p := range found {
			if i < len(p) && slices.Equal(p[:i], root) {
				s.taken[p[i]] = true
			}
		}
		if wanted > 0 && len(candidates) >= wanted {
			if worst := len(candidates[wanted-1].nodes) - 1; s.most == 0 || worst < s.most {
				s.most = max(worst, 1)
			}
		}
		nodes, err := f.search(s)
		if err != nil {
			return nil, err
		}
		if nodes == nil {
			continue
		}
		p := foundPath[N]{nodes, i}
		at, _ := slices.BinarySearchFunc(candidates, p, f.compare)
		candidates = slices.Insert(candidates, at, p)
		if wanted > 0 && len(candidates) > wanted {
			candidates = candidates[:wanted]
		}
	}
	return candidates, nil
}

func (f *PathFinder[N]) compare(a, b foundPath[N]) int {
	return cmp.Or(len(a.nodes)-len(b.nodes), f.first[a.nodes[0]]-f.first[b.nodes[0]], slices.Compare(a.nodes, b.nodes))
}
