package keys

import (
	"context"
	"math"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/cells"
	"kg/graph/internal/figures"
	"kg/graph/internal/read"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Order returns the order of the cell of a value, if it is cheaper to find than the cell.
func (x *Reader) Order(ctx context.Context, value quad.Value) (o cells.Order, known bool, err error) {
	iri, ok := value.(quad.IRI)
	if !ok {
		return cells.Cell{Value: value}.Order(), true, nil
	}
	if !figures.Is(iri) {
		return o, false, nil
	}
	ix, err := x.R.OwnIndex()
	if ix == nil || err != nil || x.Joins.Decision(iri) != nil {
		return o, false, err
	}
	facts, err := x.R.Facts(ctx, ix, iri, math.MaxInt)
	if err != nil {
		return o, false, err
	}
	terms, err := x.figureTerms(ix)
	if err != nil {
		return o, false, err
	}
	f, figure := cells.Figure{iri}, false
	for _, q := range facts.Quads {
		index, err := x.partIndex(ix, terms, q[term.Predicate])
		switch {
		case err != nil:
			return o, false, err
		case index == kindIndex:
			figure = figure || q[term.Object] == terms.quantity || q[term.Object] == terms.date
		case index > 0:
			if f[index], err = x.R.Terms(ix).Value(ix, q[term.Object]); err != nil {
				return o, false, err
			}
		}
	}
	if !figure {
		f = cells.Figure{iri}
	}
	return f.Order(), true, nil
}

// kindIndex stands for the predicate of a node's kind among the indexes of a Figure.
const kindIndex = -1

// partIndex returns the index in a Figure of what a predicate leads to: see
// cells.PartIndex.
func (x *Reader) partIndex(ix plan.Index, terms *figureIDs, predicate term.ID) (int, error) {
	if index, known := terms.parts[predicate]; known {
		return index, nil
	}
	value, err := x.R.Terms(ix).Value(ix, predicate)
	if err != nil {
		return 0, err
	}
	index := cells.PartIndex(read.IRI(value))
	if value == quad.Value(schema.Type) {
		index = kindIndex
	}
	terms.parts[predicate] = index
	return index, nil
}
