package queries

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// Result is the answer to a query.
type Result struct {
	Columns []string // of Cells; every row has said by, sure and denied by besides
	Rows    []Row
	All     int  // how many rows there are; Rows may be a part of them
	From    int  // how many come before Rows
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
	if q.Counted != "" {
		h = append(h, q.Count)
	}
	return append(h, Words...)
}

// Run asks the query with the values that Bind returned. An event that is only
// denied is answered, too, with nobody to assert it.
func (q *Query) Run(ctx context.Context, v *graph.View, params Params) (*Result, error) {
	return q.RunPart(ctx, v, params, 0, 0)
}

// RunPart is Run for the rows from one place in their order up to another, 0 being
// the end: only they are explained. Rows are found whether they are shown or not, so
// that they are counted and come in order.
func (q *Query) RunPart(ctx context.Context, v *graph.View, params Params, from, to int) (*Result, error) {
	return q.RunPage(ctx, v, params, from, to, 0)
}

// RunPage is RunPart for an answer that is explained whole if that takes no more than to
// explain so many rows: then it begins with the first.
func (q *Query) RunPage(ctx context.Context, v *graph.View, params Params, from, to, few int) (*Result, error) {
	res := &Result{Columns: slices.Clone(q.Columns)}
	if q.Counted != "" {
		res.Columns = append(res.Columns, q.Count)
	}
	front := 0
	only, err := v.SomeOnlyDenied(ctx)
	if to > 0 && !only { // of what is only denied not every answer counts
		front = max(to, few)
	}
	if err != nil {
		return nil, err
	}
	asserted, err := q.fold(ctx, v, params, nil, front)
	if err == nil {
		err = q.withoutBackground(ctx, v, params, asserted)
	}
	if err != nil {
		return nil, err
	}
	res.Unrun = asserted.unrun
	found := newSelection(from, to, few, len(res.Columns))
	for f := range asserted.all() {
		if f.denied { // of what is only denied; the row that says so comes below
			row, err := f.finish(ctx)
			if err != nil {
				return nil, err
			}
			if len(row.Evidence.Claims) == 0 {
				continue
			}
		}
		if err := found.add(ctx, f); err != nil {
			return nil, err
		}
	}
	whole, err := v.WithDenied(ctx)
	if whole != nil && err == nil {
		err = q.addDenied(ctx, whole, params, asserted, found)
	}
	if err != nil {
		return nil, err
	}
	res.Rows, err = found.rows(ctx)
	res.All, res.From = found.all, found.from
	return res, err
}

// addDenied adds the rows about events of which nobody asserts anything.
func (q *Query) addDenied(ctx context.Context, whole *graph.View, params Params, asserted *folds, found *selection) error {
	denied, err := q.fold(ctx, whole, params, nil, 0)
	if err == nil {
		err = alignKeys(ctx, asserted, denied)
	}
	if err != nil {
		return err
	}
	for f := range denied.all() {
		if like, err := asserted.like(ctx, f); like != nil || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		row, err := f.finish(ctx)
		if err != nil {
			return err
		}
		if !row.Evidence.OnlyDenied {
			continue
		}
		if err := found.add(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// fold asks the query. Rows of answers that others have are only counted there, but for
// those that background may have a say in. Of answers that come after the first ones up to
// a number so much is kept that they are counted; 0 keeps all.
func (q *Query) fold(ctx context.Context, v *graph.View, params Params, others *folds, to int) (*folds, error) {
	all := &folds{v: v, columns: q.Columns, counted: q.Counted, others: others, front: front{to: to}, keys: keys{closed: map[string]*fold{}}}
	asked, err := v.Saved(ctx, q.Text, q.globals(params))
	if err != nil {
		return nil, err
	}
	for row, err := range asked.RowsAhead() {
		if err != nil {
			return nil, err
		}
		if err := all.add(ctx, row); err != nil {
			return nil, err
		}
	}
	all.leaveBehind()
	all.asked, all.unrun = asked, asked.Unrun()
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
