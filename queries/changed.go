package queries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kg/graph"
)

// Change is how an answer of a saved query differs between two states of a graph.
type Change struct {
	Query string
	Row   []string // as people read it; of a row that is in both, as it was before
	How   string   // goes, comes, or changes: who says it, how sure they are or who denies it
}

// Line is the row as an example of a query has it: | a | b |.
func (c Change) Line() string { return formatRow(c.Row) }

// Changed asks every question that needs no value before and after, and lists the
// rows that differ, in the order of the questions. A question that fails is told in
// failed, and keeps no other from being asked.
func (s Set) Changed(ctx context.Context, before, after *graph.View) (list []Change, failed []error) {
	for _, name := range s.Names() {
		q := s[name]
		old, err := q.rowsByCells(ctx, before)
		if err == nil {
			var now *cellRows
			if now, err = q.rowsByCells(ctx, after); err == nil {
				list = append(list, old.changed(name, now)...)
			}
		}
		if err != nil && ctx.Err() == nil {
			failed = append(failed, fmt.Errorf("query %s: %w", name, err))
		}
	}
	return list, failed
}

// cellRows are the rows of an answer by their cells.
type cellRows struct {
	order []string
	texts map[string][]string
}

// rowsByCells asks a question without values.
func (q *Query) rowsByCells(ctx context.Context, v *graph.View) (*cellRows, error) {
	if q.Denied {
		whole, err := v.WithDenied(ctx)
		if err != nil {
			return nil, err
		}
		if whole != nil {
			v = whole
		}
	}
	rows := &cellRows{texts: map[string][]string{}}
	params, err := q.Bind(ctx, v, nil)
	if unknown := (*graph.UnknownError)(nil); errors.As(err, &unknown) {
		return rows, nil // nobody speaks of what the question is about by default
	}
	if err != nil {
		return nil, err
	}
	res, err := q.Run(ctx, v, params)
	if err != nil {
		return nil, err
	}
	for _, row := range res.Rows {
		var key strings.Builder
		for _, c := range row.Cells {
			if c.Value != nil {
				key.WriteString(c.Value.String())
			}
			key.WriteByte(0)
		}
		rows.order = append(rows.order, key.String())
		rows.texts[key.String()] = row.Texts()
	}
	return rows, nil
}

func (r *cellRows) changed(query string, now *cellRows) (list []Change) {
	for _, key := range r.order {
		switch texts, there := now.texts[key]; {
		case !there:
			list = append(list, Change{query, r.texts[key], "goes"})
		case !slices.Equal(texts, r.texts[key]):
			list = append(list, Change{query, r.texts[key], "changes"})
		}
	}
	for _, key := range now.order {
		if _, was := r.texts[key]; !was {
			list = append(list, Change{query, now.texts[key], "comes"})
		}
	}
	return list
}
