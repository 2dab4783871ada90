package graph

import (
	"context"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/session"
	"kg/internal/js"
	"kg/schema"
)

// The types of a query in Gizmo, Cayley's language of paths.
type (
	// Query is a query that can be run, once, by ranging over its Rows.
	Query = session.PreparedQuery
	// Row is one answer, values by tag, with the ways to it.
	Row = session.Row
)

// ErrTimeout is the error of a query that took longer than Bounds.Timeout, ErrMemory that
// of a query by which the process grew by more than Bounds.Memory. Both are ErrQuery, and
// so is a mistake in the text of a query, whose error has the method
// Position() (line, column int), from 1, or 0 where the position is not known.
var (
	ErrTimeout = js.ErrTimeout
	ErrMemory  = js.ErrMemory
	ErrQuery   = js.ErrQuery
)

// Bounds are what one query may use; a zero one is no bound.
type Bounds struct {
	Timeout time.Duration
	Memory  int64 // bytes that the process may grow by
	Yields  bool  // it ends before others when together they take too much memory
}

// In runs do within the bounds. do computes a whole answer: a query and what follows it,
// such as names, evidence and sorting. At a bound the context ends, and the error is
// ErrTimeout or ErrMemory, whatever do returned.
func (b Bounds) In(ctx context.Context, do func(context.Context) error) error {
	ctx, done := js.Within(ctx, b.Timeout, b.Memory, b.Yields)
	defer done()
	err := do(ctx)
	if cause := context.Cause(ctx); cause == ErrTimeout || cause == ErrMemory {
		return cause
	}
	return err
}

// Gizmo prepares a query that knows the short forms (g.IRI("kg:…")) and runs within the
// bounds of the view, which must be of a store of kg. Params are global variables of its
// script. With evidence its rows have the quads of each way to them.
func (v *View) Gizmo(ctx context.Context, text string, params map[string]quad.Value, evidence bool) *Query {
	o := v.options()
	o.Params, o.Evidence, o.Belongs = params, evidence, v.belonging(ctx)
	return session.Run(ctx, v.qs, text, o)
}

// Saved prepares a saved query: its rows have evidence, and nodes that sources join
// count as one. In a file, terms are read when Row.Value asks for them; on a server,
// with the rows.
func (v *View) Saved(ctx context.Context, text string, params map[string]quad.Value) (*Query, error) {
	classes, err := v.joins.Classes(ctx)
	if err != nil {
		return nil, err
	}
	own, err := v.r.OwnIndex()
	if err != nil {
		return nil, err
	}
	o := v.options()
	o.Unread = own != nil // on a server terms come with what is read together
	o.Params, o.Evidence, o.Joins, o.Belongs, o.Kinds = params, true, classes, v.belonging(ctx), v.kinds
	return session.Run(ctx, v.qs, text, o), nil
}

// CayleySession returns a session with Cayley's own interfaces, within the bounds of the
// view. It queries qs, or the store of the view if qs is nil.
func (v *View) CayleySession(qs cayley.QuadStore) query.Session {
	if qs == nil {
		qs = v.qs
	}
	return session.NewSession(qs, v.options())
}

// options returns the options of every query of the view.
func (v *View) options() session.Options {
	return session.Options{Namespaces: v.Base.Prefixes(), Timeout: v.Bounds.Timeout, MaxMemory: v.Bounds.Memory, Yields: v.Bounds.Yields}
}

// belonging returns the relations whose subject belongs to their object. An error of the
// store is reported by the query that follows.
func (v *View) belonging(ctx context.Context) []quad.IRI {
	if v.belongs == nil {
		v.belongs = []quad.IRI{}
		err := v.r.Do(ctx, quad.Quad{Object: schema.BelongsTo}, func(q quad.Quad) {
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

// Methods lists what a query can call, in the order of the documentation: object, name,
// signature and a sentence for each.
func Methods() []session.Method { return session.Methods() }
