package queries

import (
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// Result is the answer to a query.
type Result struct {
	Columns []string // of Cells; every row has said by, sure and denied by besides
	Rows    []Row
	All     int  // how many rows there are; Rows may be the first of them
	Unrun   bool // the text made a path and did not run it
}

// Row is one answer and what stands behind it.
type Row struct {
	Cells    []graph.Cell    // beside Columns; a Cell without a Value was not found
	Evidence *graph.Evidence // nil where none was asked for
}

// headings are all column names of a saved query's rows.
func (q *Query) headings() []string {
	h := slices.Clone(q.Columns)
	if q.Count != nil {
		h = append(h, q.Count.Column)
	}
	return append(h, Words...)
}

// Run asks the query with the values that Bind returned. An event that is only
// denied is answered, too, with nobody to assert it.
func (q *Query) Run(ctx context.Context, v *graph.View, params Params) (*Result, error) {
	res := &Result{Columns: slices.Clone(q.Columns)}
	if q.Count != nil {
		res.Columns = append(res.Columns, q.Count.Column)
	}
	asserted, err := q.fold(ctx, v, params)
	if err == nil {
		err = q.withoutBackground(ctx, v, params, asserted)
	}
	if err != nil {
		return nil, err
	}
	res.Unrun = asserted.unrun
	for _, f := range asserted.order {
		row, err := f.finish(ctx, v, q.Count != nil)
		if err != nil {
			return nil, err
		}
		if f.denied && len(row.Evidence.Claims) == 0 {
			continue // of what is only denied; the row that says so comes below
		}
		res.Rows = append(res.Rows, row)
	}
	whole, err := v.WithDenied(ctx)
	if whole != nil && err == nil {
		err = q.addDenied(ctx, whole, params, asserted, res)
	}
	if err == nil {
		err = sortRows(ctx, res.Rows)
	}
	res.All = len(res.Rows)
	return res, err
}

// addDenied adds the rows about events of which nobody asserts anything.
func (q *Query) addDenied(ctx context.Context, whole *graph.View, params Params, asserted *folds, res *Result) error {
	denied, err := q.fold(ctx, whole, params)
	if err != nil {
		return err
	}
	for _, f := range denied.order {
		if asserted.byKey[f.key] != nil {
			continue
		}
		row, err := f.finish(ctx, whole, q.Count != nil)
		if err != nil {
			return err
		}
		if row.Evidence.OnlyDenied {
			res.Rows = append(res.Rows, row)
		}
	}
	return nil
}

func (q *Query) fold(ctx context.Context, v *graph.View, params Params) (*folds, error) {
	all := &folds{columns: q.Columns, byKey: map[string]*fold{}}
	asked, err := v.Saved(ctx, q.Text, q.globals(params))
	if err != nil {
		return nil, err
	}
	for row, err := range asked.Rows() {
		if err != nil {
			return nil, err
		}
		f, err := all.add(ctx, v, row)
		if err != nil {
			return nil, err
		}
		if q.Count != nil && row.Get(q.Count.Tag) != nil {
			f.counted[row.Get(q.Count.Tag)] = true
		}
	}
	all.unrun = asked.Unrun()
	return all, nil
}

// globals are the values of all parameters: nil, which is undefined, for those
// without one.
func (q *Query) globals(params Params) Params {
	given := Params{}
	for _, p := range q.Params {
		given[p.Name] = params[p.Name]
	}
	return given
}

// folds are the answers of a saved question in the order they first came: nodes
// that sources join are one, and equal figures.
type folds struct {
	columns []string
	byKey   map[string]*fold
	order   []*fold
	unrun   bool
}

// fold is the rows of one answer: those that agree in all columns.
type fold struct {
	key     string
	answer  *graph.Answer
	denied  bool // it speaks of something that is only denied
	counted map[quad.Value]bool
}

func (a *folds) add(ctx context.Context, v *graph.View, row graph.Row) (*fold, error) {
	shown := values(row, a.columns)
	for i := range shown {
		var err error
		if shown[i], err = v.Canonical(ctx, shown[i]); err != nil {
			return nil, err
		}
	}
	key, err := foldKey(ctx, v, shown)
	if err != nil {
		return nil, err
	}
	f := a.byKey[key]
	if f == nil {
		answer := &graph.Answer{Columns: a.columns, Values: shown, Joined: true}
		f = &fold{key: key, answer: answer, counted: map[quad.Value]bool{}}
		a.byKey[key] = f
		a.order = append(a.order, f)
	}
	for i, value := range shown {
		if value != f.answer.Values[i] {
			f.answer.Alias(value, f.answer.Values[i])
		}
	}
	for _, value := range row.All() {
		only, err := v.OnlyDenied(ctx, value)
		if err != nil {
			return nil, err
		}
		f.denied = f.denied || only
	}
	note(f.answer, row)
	return f, nil
}

// note adds the ways to a row.
func note(a *graph.Answer, row graph.Row) {
	a.Untraced = a.Untraced || row.Untraced
	a.MoreWays = a.MoreWays || row.MoreWays
	for _, way := range row.Ways {
		a.Add(way)
	}
}

func values(row graph.Row, columns []string) []quad.Value {
	list := make([]quad.Value, len(columns))
	for i, c := range columns {
		list[i] = row.Get(c)
	}
	return list
}

// foldKey spells the cells of a row. Rows that people read alike are one.
func foldKey(ctx context.Context, v *graph.View, values []quad.Value) (string, error) {
	var b strings.Builder
	for _, value := range values {
		if value != nil {
			text, err := v.Same(ctx, value)
			if err != nil {
				return "", err
			}
			b.WriteString(text)
		}
		b.WriteByte(0)
	}
	return b.String(), nil
}

func (f *fold) finish(ctx context.Context, v *graph.View, counts bool) (Row, error) {
	f.answer.Counted = counts
	row, err := explain(ctx, v, f.answer)
	if counts && err == nil {
		n := quad.Int(len(f.counted))
		row.Cells = append(row.Cells, graph.Cell{Value: n, Text: graph.Text(n)})
	}
	return row, err
}

// explain finds the evidence of an answer, and names its cells as the sources do
// that it rests on.
func explain(ctx context.Context, v *graph.View, a *graph.Answer) (Row, error) {
	evidence, err := v.Evidence(ctx, a)
	if err != nil {
		return Row{}, err
	}
	row := Row{Evidence: evidence}
	var sources []quad.IRI
	for _, c := range evidence.Claims {
		sources = append(sources, c.Source)
	}
	describe := v.DescribeFor
	if a.Joined {
		describe = v.DescribeAll
	}
	if row.Cells, err = cells(ctx, describe, a.Values, sources); err != nil {
		return Row{}, err
	}
	return row, row.read(ctx, v)
}

// describer tells what people read for a term in a row of sources.
type describer func(context.Context, quad.Value, []quad.IRI) (graph.Cell, error)

// cells are what a row of sources shows.
func cells(ctx context.Context, describe describer, values []quad.Value, sources []quad.IRI) ([]graph.Cell, error) {
	list := make([]graph.Cell, len(values))
	var err error
	for i, value := range values {
		if list[i], err = describe(ctx, value, sources); err != nil {
			return nil, err
		}
	}
	return list, nil
}
