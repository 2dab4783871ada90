package graph

import (
	"cmp"
	"context"
	"math"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Compare orders cells: by Order, and those that are equal in it by what people read.
func (c Cell) Compare(d Cell) int {
	return cmp.Or(c.Order().Compare(d.Order()), strings.Compare(c.Text, d.Text))
}

// Order is what orders a cell before what people read does: a number, or the first day
// of a date.
type Order struct {
	rank   int
	number float64
	day    string
}

// The ranks of cells in a column, the first first: those with a number, any others,
// and those with nothing.
const (
	numberRank = iota
	wordRank
	nothingRank
)

// Compare orders numbers, then all else by its first day, which texts have none of,
// then nothing.
func (o Order) Compare(p Order) int {
	return cmp.Or(cmp.Compare(o.rank, p.rank), cmp.Compare(o.number, p.number), strings.Compare(o.day, p.day))
}

// Order is that of the cell: by the number of a literal or a quantity, of a range by
// its lower end; by the earliest day of a date, or the latest where it is open.
func (c Cell) Order() Order {
	if c.Value == nil {
		return Order{rank: nothingRank}
	}
	f := orderParts{c.Value}
	if len(c.Parts) > 0 {
		for i, predicate := range orderTerms {
			f[i+1] = c.part(predicate)
		}
	}
	return f.order()
}

// part is what a cell has under a relation, nil for nothing.
func (c Cell) part(predicate quad.IRI) quad.Value {
	return c.Parts[schema.IRI(predicate).LastPart()]
}

// orderTerms are what a figure has that orders it.
var orderTerms = []quad.IRI{schema.Value, schema.MinValue, schema.MaxValue, schema.Earliest, schema.Latest}

// orderParts are a term, and what it has of orderTerms.
type orderParts [6]quad.Value

func (f *orderParts) order() Order {
	o := Order{rank: wordRank, day: cmp.Or(Text(f[4]), Text(f[5]))}
	for _, value := range f[:4] {
		switch t := value.(type) {
		case quad.Int:
			o.rank, o.number = numberRank, float64(t)
			return o
		case quad.Float:
			o.rank, o.number = numberRank, float64(t)
			return o
		}
	}
	return o
}

// Order is the order of the cell that describes a value, where that takes less than to
// describe it: else it is not known.
func (v *View) Order(ctx context.Context, value quad.Value) (o Order, known bool, err error) {
	iri, ok := value.(quad.IRI)
	if !ok {
		return Cell{Value: value}.Order(), true, nil
	}
	if _, _, part, is := schema.IRI(iri).SplitClaim(); !is || part == "" {
		return o, false, nil
	}
	ix, err := v.r.OwnIndex()
	if ix == nil || err != nil || v.matchMade(iri) != nil {
		return o, false, err
	}
	facts, err := v.r.Facts(ctx, ix, iri, math.MaxInt)
	if err != nil {
		return o, false, err
	}
	terms, err := v.figureTerms(ix)
	if err != nil {
		return o, false, err
	}
	f, figure := orderParts{iri}, false
	for _, q := range facts.Quads {
		place, err := v.orderPlace(ix, terms, q[term.Predicate])
		switch {
		case err != nil:
			return o, false, err
		case place == kindPlace:
			figure = figure || q[term.Object] == terms.quantity || q[term.Object] == terms.date
		case place > 0:
			if f[place], err = v.r.Terms(ix).Value(ix, q[term.Object]); err != nil {
				return o, false, err
			}
		}
	}
	if !figure {
		f = orderParts{iri}
	}
	return f.order(), true, nil
}

// kindPlace stands for the type of a node among the places of orderParts.
const kindPlace = -1

// orderPlace is the place that a predicate fills in orderParts, 0 for none. Parts of a
// cell are known by the last part of it.
func (v *View) orderPlace(ix plan.Index, terms *figureIDs, predicate term.ID) (int, error) {
	if place, known := terms.places[predicate]; known {
		return place, nil
	}
	value, err := v.r.Terms(ix).Value(ix, predicate)
	if err != nil {
		return 0, err
	}
	place := 0
	if value == quad.Value(schema.Type) {
		place = kindPlace
	} else if value != quad.Value(schema.Label) {
		for i, known := range orderTerms {
			if schema.IRI(iriOf(value)).LastPart() == schema.IRI(known).LastPart() {
				place = i + 1
			}
		}
	}
	terms.places[predicate] = place
	return place, nil
}
