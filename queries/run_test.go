package queries_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/internal/document"
	"kg/queries"
	"kg/schema"
)

// bundled are kg's own ontology and saved queries.
func bundled(t testing.TB) (*schema.Ontology, queries.Set) {
	t.Helper()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	return o, set
}

// views are the graphs of a claims file and its background: without and with
// what it denies. The integrity check runs at the end of the test.
func views(t testing.TB, name string) (asserted, whole *graph.View) {
	t.Helper()
	store := graphtest.Shared(t, name, func(s *graph.Store) error {
		o, err := schema.ReadOntology()
		if err != nil {
			return err
		}
		file, err := os.ReadFile("../data/" + name)
		if err != nil {
			return err
		}
		doc, err := data.Read(name, file, o, schema.DefaultBase)
		if err != nil {
			return err
		}
		known, err := data.Background(o, schema.DefaultBase)
		if err != nil {
			return err
		}
		opt := graph.LoadOptions{Base: schema.DefaultBase, Background: []*document.Checked{known}}
		_, err = s.Load(context.Background(), o, []*document.Checked{doc}, opt)
		return err
	})
	whole = store.WholeView(schema.DefaultBase)
	t.Cleanup(func() {
		checked, err := whole.Check(context.Background(), nil)
		if err != nil || len(checked.Findings) > 0 {
			t.Errorf("integrity: %v, %v", err, checked.Findings)
		}
	})
	return store.View(schema.DefaultBase), whole
}

// Every embedded query gives the rows that reading the article says it must.
func TestExpectedRows(t *testing.T) {
	v, _ := views(t, "donga-2008-04-04.yaml")
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"embassies", "companies", "officials", "workers", "regions", "bribes", "money-trail",
		"lobbying", "sanctions", "timeline", "sources", "estimates", "neighbours"} {
		q, err := set.Find(name)
		if err != nil {
			t.Error(err)
			continue
		}
		tested, failures, err := q.Test(context.Background(), v)
		if err != nil || tested == 0 || len(failures) > 0 {
			t.Errorf("%s: %d tested, %v, %v", name, tested, failures, err)
		}
		if len(q.Examples) == 0 || len(q.Examples[0].Rows) == 0 {
			t.Errorf("%s: the first example expects no rows", name)
		}
	}
}

// A test of a query can fail: rows that are missing, over, or out of order.
func TestFailures(t *testing.T) {
	v, _ := views(t, "donga-2008-04-04.yaml")
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func([][]string) [][]string{
		"missing": func(rows [][]string) [][]string { return append(rows, slices.Clone(rows[0][:len(rows[0])-1])) },
		"over":    func(rows [][]string) [][]string { return rows[1:] },
		"order":   func(rows [][]string) [][]string { slices.Reverse(rows); return rows },
	} {
		q := *set["sources"]
		q.Examples = []queries.Example{{Rows: change(slices.Clone(q.Examples[0].Rows))}}
		if _, failures, err := q.Test(context.Background(), v); err != nil || len(failures) != 1 {
			t.Errorf("%s: %v, %v", what, failures, err)
		}
	}
}

// Denied edges appear only in queries that ask for them.
func TestDenied(t *testing.T) {
	asserted, whole := views(t, "testdata/example.yaml")
	const text = `/** Who met?
 * @columns who, meeting
 */
var r = function (term) { return g.IRI("https://kg.example/ontology#" + term); };
g.V(r("Meeting")).in(g.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")).tag("meeting").out(r("participant")).tag("who").all();`
	q, err := queries.Parse("met", "met.js", text)
	if err != nil {
		t.Fatal(err)
	}
	denied := [][]string{
		{"Ann Lee", "A meeting of the mayor and the buyer", "nobody", "denied", "Ann Lee"},
		{"North Shore Holding", "A meeting of the mayor and the buyer", "nobody", "denied", "Ann Lee"},
	}
	for _, test := range []struct {
		view *graph.View
		want [][]string
	}{
		{asserted, denied},
		{whole, denied},
	} {
		res, err := q.Run(context.Background(), test.view, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got [][]string
		for _, row := range res.Rows {
			got = append(got, row.Texts())
		}
		if !slices.EqualFunc(got, test.want, slices.Equal) {
			t.Errorf("got %v, want %v", got, test.want)
		}
	}
}

func TestRunText(t *testing.T) {
	v, _ := views(t, "testdata/example.yaml")
	tests := []struct {
		text, columns string
		rows          int
	}{
		{`g.V(g.IRI("https://kg.example/company/blue-line")).tag("z").out().tag("a").all()`, "id a z", 5},
		{`g.emit({b: 1, a: "x"})`, "a b", 1},
		{`g.V().has(g.IRI("https://kg.example/ontology#trade")).count()`, "value", 1},
		{`g.V(g.IRI("https://kg.example/nothing")).all()`, "", 0},
	}
	for _, test := range tests {
		res, err := queries.Text(test.text).Run(context.Background(), v, true, 0)
		if err != nil || strings.Join(res.Columns, " ") != test.columns || len(res.Rows) != test.rows {
			t.Errorf("%s: %v, columns %v, %d rows", test.text, err, res.Columns, len(res.Rows))
		}
	}
	if _, err := queries.Text("g.V(").Run(context.Background(), v, true, 0); !errors.Is(err, graph.ErrQuery) {
		t.Errorf("a syntax error gives %v", err)
	}
}
