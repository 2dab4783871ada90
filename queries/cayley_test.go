package queries_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"

	"kg/queries"
)

// Every embedded query runs as it stands in Cayley's own session, and gives as
// many answers in the JSON of its API and in the JSON-LD of its web UI as its
// first example expects.
func TestAsItStandsInCayley(t *testing.T) {
	t.Parallel()
	v, _ := views(t, "donga-2008-04-04.yaml")
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for name, q := range set {
		want := len(q.Examples[0].Rows)
		if len(q.Examples[0].Args) > 0 {
			want = -1 // its call without arguments has no expected rows
		}
		for _, collation := range []query.Collation{query.JSON, query.JSONLD} {
			it, err := gizmo.NewSession(v.QuadStore).Execute(context.Background(), q.Text, query.Options{Collation: collation, Limit: -1})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			answers := map[string]bool{}
			for it.Next(context.Background()) {
				row, ok := it.Result().(map[string]any)
				if !ok {
					t.Fatalf("%s: answered with %T", name, it.Result())
				}
				var key strings.Builder
				for _, c := range q.Columns {
					fmt.Fprintf(&key, "%v\x00", row[c])
				}
				answers[key.String()] = true
			}
			if err := it.Err(); err != nil || len(answers) == 0 || want >= 0 && len(answers) != want {
				t.Errorf("%s, %d: %d answers, not %d: %v", name, collation, len(answers), want, err)
			}
			it.Close()
		}
	}
}
