package queries

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/graph/gizmo"
	"kg/schema"
)

// Result is the answer to a query.
type Result struct {
	Columns []string // of Cells; every row has said by and sure besides
	Rows    []Row
	// AllRead says that the query made its rows of results it had read into its
	// variables, by count or toArray say: the evidence of these is all it had
	// read by then.
	AllRead bool
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

// Run asks the query with the values that Bind returned.
func (q *Query) Run(ctx context.Context, v *graph.View, params Params) (*Result, error) {
	folded, allRead := map[string]*fold{}, false
	var order []*fold
	for row, err := range v.Gizmo(ctx, q.Text, gizmo.Options{Params: params, Evidence: true}).Rows() {
		if err != nil {
			return nil, err
		}
		allRead = allRead || row.AllRead
		key := rowKey(row, q.Columns)
		f := folded[key]
		if f == nil {
			f = newFold(row)
			folded[key] = f
			order = append(order, f)
		}
		f.add(row, q.Count)
	}
	res := &Result{Columns: slices.Clone(q.Columns), AllRead: allRead}
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

// RunText runs any Gizmo: its rows as they come, with every tag as a column,
// and with evidence if that is asked for.
func RunText(ctx context.Context, v *graph.View, text string, evidence bool) (*Result, error) {
	var rows []gizmo.Row
	tags := map[string]bool{}
	for row, err := range v.Gizmo(ctx, text, gizmo.Options{Evidence: evidence}).Rows() {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
		for tag := range row.All() {
			tags[tag] = true
		}
	}
	res := &Result{Columns: slices.Sorted(maps.Keys(tags))}
	if i := slices.Index(res.Columns, "id"); i > 0 {
		res.Columns = slices.Insert(slices.Delete(res.Columns, i, i+1), 0, "id")
	}
	shown := &Query{Columns: res.Columns}
	for _, raw := range rows {
		res.AllRead = res.AllRead || raw.AllRead
		f := newFold(raw)
		f.add(raw, nil)
		row, err := f.finish(ctx, v, shown)
		if err != nil {
			return nil, err
		}
		res.Rows = append(res.Rows, row)
	}
	return res, nil
}

// fold is the rows of one answer: those that agree in all columns.
type fold struct {
	row     gizmo.Row
	counted map[quad.Value]bool
	quads   map[quad.Quad]bool // that any of the rows came through
	values  map[quad.Value]bool
}

func newFold(row gizmo.Row) *fold {
	return &fold{row: row, counted: map[quad.Value]bool{}, quads: map[quad.Quad]bool{}, values: map[quad.Value]bool{}}
}

func rowKey(row gizmo.Row, columns []string) string {
	var b strings.Builder
	for _, c := range columns {
		if value := row.Get(c); value != nil {
			b.WriteString(value.String())
		}
		b.WriteByte(0)
	}
	return b.String()
}

func (f *fold) add(row gizmo.Row, count *Count) {
	for _, q := range row.Quads {
		f.quads[q] = true
	}
	if row.AllRead { // and the answer may rest on any of it
		for _, q := range row.Read {
			f.quads[q] = true
		}
	}
	for _, value := range row.All() {
		if iri, ok := value.(quad.IRI); ok {
			f.values[iri] = true
		}
	}
	if count != nil && row.Get(count.Tag) != nil {
		f.counted[row.Get(count.Tag)] = true
	}
}

func (f *fold) finish(ctx context.Context, v *graph.View, q *Query) (Row, error) {
	evidence, err := v.Evidence(ctx, slices.Collect(maps.Keys(f.quads)), slices.Collect(maps.Keys(f.values))...)
	if err != nil {
		return Row{}, err
	}
	row := Row{Evidence: evidence, Sure: evidence.Sure()}
	var errs []error
	for _, c := range q.Columns {
		cell, err := v.Describe(ctx, f.row.Get(c))
		row.Cells = append(row.Cells, cell)
		errs = append(errs, err)
	}
	if q.Count != nil {
		n := quad.Int(len(f.counted))
		row.Cells = append(row.Cells, graph.Cell{Value: n, Text: graph.Text(n)})
	}
	row.SaidBy, err = v.SaidBy(ctx, evidence)
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
