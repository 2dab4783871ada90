package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
)

// Row is one answer of a query: terms by tag. A path's own end is under "id",
// a value that the query emits or returns under "value".
type Row map[string]quad.Value

// QueryError is a mistake in a query's text, as Gizmo words it.
type QueryError struct{ Err error }

func (e *QueryError) Error() string { return "running the query: " + e.Err.Error() }
func (e *QueryError) Unwrap() error { return e.Err }

// Gizmo runs a query in a session of Cayley's Gizmo, which serves it alone.
// The rows end with the first error; a cancelled context is one.
func (v *View) Gizmo(ctx context.Context, text string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		it, err := gizmo.NewSession(v.QuadStore).Execute(ctx, text, query.Options{Limit: -1, Collation: query.Raw})
		if err != nil {
			yield(nil, &QueryError{err})
			return
		}
		defer it.Close()
		for it.Next(ctx) {
			rows, err := v.rows(it.Result())
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			yield(nil, err)
		} else if err := it.Err(); err != nil {
			yield(nil, &QueryError{err})
		}
	}
}

// rows turns one of Gizmo's raw results into rows.
func (v *View) rows(result any) ([]Row, error) {
	r, ok := result.(*gizmo.Result)
	if !ok {
		return nil, fmt.Errorf("running the query: Gizmo answered with %T", result)
	}
	if r.Tags != nil {
		row, err := v.tags(r.Tags)
		return []Row{row}, err
	}
	return emitted(r.Val), nil
}

func (v *View) tags(tags map[string]refs.Ref) (Row, error) {
	row := Row{}
	for tag, ref := range tags {
		value, err := v.NameOf(ref)
		if err != nil {
			return nil, err
		}
		if value != nil {
			row[tag] = value
		}
	}
	return row, nil
}

// emitted turns a JavaScript value into rows: a list into one each, an object
// into its members. What is no value, such as a path that was not asked for
// its results, is none.
func emitted(val any) []Row {
	switch t := val.(type) {
	case []any:
		var rows []Row
		for _, item := range t {
			rows = append(rows, emitted(item)...)
		}
		return rows
	case map[string]any:
		row := Row{}
		for key, item := range t {
			if value, ok := native(item); ok {
				row[key] = value
			}
		}
		return []Row{row}
	}
	if value, ok := native(val); ok {
		return []Row{{"value": value}}
	}
	return nil
}

func native(val any) (quad.Value, bool) {
	switch t := val.(type) {
	case quad.Value:
		return t, t != nil
	case string:
		return quad.String(t), true
	case bool:
		return quad.Bool(t), true
	case int:
		return quad.Int(t), true
	case int64:
		return quad.Int(t), true
	case float64:
		return quad.Float(t), true
	}
	return nil, false
}

// IsQueryError tells whether the text of a query is at fault.
func IsQueryError(err error) bool {
	var q *QueryError
	return errors.As(err, &q)
}
