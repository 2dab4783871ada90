// Package answers makes the answers of a question out of the rows of its Gizmo.
//
// A saved query runs over a view and gives raw rows: one per way through the graph. Rows
// whose columns people read alike are one answer: nodes that sources join are one node,
// and figures that say the same are one figure. So rows are grouped, as by GROUP BY:
//
//   - keys.go gives each row a key: the numbers of its terms where it can, or else
//     their texts; key_table.go finds the group of a key.
//   - groups.go holds a few numbers per group, since there can be a million.
//   - threshold.go tells early which groups come after those that are wanted; they
//     are only counted.
//   - selection.go sorts the groups that are left, and reads of a cell only what
//     decides (cells.go).
//   - background.go gives an answer that needs no background the evidence that it has
//     without.
//
// The answers that are returned are explained: graph.View.Evidence finds the minimal
// witnesses of their ways, and relations are put into the words of the direction in which
// they were walked (readings.go). raw.go does this for a text that is no saved query,
// whose rows are not grouped.
package answers

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// Question is a query whose rows are grouped.
type Question struct {
	Text    string                // Gizmo
	Params  map[string]quad.Value // its global variables; nil is undefined
	Columns []string              // tags, in order
	Counted string                // the tag whose different values are counted, in a column of its own; empty for none
}

// Row is one answer.
type Row struct {
	Cells    []graph.Cell    // beside the columns, and the count behind them
	Evidence *graph.Evidence // nil if it was not asked for
}

// Answers are those of a question, or a part of them, in order.
type Answers struct {
	Rows    []Row
	Columns []string // of Rows, without the count
	All     int      // how many there are
	From    int      // how many come before Rows
	Unrun   bool     // the text made a path and did not run it
}

// Find returns the answers from one position up to another, 0 being the end. All are
// found and counted, and these are explained. If there are at most few answers, and not
// many ways to them (see waysPerRow), all are returned. An event that is only denied is an
// answer, too, with nobody to assert it.
func (q *Question) Find(ctx context.Context, v *graph.View, from, to, few int) (*Answers, error) {
	first := 0
	only, err := v.SomeOnlyDenied(ctx)
	if to > 0 && !only { // not every group about what is only denied is an answer
		first = max(to, few)
	}
	if err != nil {
		return nil, err
	}
	asserted, err := q.group(ctx, v, nil, first)
	if err == nil {
		err = q.withoutBackground(ctx, v, asserted)
	}
	if err != nil {
		return nil, err
	}
	found := newSelection(from, to, few, len(q.Columns))
	if q.Counted != "" {
		found.columns++
	}
	for g := range asserted.all() {
		if g.denied { // addDenied adds the row that says so
			row, err := g.explain(ctx)
			if err != nil {
				return nil, err
			}
			if len(row.Evidence.Claims) == 0 {
				continue
			}
		}
		if err := found.add(ctx, g); err != nil {
			return nil, err
		}
	}
	whole, err := v.WithDenied(ctx)
	if whole != nil && err == nil {
		err = q.addDenied(ctx, whole, asserted, found)
	}
	if err != nil {
		return nil, err
	}
	rows, err := found.rows(ctx)
	return &Answers{Rows: rows, Columns: slices.Clone(q.Columns), All: found.all, From: found.from, Unrun: asserted.unrun}, err
}

// addDenied adds the answers about events of which nobody asserts anything.
func (q *Question) addDenied(ctx context.Context, whole *graph.View, asserted *groups, found *selection) error {
	denied, err := q.group(ctx, whole, nil, 0)
	if err == nil {
		err = alignKeys(ctx, asserted, denied)
	}
	if err != nil {
		return err
	}
	for g := range denied.all() {
		if same, err := asserted.sameAs(ctx, g); same != nil || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		row, err := g.explain(ctx)
		if err != nil {
			return err
		}
		if !row.Evidence.OnlyDenied {
			continue
		}
		if err := found.add(ctx, g); err != nil {
			return err
		}
	}
	return nil
}

// First explains the group that is found first in a view, or returns nil if there is
// none.
func (q *Question) First(ctx context.Context, v *graph.View) (*Row, error) {
	found, err := q.group(ctx, v, nil, 0)
	if err != nil || found.n == 0 {
		return nil, err
	}
	row, err := found.at(0).explain(ctx)
	return &row, err
}

// group runs the question and groups its rows. With others, it groups only the rows whose
// group in others needs background, or may; the rest are counted in others. If first is
// not 0, groups behind so many are only counted.
func (q *Question) group(ctx context.Context, v *graph.View, others *groups, first int) (*groups, error) {
	asked, err := v.Saved(ctx, q.Text, q.Params)
	if err != nil {
		return nil, err
	}
	gs := &groups{v: v, asked: asked, columns: q.Columns, counted: q.Counted, others: others, threshold: threshold{first: first}, keys: keys{full: map[string]*group{}}}
	for row, err := range asked.RowsAhead() {
		if err != nil {
			return nil, err
		}
		if err := gs.add(ctx, row); err != nil {
			return nil, err
		}
	}
	gs.endThreshold()
	gs.unrun = asked.Unrun()
	return gs, nil
}

// addWays adds the ways to a row to those of an answer.
func addWays(a *graph.Answer, row graph.Row) error {
	a.Untraced = a.Untraced || row.Untraced
	a.MoreWays = a.MoreWays || row.MoreWays
	ways, err := row.Ways()
	for _, way := range ways {
		a.Add(way)
	}
	return err
}

// explain finds the evidence of an answer, and names its cells as the sources of the
// evidence do.
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
	return row, row.readRelations(ctx, v)
}

// cells describes values as sources do.
func cells(ctx context.Context, describe func(context.Context, quad.Value, []quad.IRI) (graph.Cell, error), values []quad.Value, sources []quad.IRI) ([]graph.Cell, error) {
	list := make([]graph.Cell, len(values))
	var err error
	for i, value := range values {
		if list[i], err = describe(ctx, value, sources); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// valuesOf returns a row's values, beside columns.
func valuesOf(row graph.Row, columns []string) (list []quad.Value, err error) {
	list = make([]quad.Value, len(columns))
	for i, c := range columns {
		if list[i], err = row.Value(c); err != nil {
			return nil, err
		}
	}
	return list, nil
}
