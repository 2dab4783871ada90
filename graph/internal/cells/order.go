package cells

import (
	"cmp"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/term"
	"kg/schema"
)

// Compare orders cells by Order, and cells of equal Order by their Text.
func (c Cell) Compare(d Cell) int {
	return cmp.Or(c.Order().Compare(d.Order()), strings.Compare(c.Text, d.Text))
}

// Order is the first key by which cells are sorted: a number, or the first day of a date.
type Order struct {
	rank   int
	number float64
	day    string
}

// The ranks of cells in a column: first those with a number, then any others, and last
// the empty ones.
const (
	numberRank = iota
	wordRank
	emptyRank
)

// Compare orders numbers before all else but empty cells, which come last. Dates are
// ordered by day; texts have none and come before them.
func (o Order) Compare(p Order) int {
	return cmp.Or(cmp.Compare(o.rank, p.rank), cmp.Compare(o.number, p.number), strings.Compare(o.day, p.day))
}

// Order returns the order of the cell: by the number of a literal or a quantity, the
// lower end of a range; by the earliest day of a date, or the latest of an open one.
func (c Cell) Order() Order {
	if c.Value == nil {
		return Order{rank: emptyRank}
	}
	f := Figure{c.Value}
	if len(c.Parts) > 0 {
		for i, predicate := range figureParts {
			f[i+1] = c.part(predicate)
		}
	}
	return f.Order()
}

// figureParts are the predicates by which a figure is ordered.
var figureParts = [...]quad.IRI{schema.Value, schema.MinValue, schema.MaxValue, schema.Earliest, schema.Latest}

// Figure is a term, followed by those of its parts that order it, at the indexes of
// PartIndex.
type Figure [1 + len(figureParts)]quad.Value

// PartIndex returns the index in a Figure of what a predicate leads to, 0 for none. Parts
// of a cell are known by the last part of the predicate.
func PartIndex(predicate quad.IRI) int {
	for i, known := range figureParts {
		if schema.IRI(predicate).LastPart() == schema.IRI(known).LastPart() {
			return i + 1
		}
	}
	return 0
}

// Order returns the order of the cell of a figure.
func (f *Figure) Order() Order {
	o := Order{rank: wordRank, day: cmp.Or(term.TextOf(f[4]), term.TextOf(f[5]))}
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
