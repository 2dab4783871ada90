package session

import (
	"slices"

	"kg/graph/internal/session/js"
)

// paths finds the k shortest paths, as lists of nodes, each once: from a start to
// a target, and perhaps through others of both. A start that is a target is a path
// without a hop.
func (f *finder) paths() ([][]any, error) {
	var found, candidates [][]any
	first, err := f.search(nil, nil, nil)
	for err == nil && first != nil {
		found = append(found, first)
		if len(found) == f.step.k {
			break
		}
		if candidates, err = f.spurs(first, found, candidates); err != nil {
			break
		}
		// The shortest of the candidates, of those the one found first.
		first = nil
		if len(candidates) > 0 {
			best := slices.MinFunc(candidates, func(a, b []any) int { return len(a) - len(b) })
			i := slices.IndexFunc(candidates, func(c []any) bool { return slices.Equal(c, best) })
			first, candidates = best, slices.Delete(candidates, i, i+1)
		}
	}
	return found, err
}

// spurs are the candidates that leave the last path found at one of its nodes, by
// an edge that no path found takes from there; at its last they go on beyond it.
func (f *finder) spurs(last []any, found, candidates [][]any) ([][]any, error) {
	for i := range len(last) + 1 {
		root := last[:i]
		taken := map[any]bool{}
		for _, p := range found {
			if i < len(p) && slices.Equal(p[:i], root) {
				taken[p[i]] = true
			}
		}
		var at any
		var passed []any
		if i > 0 {
			at, passed = root[i-1], root[:i-1]
		}
		rest, err := f.search(at, passed, taken)
		if err != nil {
			return nil, err
		}
		if rest == nil {
			continue
		}
		p := append(slices.Clone(passed), rest...)
		if !slices.ContainsFunc(candidates, func(c []any) bool { return slices.Equal(c, p) }) {
			candidates = append(candidates, p)
		}
	}
	return candidates, nil
}

// search finds a shortest path from a node, or from any of the starts if it is
// nil; nil if there is none. It does not go over the nodes passed, nor, with its
// first step, to those taken; from the starts, the first step is to choose one.
func (f *finder) search(from any, passed []any, taken map[any]bool) ([]any, error) {
	before := map[any]any{}
	for _, n := range passed {
		before[n] = nil
	}
	frontier := []any{from}
	if from == nil {
		frontier = slices.DeleteFunc(slices.Clone(f.order), func(n any) bool { return taken[n] })
		taken = nil
	}
	for _, n := range frontier {
		before[n] = nil
		if from == nil && f.targets[n] {
			return []any{n}, nil
		}
	}
	for depth := 0; len(frontier) > 0; depth++ {
		if f.b.s.Stop.Now() {
			return nil, js.ErrStopped
		}
		if err := f.expand(frontier); err != nil {
			return nil, err
		}
		var next []any
		for _, n := range frontier {
			for _, e := range f.known[n] {
				if _, seen := before[e.to]; seen || depth == 0 && taken[e.to] {
					continue
				}
				before[e.to] = n
				if f.targets[e.to] {
					return trail(before, e.to), nil
				}
				next = append(next, e.to)
			}
		}
		frontier = next
	}
	return nil, nil
}

// trail walks back to where a search began.
func trail(before map[any]any, at any) []any {
	var p []any
	for at != nil {
		p = append(p, at)
		at = before[at]
	}
	slices.Reverse(p)
	return p
}
