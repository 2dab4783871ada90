package graph

import (
	"context"
	"maps"
	"slices"

	"kg/graph/internal/index"
	"kg/schema"

	"github.com/cayleygraph/quad"
)

// KindName returns the name of a kind in files and queries, or else its name in the
// graph.
func (v *View) KindName(ctx context.Context, iri quad.IRI) (string, error) {
	x, err := v.names.Partly(ctx)
	if x == nil && err == nil {
		x, err = v.names.Get(ctx)
	}
	if err != nil {
		return "", err
	}
	if k := x.Kinds[iri]; k != nil {
		return k.Name, nil
	}
	return schema.IRI(iri).LastPart(), nil
}

// Entities counts the entities of the graph.
func (v *View) Entities(ctx context.Context) (count int, err error) {
	err = v.names.Asking(ctx, func(x *index.NameIndex) error {
		count = 0
		for range x.OfRank(index.AnEntity) {
			count++
		}
		return nil
	})
	return count, err
}

// KindCounts counts the entities of each kind, without those of kinds below it, by
// the kinds' names.
func (v *View) KindCounts(ctx context.Context) (list []Count, err error) {
	err = v.names.Asking(ctx, func(x *index.NameIndex) error {
		counts := map[*index.KindEntry]int{}
		x.CountKinds(index.AnEntity, counts)
		list = nil
		for _, k := range slices.SortedFunc(maps.Keys(counts), index.CompareKinds) {
			list = append(list, Count{Of: "kind", Value: k.IRI, N: counts[k]})
		}
		return nil
	})
	return list, err
}
