package queries

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// Result is the answer to a query.
type Result struct {
	Columns []string // of Cells; every row has said by and sure besides
	Rows    []Row
}

// Row is one answer and what stands behind it.
type Row struct {
	Cells    []graph.Cell // beside Columns; a Cell without a Value was not found
	SaidBy   string
	Sure     string
	Evidence graph.Evidence
}

// headings are all column names of a saved query's rows.
func (q *Query) headings() []string {
	h := slices.Clone(q.Columns)
	if q.Count != nil {
		h = append(h, q.Count.Column)
	}
	return append(h, "said by", "sure")
}

// Run runs a text that Bind returned.
func (q *Query) Run(ctx context.Context, v *graph.View, text string) (*Result, error) {
	folded := map[string]*fold{}
	var order []*fold
	for row, err := range v.Gizmo(ctx, text) {
		if err != nil {
			return nil, err
		}
		key := rowKey(row, q.Columns)
		f := folded[key]
		if f == nil {
			f = &fold{row: row, counted: map[quad.Value]bool{}}
			folded[key] = f
			order = append(order, f)
		}
		if err := f.add(ctx, v, row, q.Count); err != nil {
			return nil, err
		}
	}
	res := &Result{Columns: slices.Clone(q.Columns)}
	if q.Count != nil {
		res.Columns = append(res.Columns, q.Count.Column)
	}
	for _, f := range order {
		row, err := f.finish(ctx, v, q)
		if err != nil {
			return nil, err
		}
		res.Rows = append(res.Rows, row)
	}
	slices.SortStableFunc(res.Rows, compareRows)
	return res, nil
}

// RunText runs any Gizmo: its rows as they come, with every tag as a column.
func RunText(ctx context.Context, v *graph.View, text string) (*Result, error) {
	var rows []graph.Row
	tags := map[string]bool{}
	for row, err := range v.Gizmo(ctx, text) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
		for tag := range row {
			tags[tag] = true
		}
	}
	res := &Result{}
	for tag := range tags {
		res.Columns = append(res.Columns, tag)
	}
	slices.Sort(res.Columns)
	if i := slices.Index(res.Columns, "id"); i > 0 {
		res.Columns = slices.Insert(slices.Delete(res.Columns, i, i+1), 0, "id")
	}
	for _, raw := range rows {
		f := &fold{row: raw}
		if err := f.add(ctx, v, raw, nil); err != nil {
			return nil, err
		}
		row, err := f.finish(ctx, v, &Query{Columns: res.Columns})
		if err != nil {
			return nil, err
		}
		res.Rows = append(res.Rows, row)
	}
	return res, nil
}

// fold is the rows of one answer: those that agree in all columns.
type fold struct {
	row      graph.Row
	counted  map[quad.Value]bool
	evidence graph.Evidence
}

func rowKey(row graph.Row, columns []string) string {
	var b strings.Builder
	for _, c := range columns {
		if value := row[c]; value != nil {
			b.WriteString(value.String())
		}
		b.WriteByte(0)
	}
	return b.String()
}

func (f *fold) add(ctx context.Context, v *graph.View, row graph.Row, count *Count) error {
	var values []quad.Value
	for _, value := range row {
		values = append(values, value)
	}
	e, err := v.Evidence(ctx, values)
	if err != nil {
		return err
	}
	f.evidence = f.evidence.And(e)
	if count != nil && row[count.Tag] != nil {
		f.counted[row[count.Tag]] = true
	}
	return nil
}

func (f *fold) finish(ctx context.Context, v *graph.View, q *Query) (Row, error) {
	row := Row{Evidence: f.evidence, Sure: f.evidence.Sure()}
	var errs []error
	for _, c := range q.Columns {
		cell, err := v.Describe(ctx, f.row[c])
		row.Cells = append(row.Cells, cell)
		errs = append(errs, err)
	}
	if q.Count != nil {
		n := quad.Int(len(f.counted))
		row.Cells = append(row.Cells, graph.Cell{Value: n, Text: graph.Text(n)})
	}
	var err error
	row.SaidBy, err = v.SaidBy(ctx, f.evidence)
	return row, errors.Join(append(errs, err)...)
}

// compareRows orders rows by their cells, from left to right.
func compareRows(a, b Row) int {
	for i := range a.Cells {
		if d := compareCells(a.Cells[i], b.Cells[i]); d != 0 {
			return d
		}
	}
	return 0
}

// compareCells orders by figure where both have one - a number, the first day
// of a date - and by what people read otherwise. Nothing comes last.
func compareCells(a, b graph.Cell) int {
	switch {
	case a.Value == nil && b.Value != nil:
		return 1
	case a.Value != nil && b.Value == nil:
		return -1
	}
	x, xok := figure(a)
	y, yok := figure(b)
	if xok && yok {
		if d := cmp.Compare(x, y); d != 0 {
			return d
		}
	}
	return cmp.Or(strings.Compare(firstDay(a), firstDay(b)), strings.Compare(a.Text, b.Text))
}

// figure is the number of a literal or a quantity; of a range, its lower end.
func figure(c graph.Cell) (float64, bool) {
	for _, value := range []quad.Value{c.Value, part(c, schema.Value), part(c, schema.MinValue), part(c, schema.MaxValue)} {
		switch t := value.(type) {
		case quad.Int:
			return float64(t), true
		case quad.Float:
			return float64(t), true
		}
	}
	return 0, false
}

// firstDay is the earliest day of a date, or the latest where it is open.
func firstDay(c graph.Cell) string {
	return cmp.Or(graph.Text(part(c, schema.Earliest)), graph.Text(part(c, schema.Latest)))
}

func part(c graph.Cell, predicate quad.IRI) quad.Value {
	return c.Parts[graph.LastPart(predicate)]
}
