package queries_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"kg/queries"
)

// TestKeysOfBothKinds: rows of a path, which have numbers, and rows that a script
// gives out, which have none, are one answer if they are read alike, whichever comes
// first; and the answers are those of each alone.
func TestKeysOfBothKinds(t *testing.T) {
	t.Parallel()
	const (
		path = `var path = g.Kind("Thing").tag("event").out(["<kgo:amount>", "<kgo:date>"], "as").tag("figure");`
		all  = `path.all();`
		emit = `path.forEach(function (row) { g.emit(row); });`
	)
	for _, file := range []string{"donga-2008-04-04.yaml", "testdata/example.yaml"} {
		_, v := views(t, file)
		for _, columns := range [][]string{{"figure"}, {"event", "as", "figure", "none"}} {
			var want *queries.Result
			for _, text := range []string{emit, all, all + all, all + emit, emit + all} {
				q := &queries.Query{Name: "mixed", Columns: columns, Text: path + text}
				got, err := q.Run(context.Background(), v, nil)
				if err != nil {
					t.Fatal(err)
				}
				if want == nil {
					want = got
				}
				same := func(a, b queries.Row) bool {
					return slices.Equal(a.Texts(), b.Texts()) && maps.Equal(claimsOf(a), claimsOf(b))
				}
				if len(got.Rows) == 0 || !slices.EqualFunc(got.Rows, want.Rows, same) {
					t.Errorf("%s %v %s: got\n%v\nwant\n%v", file, columns, text, texts(got.Rows), texts(want.Rows))
				}
			}
		}
	}
}
