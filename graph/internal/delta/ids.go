package delta

import (
	"cmp"
	"context"
	"fmt"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
	"kg/internal/rdf/nquads"
)

// byIDs compares two stores by the numbers of their terms.
type byIDs struct {
	ctx     context.Context
	ids     [2]*store.IDs
	do      func(q quad.Quad, added bool)
	changed map[string]quad.Quad // since the snapshots, by their lines
}

func (u *byIDs) run() error {
	u.changed = map[string]quad.Quad{}
	for _, ids := range u.ids {
		var err error
		ids.Differing(func(q term.Quad) bool {
			err = u.change(ids, q)
			return err == nil
		})
		if err != nil {
			return err
		}
	}
	if err := u.snapshots(); err != nil {
		return err
	}
	for _, q := range u.changed {
		a, err := contains(u.ctx, u.ids[0], q)
		if err != nil {
			return err
		}
		b, err := contains(u.ctx, u.ids[1], q)
		if err != nil {
			return err
		}
		if a != b {
			u.do(q, b)
		}
	}
	return u.ctx.Err()
}

func (u *byIDs) change(ids *store.IDs, q term.Quad) error {
	value, line, err := spelled(ids, q)
	if err == nil {
		u.changed[line] = value
	}
	return err
}

// spelled is a quad, and its line of N-Quads.
func spelled(ids *store.IDs, q term.Quad) (quad.Quad, string, error) {
	value, err := read.QuadOf(ids, q)
	if err != nil {
		return quad.Quad{}, "", err
	}
	line, err := nquads.AppendQuad(nil, value)
	if err != nil {
		return quad.Quad{}, "", fmt.Errorf("comparing graphs: %w", err)
	}
	return value, string(line), nil
}

// snapshots finds the differences between the snapshots, except for later changes.
func (u *byIDs) snapshots() error {
	a, of := u.ids[0].Snapshot()
	b, other := u.ids[1].Snapshot()
	if a != nil && b != nil && of == other {
		return nil
	}
	tell := func(ids *store.IDs, q term.Quad) error {
		value, line, err := spelled(ids, q)
		if err != nil {
			return err
		}
		if _, later := u.changed[line]; !later {
			u.do(value, ids == b)
		}
		return nil
	}
	if a != nil && b != nil {
		return store.Unlike(u.ctx, a, b, tell)
	}
	for _, ids := range []*store.IDs{a, b} {
		if ids == nil {
			continue
		}
		var err error
		failed := ids.Each(u.ctx, term.Pattern{}, func(q term.Quad) {
			if err == nil {
				err = tell(ids, q)
			}
		})
		if err != nil || failed != nil {
			return cmp.Or(err, failed)
		}
	}
	return nil
}

// contains reports whether a store has a quad.
func contains(ctx context.Context, ids *store.IDs, q quad.Quad) (has bool, err error) {
	var want term.Quad
	for i, d := range quad.Directions {
		value := q.Get(d)
		if value == nil {
			continue
		}
		if want[i], err = ids.Find(value); err != nil || want[i] == term.None {
			return false, err
		}
	}
	err = ids.Each(ctx, term.Pattern{Quad: want}, func(q term.Quad) { has = has || q == want })
	return has, err
}
