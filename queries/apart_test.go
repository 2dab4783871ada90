package queries_test

import (
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
)

func TestResultsTellLanguagesApart(t *testing.T) {
	t.Parallel()
	cell := func(lang string) graph.Cell {
		return graph.Cell{Value: quad.LangString{Value: "colour", Lang: lang}, Text: "colour"}
	}
	res := &queries.Result{Columns: []string{"a", "b"}, Rows: []queries.Row{{Cells: []graph.Cell{cell("en"), cell("en")}}, {Cells: []graph.Cell{cell("fr"), cell("en")}}}}
	res.TellApart()
	for i, want := range [][2]string{{"colour @en", "colour"}, {"colour @fr", "colour"}} {
		if got := res.Rows[i].Cells; got[0].Text != want[0] || got[1].Text != want[1] {
			t.Errorf("row %d: %v", i, got)
		}
	}
}
