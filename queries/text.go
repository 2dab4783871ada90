package queries

import (
	"context"
	"maps"
	"slices"
	"strings"

	"kg/graph"
)

// Text is a text of Gizmo that is no saved query.
type Text string

// HasHeader reports whether the text is a saved query all the same.
func (text Text) HasHeader() bool {
	_, ok := header(string(text))
	return ok
}

// Run runs the text: its rows as they come, with every tag as a column, and
// of these the first ones up to a limit, if that is not 0. Only they are named
// and explained. If evidence is asked for, rows that are alike have the same.
func (text Text) Run(ctx context.Context, v *graph.View, evidence bool, limit int) (*Result, error) {
	t := &textRows{limit: limit, tags: map[string]bool{}}
	if evidence {
		t.answers = map[string]*graph.Answer{}
	}
	asked := v.Gizmo(ctx, string(text), nil, evidence)
	for row, err := range asked.Rows() {
		if err != nil {
			return nil, err
		}
		if err := t.add(row); err != nil {
			return nil, err
		}
	}
	res := &Result{Columns: slices.Sorted(maps.Keys(t.tags)), All: t.all, Unrun: asked.Unrun()}
	if i := slices.Index(res.Columns, "id"); i > 0 {
		res.Columns = slices.Insert(slices.Delete(res.Columns, i, i+1), 0, "id")
	}
	return res, t.read(ctx, v, res)
}

// textRows are the rows of a text that are shown, and what is to be known of the
// others.
type textRows struct {
	limit   int // 0 is all
	first   []graph.Row
	tags    map[string]bool
	all     int
	answers map[string]*graph.Answer // of the first rows, with the ways of all that are alike
}

func (t *textRows) add(row graph.Row) error {
	t.all++
	for tag := range row.All() {
		t.tags[tag] = true
	}
	shown := t.limit == 0 || len(t.first) < t.limit
	if t.answers != nil {
		if err := t.trace(row, shown); err != nil {
			return err
		}
	}
	if shown {
		t.first = append(t.first, row)
	}
	return nil
}

// trace notes the ways to a row that is shown, or that is as one which is.
func (t *textRows) trace(row graph.Row, shown bool) error {
	key := rowKey(row)
	a := t.answers[key]
	if a == nil && !shown {
		return nil
	}
	if a == nil {
		a = &graph.Answer{Walked: true}
		t.answers[key] = a
	}
	return note(a, row)
}

// read names the rows that are shown and finds their evidence.
func (t *textRows) read(ctx context.Context, v *graph.View, res *Result) error {
	explained := map[string]Row{}
	for _, raw := range t.first {
		var row Row
		key := ""
		shown, err := values(raw, res.Columns)
		if err != nil {
			return err
		}
		if t.answers == nil {
			row.Cells, err = cells(ctx, v.DescribeFor, shown, nil)
		} else if key = rowKey(raw); explained[key].Evidence == nil {
			a := t.answers[key]
			a.Columns, a.Values = res.Columns, shown
			row, err = explain(ctx, v, a)
			explained[key] = row
		} else {
			row = explained[key]
		}
		if err != nil {
			return err
		}
		res.Rows = append(res.Rows, row)
	}
	return nil
}

// rowKey spells the tags of a row and their values.
func rowKey(row graph.Row) string {
	var b strings.Builder
	for tag, value := range row.All() {
		b.WriteString(tag + "\x00" + value.String() + "\x00")
	}
	return b.String()
}
