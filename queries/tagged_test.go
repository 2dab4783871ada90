package queries_test

import (
	"context"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/queries"
	"kg/schema"
)

// TestEveryNodeIsTagged: a saved question shows or tags every node that a row
// came through, so that a row has one witness for each choice of them and its
// evidence is that of what is shown. Recursions are aside: no question without
// parameters has one over claims.
func TestEveryNodeIsTagged(t *testing.T) {
	t.Parallel()
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"donga-2008-04-04.yaml", "testdata/example.yaml"} {
		v, _ := views(t, file)
		for name, q := range set {
			params, err := q.Bind(context.Background(), v, nil)
			if err != nil {
				continue // its default is of the other file
			}
			given := map[string]quad.Value{}
			for _, p := range q.Params {
				given[p.Name] = params[p.Name]
			}
			for row, err := range v.Gizmo(context.Background(), q.Text, given, true).Rows() {
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				shown := map[quad.Value]bool{}
				for _, value := range row.All() {
					shown[value] = true
				}
				ways, err := row.Ways()
				if row.Untraced || len(ways) == 0 || err != nil {
					t.Errorf("%s: a row is not traced", name)
				}
				labels := map[quad.Value]bool{} // a label context asks of each edge whose claim it is
				for _, q := range slices.Concat(ways...) {
					labels[q.Label] = true
				}
				for _, q := range slices.Concat(ways...) {
					if q.Label == schema.OntologyIRI || labels[q.Subject] && q.Predicate == schema.FromSource {
						continue
					}
					if !shown[q.Subject] || !shown[q.Object] {
						t.Errorf("%s: a row came through %v and tags %v", name, q, shown)
					}
				}
			}
		}
	}
}
