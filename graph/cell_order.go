package graph

import (
	"cmp"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Compare orders cells by figure where both have one - a number, the first day
// of a date - and by what people read otherwise. Nothing comes last.
func (c Cell) Compare(d Cell) int {
	switch {
	case c.Value == nil && d.Value != nil:
		return 1
	case c.Value != nil && d.Value == nil:
		return -1
	}
	x, xok := c.figure()
	y, yok := d.figure()
	if xok && yok {
		if order := cmp.Compare(x, y); order != 0 {
			return order
		}
	}
	return cmp.Or(strings.Compare(c.firstDay(), d.firstDay()), strings.Compare(c.Text, d.Text))
}

// figure is the number of a literal or a quantity; of a range, its lower end.
func (c Cell) figure() (float64, bool) {
	for _, value := range []quad.Value{c.Value, c.part(schema.Value), c.part(schema.MinValue), c.part(schema.MaxValue)} {
		switch t := value.(type) {
		case quad.Int:
			return float64(t), true
		case quad.Float:
			return float64(t), true
		}
	}
	return 0, false
}

// firstDay is the earliest day of a date, or the latest where it is open.
func (c Cell) firstDay() string {
	return cmp.Or(Text(c.part(schema.Earliest)), Text(c.part(schema.Latest)))
}

// part is what a cell has under a relation, nil for nothing.
func (c Cell) part(predicate quad.IRI) quad.Value {
	return c.Parts[schema.LastPart(predicate)]
}
