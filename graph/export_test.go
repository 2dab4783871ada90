package graph

import (
	"context"

	"github.com/cayleygraph/quad"
)

// CompleteFromTerms is Complete as it is in a large graph.
func CompleteFromTerms(ctx context.Context, v *View, typed string) ([]Found, error) {
	list, err := v.finder().CompleteFromTerms(ctx, typed, "")
	return founds(list), err
}

// DescribedTwice is what is read for a node, by its quads at once, if there are few,
// and by one predicate after another.
func DescribedTwice(ctx context.Context, v *View, node quad.IRI) (once, byParts any, err error) {
	a, err := v.describedAtOnce(ctx, node)
	if err != nil {
		return nil, nil, err
	}
	b, err := v.describedByParts(ctx, node)
	if a == nil {
		return nil, *b, err
	}
	return *a, *b, err
}

// KeptWays are the witnesses of an answer in the order they are kept in, each as its
// edges once for each label.
func KeptWays(a *Answer) (list [][]quad.Quad) {
	for _, w := range a.list {
		var way []quad.Quad
		for _, e := range w {
			for _, label := range e.labels {
				way = append(way, quad.Quad{Subject: e.s, Predicate: e.p, Object: e.o, Label: label})
			}
		}
		list = append(list, way)
	}
	return list
}
