package queries

import (
	"context"
	"fmt"
	"slices"

	"kg/graph"
)

// Failure is an example that gave other rows than it must.
type Failure struct {
	Example   int // its place among the query's
	Call      string
	Want, Got [][]string
	columns   []string
}

// Test runs the examples of a query against the graph, compares the rows they
// give with those they must, and returns how many there were and which failed.
func (q *Query) Test(ctx context.Context, v *graph.View) (tested int, failures []Failure, err error) {
	for i, e := range q.Examples {
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
		if !slices.EqualFunc(got, e.Rows, slices.Equal) {
			failures = append(failures, Failure{Example: i, Call: q.Call(e.Args...), Want: e.Rows, Got: got, columns: q.headings()})
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

// Differences says which rows differ, a line each: cell by cell where a row that
// came is like the one expected.
func (f Failure) Differences() []string {
	at := pair(f.Want, f.Got)
	var lines []string
	last := -1
	for i, row := range f.Want {
		j := at[i]
		if j < 0 {
			lines = append(lines, fmt.Sprintf("row %d is missing: %s", i+1, formatRow(row)))
			continue
		}
		for c := range row {
			if row[c] != f.Got[j][c] {
				lines = append(lines, fmt.Sprintf("row %d, %s: expected %q, found %q", i+1, f.columns[c], row[c], f.Got[j][c]))
			}
		}
		if j < last {
			lines = append(lines, fmt.Sprintf("row %d comes too early, as row %d: %s", i+1, j+1, formatRow(row)))
		}
		last = max(last, j)
	}
	for j, row := range f.Got {
		if !slices.Contains(at, j) {
			lines = append(lines, fmt.Sprintf("one row too many, row %d: %s", j+1, formatRow(row)))
		}
	}
	return lines
}

// pair gives the place of the row that stands for each expected one, -1 for none:
// of the same row, or else, among those left, of the one with most cells in
// common.
func pair(want, got [][]string) []int {
	at := make([]int, len(want))
	used := make([]bool, len(got))
	take := func(i int, common func(j int) int) {
		at[i] = -1
		most := 0
		for j := range got {
			if n := common(j); !used[j] && n > most {
				at[i], most = j, n
			}
		}
		if at[i] >= 0 {
			used[at[i]] = true
		}
	}
	for i, row := range want {
		take(i, func(j int) int {
			if slices.Equal(row, got[j]) {
				return 1
			}
			return 0
		})
	}
	for i, row := range want {
		if at[i] < 0 {
			take(i, func(j int) int { return alike(row, got[j]) })
		}
	}
	return at
}

// alike counts the cells that two rows have in common, empty ones aside.
func alike(a, b []string) (n int) {
	for i := range a {
		if a[i] == b[i] && a[i] != "" {
			n++
		}
	}
	return n
}
