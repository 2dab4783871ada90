package graph

import (
	"context"

	"github.com/cayleygraph/quad"
)

// Within reports whether a node may be of a span of time, whose ends are given as
// YYYY, YYYY-MM or YYYY-MM-DD, both included, and are open where they are empty:
// whether one of its dates meets the span. What has no date may be of any.
func (v *View) Within(ctx context.Context, node quad.IRI, since, until string) (bool, error) {
	if since == "" && until == "" {
		return true, nil
	}
	spans, err := v.spans(ctx, node)
	for _, s := range spans {
		before := s.last != "" && s.last < since // a day is never before its own year
		after := until != "" && s.first != "" && s.first[:min(len(until), len(s.first))] > until
		if !before && !after {
			return true, err
		}
	}
	return len(spans) == 0, err
}
