package figures

import (
	"context"
	"math/big"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Likeness is how two figures compare.
type Likeness int

const (
	Overlapping  Likeness = iota // one lies within the other, or they overlap: they may both be so
	Apart                        // they cannot both be so
	Incomparable                 // of other units
)

// Interval is a quantity or a date as an interval, both ends included, each nil where it
// is open.
type Interval struct {
	Lowest, Highest *big.Rat
	Unit            string
	Exact           string // all its properties, to recognise equal ones
}

// unitTerms are the predicates of a number's unit: two figures that differ in one of them
// are not compared.
var unitTerms = []quad.IRI{schema.Unit, schema.Per, schema.Period, schema.Of, schema.ComparedTo}

// roughly is the tolerance of an approximate figure, as a part of itself: about 30 may be
// 28.
var roughly = big.NewRat(1, 10)

// Compare compares two figures as intervals: a number is one of its own, a date goes from
// its first day to its last, and an approximate or uncertain quantity extends by a tenth
// of itself. Quantities of other units, or per another unit, are not compared.
func (f Interval) Compare(other Interval) Likeness {
	switch {
	case f.Unit != other.Unit:
		return Incomparable
	case less(f.Highest, other.Lowest), less(other.Highest, f.Lowest):
		return Apart
	}
	return Overlapping
}

// less reports whether one end is below another; open ends are below nothing.
func less(a, b *big.Rat) bool { return a != nil && b != nil && a.Cmp(b) < 0 }

// Read reads a quantity or a date; ok is false for any other value.
func Read(ctx context.Context, r *read.Quads, value quad.Value) (f Interval, ok bool, err error) {
	if f.Exact, err = Spell(ctx, r, value, Terms); err != nil || f.Exact == "" {
		return f, false, err
	}
	if f.Unit, err = Spell(ctx, r, value, unitTerms); err != nil {
		return f, false, err
	}
	about, date := false, false
	for q, err := range r.Each(ctx, quad.Quad{Subject: value}) {
		if err != nil {
			return f, false, err
		}
		text := term.TextOf(q.Object)
		switch q.Predicate {
		case schema.Value:
			f.Lowest, f.Highest = ratOf(text), ratOf(text)
		case schema.MinValue:
			f.Lowest = ratOf(text)
		case schema.MaxValue:
			f.Highest = ratOf(text)
		case schema.Earliest:
			f.Lowest = dayOf(text)
		case schema.Latest:
			f.Highest = dayOf(text)
		case schema.Approximate, schema.Uncertain:
			about = about || q.Object == quad.Value(quad.Bool(true))
		case schema.EDTF:
			date, f.Unit = true, "date"
		}
	}
	if about {
		f.Exact += "\nabout"
		if !date {
			f.widen()
		}
	}
	return f, true, nil
}

// widen takes both ends a tenth of themselves farther.
func (f *Interval) widen() {
	part := func(end *big.Rat) *big.Rat { return new(big.Rat).Abs(new(big.Rat).Mul(end, roughly)) }
	if f.Lowest != nil {
		f.Lowest = new(big.Rat).Sub(f.Lowest, part(f.Lowest))
	}
	if f.Highest != nil {
		f.Highest = new(big.Rat).Add(f.Highest, part(f.Highest))
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
