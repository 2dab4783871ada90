// Package delta finds the quads in which two stores differ, whatever the quads mean.
package delta

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/internal/rdf/nquads"
)

// changesKept bounds the changes since its snapshot that are held in memory for a
// compared store.
const changesKept = 1 << 16

// Each calls do with every quad that one of two stores has and the other has not; added
// are those of b. Snapshots are compared by term ids, and later changes are looked up.
// With many changes, or a graph on a server, the sorted exports are merged.
func Each(ctx context.Context, a, b *store.QuadStore, do func(q quad.Quad, added bool)) (err error) {
	defer snapshot.Catch(&err)
	if a.IsFed() || b.IsFed() {
		return byLines(ctx, a, b, do)
	}
	x, err1 := a.IDs()
	y, err2 := b.IDs()
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if x.Changes() > changesKept || y.Changes() > changesKept {
		return byLines(ctx, a, b, do)
	}
	u := &byIDs{ctx: ctx, ids: [2]*store.IDs{x, y}, do: do}
	return u.run()
}

// InLines are quads in the order of their lines.
func InLines(quads []quad.Quad) ([]quad.Quad, error) {
	type spelled struct {
		line string
		quad quad.Quad
	}
	list := make([]spelled, len(quads))
	for i, q := range quads {
		line, err := nquads.AppendQuad(nil, q)
		if err != nil {
			return nil, err
		}
		list[i] = spelled{string(line), q}
	}
	slices.SortFunc(list, func(a, b spelled) int { return strings.Compare(a.line, b.line) })
	sorted := make([]quad.Quad, len(quads))
	for i, s := range list {
		sorted[i] = s.quad
	}
	return sorted, nil
}
