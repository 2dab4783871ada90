package queries

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// Result is the answer to a query.
type Result struct {
	Columns []string // of Cells; every row has said by, sure and denied by besides
	Rows    []Row
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
	slices.SortStableFunc(res.Rows, compareRows)
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
	all := &folds{columns: q.Columns, joined: true, byKey: map[string]*fold{}}
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

// RunText runs any Gizmo: its rows as they come, with every tag as a column. If
// evidence is asked for, rows that are alike have the same.
func RunText(ctx context.Context, v *graph.View, text string, evidence bool) (*Result, error) {
	var rows []graph.Row
	tags := map[string]bool{}
	asked := v.Gizmo(ctx, text, nil, evidence)
	for row, err := range asked.Rows() {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
		for tag := range row.All() {
			tags[tag] = true
		}
	}
	res := &Result{Columns: slices.Sorted(maps.Keys(tags)), Unrun: asked.Unrun()}
	if i := slices.Index(res.Columns, "id"); i > 0 {
		res.Columns = slices.Insert(slices.Delete(res.Columns, i, i+1), 0, "id")
	}
	if !evidence {
		for _, raw := range rows {
			cells, err := cells(ctx, v.DescribeFor, values(raw, res.Columns), nil)
			if err != nil {
				return nil, err
			}
			res.Rows = append(res.Rows, Row{Cells: cells})
		}
		return res, nil
	}
	all := &folds{columns: res.Columns, byKey: map[string]*fold{}}
	var of []*fold
	for _, raw := range rows {
		f, err := all.add(ctx, v, raw)
		if err != nil {
			return nil, err
		}
		of = append(of, f)
	}
	finished := map[*fold]Row{}
	for _, f := range of {
		row, ok := finished[f]
		if !ok {
			var err error
			if row, err = f.finish(ctx, v, false); err != nil {
				return nil, err
			}
			finished[f] = row
		}
		res.Rows = append(res.Rows, row)
	}
	return res, nil
}

// folds are answers in the order they first came.
type folds struct {
	columns []string
	joined  bool // of a saved question: nodes that sources join are one, and equal figures
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
		if !a.joined {
			break
		}
		var err error
		if shown[i], err = v.Canonical(ctx, shown[i]); err != nil {
			return nil, err
		}
	}
	key, err := a.key(ctx, v, shown)
	if err != nil {
		return nil, err
	}
	f := a.byKey[key]
	if f == nil {
		answer := &graph.Answer{Columns: a.columns, Values: shown, Joined: a.joined, Walked: !a.joined}
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
	f.answer.Untraced = f.answer.Untraced || row.Untraced
	f.answer.MoreWays = f.answer.MoreWays || row.MoreWays
	for _, way := range row.Ways {
		f.answer.Add(way)
	}
	return f, nil
}

func values(row graph.Row, columns []string) []quad.Value {
	list := make([]quad.Value, len(columns))
	for i, c := range columns {
		list[i] = row.Get(c)
	}
	return list
}

// key spells the cells of a row. Rows of a saved question that people read alike
// are one.
func (a *folds) key(ctx context.Context, v *graph.View, values []quad.Value) (string, error) {
	var b strings.Builder
	for _, value := range values {
		switch {
		case value == nil:
		case a.joined:
			text, err := v.Same(ctx, value)
			if err != nil {
				return "", err
			}
			b.WriteString(text)
		default:
			b.WriteString(value.String())
		}
		b.WriteByte(0)
	}
	return b.String(), nil
}

func (f *fold) finish(ctx context.Context, v *graph.View, counts bool) (Row, error) {
	f.answer.Counted = counts
	evidence, err := v.Evidence(ctx, f.answer)
	if err != nil {
		return Row{}, err
	}
	row := Row{Evidence: evidence}
	var sources []quad.IRI
	for _, c := range evidence.Claims {
		sources = append(sources, c.Source)
	}
	describe := v.DescribeFor
	if f.answer.Joined {
		describe = v.DescribeAll
	}
	if row.Cells, err = cells(ctx, describe, f.answer.Values, sources); err != nil {
		return Row{}, err
	}
	if err := row.read(ctx, v); err != nil {
		return Row{}, err
	}
	if counts {
		n := quad.Int(len(f.counted))
		row.Cells = append(row.Cells, graph.Cell{Value: n, Text: graph.Text(n)})
	}
	return row, nil
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
