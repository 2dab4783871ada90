package queries

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kg/graph"
)

// Failure is an example that gave other rows than it must.
type Failure struct {
	Call          string
	Missing, Over [][]string // rows that should be there, and rows that should not
}

// Test runs the examples of a query that have expected rows against the graph
// and returns how many there were and which failed.
func (q *Query) Test(ctx context.Context, v *graph.View) (tested int, failures []Failure, err error) {
	for _, e := range q.Examples {
		params, err := q.Bind(ctx, v, e.Args)
		if err != nil {
			return tested, failures, err
		}
		res, err := q.Run(ctx, v, params)
		if err != nil {
			return tested, failures, fmt.Errorf("query %s: %w", q.Name, err)
		}
		tested++
		var got [][]string
		for _, row := range res.Rows {
			got = append(got, row.Texts())
		}
		f := Failure{Call: strings.Join(append([]string{"kg query", q.Name}, e.Args...), " ")}
		f.Missing, f.Over = differ(e.Rows, got), differ(got, e.Rows)
		if len(f.Missing)+len(f.Over) > 0 || !slices.EqualFunc(got, e.Rows, slices.Equal) {
			failures = append(failures, f)
		}
	}
	return tested, failures, nil
}

// Texts are a row's columns as people read them, and the words on its evidence.
func (r Row) Texts() []string {
	var texts []string
	for _, c := range r.Cells {
		texts = append(texts, c.Text)
	}
	if r.Evidence != nil {
		texts = append(texts, r.Evidence.SaidBy(), r.Evidence.Sure(), r.Evidence.DeniedBy())
	}
	return texts
}

// differ lists the rows of a that are not in b.
func differ(a, b [][]string) [][]string {
	var only [][]string
	for _, row := range a {
		if !slices.ContainsFunc(b, func(other []string) bool { return slices.Equal(row, other) }) {
			only = append(only, row)
		}
	}
	return only
}
