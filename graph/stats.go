package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Count is how often something occurs.
type Count struct {
	Of    string // kind, relation, source or speaker
	Value quad.Value
	N     int
}

// Stats counts entities by kind, asserted edges by relation, and claims by
// source and by speaker; the largest first.
func (v *View) Stats(ctx context.Context) ([]Count, error) {
	quads, err := v.all(ctx)
	if err != nil {
		return nil, err
	}
	claims, sources := map[quad.Value]bool{}, map[quad.Value]bool{}
	for _, q := range quads {
		if q.Predicate == schema.Type {
			claims[q.Subject] = claims[q.Subject] || q.Object == schema.ClaimClass
			sources[q.Subject] = sources[q.Subject] || q.Object == schema.SourceClass
		}
	}
	type key struct {
		of    string
		value quad.Value
	}
	n, entities := map[key]int{}, map[quad.Value]bool{}
	for _, q := range quads {
		switch {
		case claims[q.Label] && !strings.HasPrefix(Text(q.Subject), Text(q.Label)+"/"): // not a figure's own parts
			n[key{"relation", q.Predicate}]++
		case q.Predicate == schema.FromSource:
			n[key{"source", q.Object}]++
		case q.Predicate == schema.Speaker:
			n[key{"speaker", q.Object}]++
		case q.Predicate == schema.Type && sources[q.Label] && !isRecord(q.Object) && !entities[q.Subject]:
			entities[q.Subject] = true
			n[key{"kind", q.Object}]++
		}
	}
	var counts []Count
	for k, count := range n {
		counts = append(counts, Count{k.of, k.value, count})
	}
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(b.N, a.N), cmp.Compare(Text(a.Value), Text(b.Value)))
	})
	return counts, nil
}

// isRecord tells whether a kind is one of kg's own records, not of the things
// that sources speak of.
func isRecord(kind quad.Value) bool {
	return slices.Contains(schema.Records, iriOf(kind))
}
