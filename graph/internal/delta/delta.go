// Package delta finds the quads in which two stores differ. It knows nothing of what
// quads mean.
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

// changesKept is how many changes since its snapshot are kept of a store that is
// compared.
const changesKept = 1 << 16

// Each calls do with every quad that one of two stores has and the other has not;
// added are those of b. Snapshots are held against each other by the numbers of their
// terms, and what changed since is looked up. Where much did, or a server has the
// graph, the exports are merged.
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
