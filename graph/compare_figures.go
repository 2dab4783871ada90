package graph

import (
	"context"
	"math/big"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// likeness is how two figures compare.
type likeness int

const (
	overlapping  likeness = iota // one lies within the other, or they overlap: they may both be so
	apart                        // they cannot both be so
	incomparable                 // of other units
)

// figure is a quantity or a date as an interval, both ends included, each nil where it
// is open.
type figure struct {
	lowest, highest *big.Rat
	unit            string
	exact           string // all that it says, to tell those that are alike
}

// unitTerms say what a number is a number of: two that differ in one of them are not
// compared.
var unitTerms = []quad.IRI{schema.Unit, schema.Per, schema.Period, schema.Of, schema.ComparedTo}

// roughly is by what part of itself a figure that is given as about so may be more or
// less: about 30 may be 28.
var roughly = big.NewRat(1, 10)

// compare compares two figures as intervals: a number is one of its own, a date goes
// from its first day to its last, and a quantity that is about so, or perhaps, reaches
// a tenth of itself farther. Quantities of other units, or per another thing, are not
// compared.
func (f figure) compare(other figure) likeness {
	switch {
	case f.unit != other.unit:
		return incomparable
	case less(f.highest, other.lowest), less(other.highest, f.lowest):
		return apart
	}
	return overlapping
}

// less reports whether one end is below another; open ends are below nothing.
func less(a, b *big.Rat) bool { return a != nil && b != nil && a.Cmp(b) < 0 }

// figureOf reads a quantity or a date; ok is false for any other value.
func (v *View) figureOf(ctx context.Context, value quad.Value) (f figure, ok bool, err error) {
	node := iriOf(value)
	if _, _, part, isPart := schema.IRI(node).SplitClaim(); !isPart || part == "" {
		return f, false, nil
	}
	if f.exact, err = v.figures(ctx, value); err != nil || f.exact == "" {
		return f, false, err
	}
	if f.unit, err = v.figure(ctx, value, unitTerms); err != nil {
		return f, false, err
	}
	about, date := false, false
	for q, err := range v.Each(ctx, quad.Quad{Subject: node}) {
		if err != nil {
			return f, false, err
		}
		text := Text(q.Object)
		switch q.Predicate {
		case schema.Value:
			f.lowest, f.highest = ratOf(text), ratOf(text)
		case schema.MinValue:
			f.lowest = ratOf(text)
		case schema.MaxValue:
			f.highest = ratOf(text)
		case schema.Earliest:
			f.lowest = dayOf(text)
		case schema.Latest:
			f.highest = dayOf(text)
		case schema.Approximate, schema.Uncertain:
			about = about || q.Object == quad.Value(quad.Bool(true))
		case schema.EDTF:
			date, f.unit = true, "date"
		}
	}
	if about {
		f.exact += "\nabout"
		if !date {
			f.widen()
		}
	}
	return f, true, nil
}

// widen takes both ends a tenth of themselves farther.
func (f *figure) widen() {
	part := func(end *big.Rat) *big.Rat { return new(big.Rat).Abs(new(big.Rat).Mul(end, roughly)) }
	if f.lowest != nil {
		f.lowest = new(big.Rat).Sub(f.lowest, part(f.lowest))
	}
	if f.highest != nil {
		f.highest = new(big.Rat).Add(f.highest, part(f.highest))
	}
}

func ratOf(text string) *big.Rat {
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return n
}

// dayOf is a day, YYYY-MM-DD, as a number that orders days.
func dayOf(text string) *big.Rat { return ratOf(strings.ReplaceAll(text, "-", "")) }
