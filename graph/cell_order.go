package graph

import (
	"cmp"
	"context"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
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
	return c.Parts[LastPart(predicate)]
}

// StandsAfter reports whether the cell of a value is known to come after another one
// by its first day alone: no name is read, and nothing kept of the value. False is no
// answer.
func (v *View) StandsAfter(ctx context.Context, value quad.Value, c Cell) (bool, error) {
	iri, ok := value.(quad.IRI)
	ix, err := v.ownIndex()
	if !ok || c.Value == nil || ix == nil || err != nil || v.matchMade(iri) != nil {
		return false, err
	}
	f := facts{l: v.lookupsOf(ix), ix: ix, node: iri}
	if err := f.read(ctx, mostAtOnce); err != nil || len(f.quads) > mostAtOnce {
		return false, err
	}
	day, ok, err := f.firstDay()
	return ok && day > c.firstDay(), err
}

// firstDay is Cell.firstDay of a date; not ok of what is none, or has a number, too.
func (f *facts) firstDay() (day string, ok bool, err error) {
	if is, err := f.isFigure(); !is || err != nil {
		return "", false, err
	}
	var earliest, latest term.ID
	for _, q := range f.quads {
		predicate, err := f.l.value(f.ix, q[term.Predicate])
		if err != nil {
			return "", false, err
		}
		switch LastPart(iriOf(predicate)) {
		case LastPart(schema.Value), LastPart(schema.MinValue), LastPart(schema.MaxValue):
			return "", false, nil
		case LastPart(schema.Earliest):
			earliest = q[term.Object]
		case LastPart(schema.Latest):
			latest = q[term.Object]
		}
	}
	for _, id := range []term.ID{earliest, latest} {
		if id == term.None || day != "" {
			continue
		}
		value, err := f.l.value(f.ix, id)
		if err != nil {
			return "", false, err
		}
		day = Text(value)
	}
	return day, true, nil
}
