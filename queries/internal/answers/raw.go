package answers

import (
	"context"
	"maps"
	"slices"
	"strings"

	"kg/graph"
)

// Raw runs a text of Gizmo that is no saved query, and returns its rows as they come, with
// every tag as a column: of all that it counts the first ones up to a limit, 0 being no
// limit. With evidence, equal rows have the evidence of all of them.
func Raw(ctx context.Context, v *graph.View, text string, evidence bool, limit int) (*Answers, error) {
	r := &rawRows{limit: limit, tags: map[string]bool{}}
	if evidence {
		r.answers = map[string]*graph.Answer{}
	}
	asked := v.Gizmo(ctx, text, nil, evidence)
	for row, err := range asked.Rows() {
		if err == nil {
			err = r.add(row)
		}
		if err != nil {
			return nil, err
		}
	}
	columns := slices.Sorted(maps.Keys(r.tags))
	if i := slices.Index(columns, "id"); i > 0 {
		columns = slices.Insert(slices.Delete(columns, i, i+1), 0, "id")
	}
	rows, err := r.explain(ctx, v, columns)
	return &Answers{Rows: rows, Columns: columns, All: r.all, Unrun: asked.Unrun()}, err
}

// rawRows is the first rows of a text, and a count of all.
type rawRows struct {
	limit   int // 0 for all
	first   []graph.Row
	tags    map[string]bool // of all rows
	all     int
	answers map[string]*graph.Answer // of the first rows, with the ways to all equal rows; nil without evidence
}

func (r *rawRows) add(row graph.Row) error {
	r.all++
	for tag := range row.All() {
		r.tags[tag] = true
	}
	returned := r.limit == 0 || len(r.first) < r.limit
	if returned {
		r.first = append(r.first, row)
	}
	if r.answers == nil {
		return nil
	}
	key := rawKey(row)
	a := r.answers[key]
	if a == nil && !returned {
		return nil
	}
	if a == nil {
		a = &graph.Answer{Walked: true}
		r.answers[key] = a
	}
	return addWays(a, row)
}

func (r *rawRows) explain(ctx context.Context, v *graph.View, columns []string) (rows []Row, err error) {
	explained := map[string]Row{}
	for _, raw := range r.first {
		var row Row
		key := ""
		values, err := valuesOf(raw, columns)
		if err != nil {
			return nil, err
		}
		if r.answers == nil {
			row.Cells, err = cells(ctx, v.DescribeFor, values, nil)
		} else if key = rawKey(raw); explained[key].Evidence == nil {
			a := r.answers[key]
			a.Columns, a.Values = columns, values
			row, err = explain(ctx, v, a)
			explained[key] = row
		} else {
			row = explained[key]
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// rawKey returns the tags of a row and their values.
func rawKey(row graph.Row) string {
	var b strings.Builder
	for tag, value := range row.All() {
		b.WriteString(tag + "\x00" + value.String() + "\x00")
	}
	return b.String()
}
