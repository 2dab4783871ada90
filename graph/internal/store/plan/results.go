package plan

import (
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
)

// results classifies the results of a shape.
type results uint8

const (
	nodesOnly results = iota
	values            // of which some may be values that are no nodes
	quads
)

// resultsOf looks through shapes that pass on the results of others.
func resultsOf(s shape.Shape) results {
	switch s := s.(type) {
	case countedPlan, shape.Count:
		return values
	case *Plan:
		if s.quad {
			return quads
		}
	case shape.Quads:
		return quads
	case shape.Fixed:
		for _, r := range s {
			if _, ok := r.(refs.PreFetchedValue); ok {
				return values
			}
		}
	case shape.Save:
		return resultsOf(s.From)
	case shape.FixedTags:
		return resultsOf(s.On)
	case shape.Unique:
		return resultsOf(s.From)
	case shape.Page:
		return resultsOf(s.From)
	case shape.Sort:
		return resultsOf(s.From)
	case shape.Materialize:
		return resultsOf(s.Values)
	case shape.Filter:
		return resultsOf(s.From)
	case shape.Union:
		return ofAny(s)
	case shape.Intersect:
		return ofAny(s)
	}
	return nodesOnly
}

func ofAny(s []shape.Shape) results {
	var of results
	for _, s := range s {
		of = max(of, resultsOf(s))
	}
	return of
}
