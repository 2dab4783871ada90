package cells

import (
	"testing"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// People read dates and amounts in words; what only looks like a figure stays.
func TestWords(t *testing.T) {
	t.Parallel()
	amount := func(text string, parts ...any) Cell {
		c := Cell{Text: text, Parts: map[string]quad.Value{}}
		for i := 0; i < len(parts); i += 2 {
			c.Parts[parts[i].(string)] = parts[i+1].(quad.Value)
		}
		return c
	}
	day := quad.TypedString{Value: "2008-03-12", Type: "http://www.w3.org/2001/XMLSchema#date"}
	for _, test := range []struct {
		cell Cell
		want string
	}{
		{amount("45000 USD", "value", quad.Int(45000)), "45,000 USD"},
		{amount("about 1000 to 5000 workers", "minValue", quad.Int(1000), "maxValue", quad.Int(5000)), "about 1,000 to 5,000 workers"},
		{amount("about 1234567.50 EUR", "value", quad.Float(1234567.5)), "about 1,234,567.50 EUR"},
		{amount("-12000 EUR", "value", quad.Int(-12000)), "-12,000 EUR"},
		{amount("4 times compared to Permits in 2007", "value", quad.Int(4)), "4 times compared to Permits in 2007"},
		{amount("a large sum", "printed", quad.String("a large sum")), "a large sum"},
		{amount("2008-03-30 (Sunday)", "edtf", quad.TypedString{Value: "2008-03-30"}, "printed", quad.String("Sunday")), "30 March 2008 (Sunday)"},
		{Cell{Value: day, Text: "2008-03-12"}, "12 March 2008"},
		{amount("2006-41/..", "edtf", quad.String("2006-41/..")), "since the second half of 2006"},
		{amount("some day", "edtf", quad.String("some day")), "some day"},
		{Cell{Value: quad.Int(45000), Text: "45000"}, "45000"},
		{Cell{Value: schema.Value, Text: "a name of 2008-03-12"}, "a name of 2008-03-12"},
		{Cell{}, ""},
	} {
		if got := test.cell.Words(); got != test.want {
			t.Errorf("%q is read %q, want %q", test.cell.Text, got, test.want)
		}
	}
}
