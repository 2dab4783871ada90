package queries

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/languages"
	"kg/queries/internal/answers"
)

// Result is the answers to a query.
type Result struct {
	Columns []string // of Cells; the columns of Words come behind them
	Rows    []Row
	All     int  // how many rows there are; Rows may be a part of them
	From    int  // how many come before Rows
	Unrun   bool // the text made a path and did not run it
}

// Row is one answer, with its evidence.
type Row struct {
	Cells    []graph.Cell    // beside Columns; a Cell without a Value is empty
	Evidence *graph.Evidence // nil if it was not asked for
}

func newResult(columns []string, found *answers.Answers) *Result {
	res := &Result{Columns: columns, All: found.All, From: found.From, Unrun: found.Unrun}
	for _, row := range found.Rows {
		res.Rows = append(res.Rows, Row(row))
	}
	return res
}

// TellApart adds the language to the texts of cells that differ by nothing else from
// others in their column.
func (r *Result) TellApart() {
	for i := range r.Columns {
		var values []quad.Value
		var texts []*string
		for _, row := range r.Rows {
			values, texts = append(values, row.Cells[i].Value), append(texts, &row.Cells[i].Text)
		}
		languages.TellApart(values, texts)
	}
}

// columns returns the names of the columns of a result.
func (q *Query) columns() []string {
	columns := slices.Clone(q.Columns)
	if q.Counted != "" {
		columns = append(columns, q.Count)
	}
	return columns
}

// headings returns columns, and those of Words.
func (q *Query) headings() []string { return append(q.columns(), Words...) }

// Run runs the query with the values that Bind returned. An event that is only denied is
// an answer, too, with nobody to assert it.
func (q *Query) Run(ctx context.Context, v *graph.View, params map[string]quad.Value) (*Result, error) {
	return q.RunPage(ctx, v, params, 0, 0, 0)
}

// RunPage is Run for the rows from one position in their order up to another, 0 being
// the end. All rows are found, counted and sorted, and these are explained: evidence is
// what takes time. If there are at most few rows, and not many ways to them, all are
// returned.
func (q *Query) RunPage(ctx context.Context, v *graph.View, params map[string]quad.Value, from, to, few int) (*Result, error) {
	found, err := q.ask(params).Find(ctx, v, from, to, few)
	if err != nil {
		return nil, err
	}
	return newResult(q.columns(), found), nil
}

// ask returns the question that the query asks with some values.
func (q *Query) ask(params map[string]quad.Value) *answers.Question {
	return &answers.Question{Text: q.Text, Params: q.globals(params), Columns: q.Columns, Counted: q.Counted}
}

// globals returns the values of all parameters: nil, which is undefined, for those
// without one.
func (q *Query) globals(params map[string]quad.Value) map[string]quad.Value {
	given := map[string]quad.Value{}
	for _, p := range q.Params {
		given[p.Name] = params[p.Name]
	}
	return given
}

// Text is a text of Gizmo that is no saved query.
type Text string

// HasHeader reports whether the text is a saved query all the same.
func (text Text) HasHeader() bool {
	_, ok := header(string(text))
	return ok
}

// Run runs the text and returns its rows as they come, with every tag as a column: the
// first ones up to a limit, if that is not 0. Without evidence, it is quicker.
func (text Text) Run(ctx context.Context, v *graph.View, evidence bool, limit int) (*Result, error) {
	found, err := answers.Raw(ctx, v, string(text), evidence, limit)
	if err != nil {
		return nil, err
	}
	return newResult(found.Columns, found), nil
}
