package graph

import "context"

// CompleteFromTerms is Complete as it is in a large graph.
func CompleteFromTerms(ctx context.Context, v *View, typed string) ([]Completion, error) {
	c := &completing{view: v, typed: typed, seen: map[Completion]bool{}}
	err := c.fromTerms(ctx, "")
	return c.list, err
}
