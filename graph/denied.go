package graph

import (
	"context"

	"kg/graph/internal/evidence"
	"kg/graph/internal/store"
)

// SomeOnlyDenied reports whether the graph has a node of which sources deny edges, and no
// claim asserts any.
func (v *View) SomeOnlyDenied(ctx context.Context) (bool, error) {
	only, err := v.denials.Only(ctx)
	return len(only) > 0, err
}

// OnlyDenied reports whether a row has a node of which sources deny edges, and no claim
// asserts any.
func (v *View) OnlyDenied(ctx context.Context, row Row) (bool, error) {
	only, err := v.denials.Only(ctx)
	if len(only) == 0 || err != nil {
		return false, err
	}
	if err := row.Read(); err != nil {
		return false, err
	}
	for _, value := range row.All() {
		if only[iriOf(value)] {
			return true, nil
		}
	}
	return false, nil
}

// ShowsDenied reports whether the view also shows edges that sources deny.
func (v *View) ShowsDenied() bool { return v.qs == v.denials.Whole }

// WithDenied returns a view of the whole graph, denied edges included; nil if sources deny
// nothing. It is the same each time.
func (v *View) WithDenied(ctx context.Context) (*View, error) {
	if any, err := v.denials.Any(ctx); !any || err != nil {
		return nil, err
	}
	if v.withDenied == nil {
		v.withDenied = v.beside(v.denials.Whole, v.denials, v.names)
		v.withDenied.whole = true
	}
	return v.withDenied, nil
}

// WithoutBackground returns a view without the edges of common knowledge, or nil for a
// graph that has none or cannot hide them. It is the same each time.
func (v *View) WithoutBackground(ctx context.Context) (*View, error) {
	if v.background != nil {
		return v.sourced, nil
	}
	b, err := evidence.ReadBackground(ctx, v.r)
	if err != nil {
		return nil, err
	}
	if qs, ok := v.qs.(*store.QuadStore); ok && len(b.Labels) > 0 {
		hidden, err := qs.Hide(b.Labels, nil)
		if err != nil {
			return nil, err
		}
		if err := b.Number(ctx, v.r); err != nil {
			return nil, err
		}
		v.sourced = v.beside(hidden, v.denials, v.names)
	}
	v.background = b
	return v.sourced, nil
}

// DropsByBackground reports whether a query that was run may leave out nodes because of
// what background states.
func (v *View) DropsByBackground(asked *Query) bool {
	return v.sourced != nil && v.background.Drops(asked)
}

// OnBackground reports whether background may state an edge of a way to a row: it may
// where not all ways are known.
func (v *View) OnBackground(ctx context.Context, row Row) (bool, error) {
	if _, err := v.WithoutBackground(ctx); err != nil {
		return false, err
	}
	return v.background.Under(row), nil
}
