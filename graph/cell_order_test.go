package graph_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// TestCellsHaveOneOrder is the law of Compare: of any two cells one comes first, or they
// are alike, and what comes before a cell comes before all that come after it.
func TestCellsHaveOneOrder(t *testing.T) {
	t.Parallel()
	cells := []graph.Cell{{}}
	for _, value := range []quad.Value{quad.Int(5), quad.Int(10), quad.Int(1 << 53), quad.Int(1<<53 + 1), quad.Float(5), quad.Float(-2), quad.Float(math.NaN()),
		quad.String("3 of them"), quad.String("10"), quad.String("a"), quad.String(""), quad.Bool(true), quad.LangString{Value: "7", Lang: "en"}} {
		cells = append(cells, graph.Cell{Value: value, Text: graph.Text(value)})
	}
	day := quad.String("2008-01-01")
	for _, parts := range []map[string]quad.Value{nil, {}, {"value": quad.Int(7)}, {"minValue": quad.Int(5), "maxValue": quad.Int(10)}, {"maxValue": quad.Float(5)},
		{"earliest": day}, {"latest": day}, {"earliest": quad.String("2007-01-01"), "latest": day}, {"value": quad.Int(7), "earliest": day}} {
		for _, text := range []string{"3z", "2008", "b"} {
			cells = append(cells, graph.Cell{Value: quad.IRI("x:figure"), Parts: parts, Text: text})
		}
	}
	for _, a := range cells {
		for _, b := range cells {
			if x, y := a.Compare(b), b.Compare(a); x != -y {
				t.Fatalf("%v and %v: %d one way, %d the other", a, b, x, y)
			}
			if d := a.Order().Compare(b.Order()); d != 0 && d != a.Compare(b) {
				t.Fatalf("%v and %v: %d by Order, %d by Compare", a, b, d, a.Compare(b))
			}
			for _, c := range cells {
				if a.Compare(b) <= 0 && b.Compare(c) <= 0 && a.Compare(c) > 0 {
					t.Fatalf("%v comes no later than %v, and that no later than %v, but that before the first", a, b, c)
				}
			}
		}
	}
	numbers := []graph.Cell{cells[6], cells[1], cells[2], {Value: quad.String("1"), Text: "1"}, {}}
	for i := 1; i < len(numbers); i++ {
		if numbers[i-1].Compare(numbers[i]) >= 0 {
			t.Errorf("%v comes no earlier than %v", numbers[i-1], numbers[i])
		}
	}
}

// TestOrderOfTerms has what is known of a term's order without describing it be what its
// description gives.
func TestOrderOfTerms(t *testing.T) {
	t.Parallel()
	quads := figures(rand.New(rand.NewPCG(5, 5)), 400)
	for _, v := range []*graph.View{open(t, storeOf(t, quads)).View(base), whole(scratch(t, bundled(t)...))} {
		quick := 0
		for row, err := range v.Gizmo(t.Context(), `g.V().tag("x").all()`, nil, false).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			o, known, err := v.Order(t.Context(), row.Get("x"))
			if err != nil {
				t.Fatal(err)
			}
			c, err := v.Describe(t.Context(), row.Get("x"))
			if err != nil {
				t.Fatal(err)
			}
			if known && o != c.Order() {
				t.Errorf("%v is ordered as %v, described as %v", row.Get("x"), o, c.Order())
			}
			if known && c.Parts != nil {
				quick++
			}
		}
		if quick == 0 {
			t.Error("no figure's order is known without describing it")
		}
	}
}
