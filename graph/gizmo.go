package graph

import (
	"context"
	"errors"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph/gizmo"
	"kg/schema"
)

// Bounds are what one query may use; a zero one is no bound.
type Bounds struct {
	Timeout time.Duration
	Memory  int64 // bytes that the process may grow by
}

// Gizmo prepares a query that knows the short forms (g.IRI("kg:…")) and keeps
// within the view's bounds.
func (v *View) Gizmo(ctx context.Context, text string, o gizmo.Options) *gizmo.Result {
	o.Namespaces = map[string]string{}
	for _, p := range schema.Prefixes(v.Base) {
		o.Namespaces[p.Name] = p.IRI
	}
	o.Timeout, o.MaxMemory = v.Bounds.Timeout, v.Bounds.Memory
	o.Belongs = v.belonging(ctx)
	return gizmo.Run(ctx, v.QuadStore, text, o)
}

// Saved prepares a saved query: its rows have evidence, and nodes that sources
// join are one.
func (v *View) Saved(ctx context.Context, text string, params map[string]quad.Value) (*gizmo.Result, error) {
	classes, err := v.classes(ctx)
	if err != nil {
		return nil, err
	}
	return v.Gizmo(ctx, text, gizmo.Options{Params: params, Evidence: true, Joins: classes}), nil
}

// belonging are the relations whose subject belongs to their object. A store that
// fails fails the query, too.
func (v *View) belonging(ctx context.Context) []quad.IRI {
	if v.belongs == nil {
		v.belongs = []quad.IRI{}
		err := v.each(ctx, quad.Object, schema.BelongsTo, func(q quad.Quad) {
			if q.Predicate == schema.SubPropertyOf {
				v.belongs = append(v.belongs, iriOf(q.Subject))
			}
		})
		if err != nil {
			return nil
		}
	}
	return v.belongs
}

// IsQueryError tells whether a query is at fault: its text, or what it asks
// for.
func IsQueryError(err error) bool {
	var mistake *gizmo.Error
	return errors.As(err, &mistake) || errors.Is(err, gizmo.ErrTimeout) || errors.Is(err, gizmo.ErrMemory)
}
