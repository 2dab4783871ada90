package graph

import (
	"context"
	"math"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/cells"
	"kg/graph/internal/figures"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Order is the order of the cell that describes a value, where that takes less than to
// describe it: else it is not known.
func (v *View) Order(ctx context.Context, value quad.Value) (o Order, known bool, err error) {
	iri, ok := value.(quad.IRI)
	if !ok {
		return Cell{Value: value}.Order(), true, nil
	}
	if !figures.Is(iri) {
		return o, false, nil
	}
	ix, err := v.r.OwnIndex()
	if ix == nil || err != nil || v.joins.Decision(iri) != nil {
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
	f, figure := cells.Figure{iri}, false
	for _, q := range facts.Quads {
		index, err := v.partIndex(ix, terms, q[term.Predicate])
		switch {
		case err != nil:
			return o, false, err
		case index == kindIndex:
			figure = figure || q[term.Object] == terms.quantity || q[term.Object] == terms.date
		case index > 0:
			if f[index], err = v.r.Terms(ix).Value(ix, q[term.Object]); err != nil {
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
func (v *View) partIndex(ix plan.Index, terms *figureIDs, predicate term.ID) (int, error) {
	if index, known := terms.parts[predicate]; known {
		return index, nil
	}
	value, err := v.r.Terms(ix).Value(ix, predicate)
	if err != nil {
		return 0, err
	}
	index := cells.PartIndex(iriOf(value))
	if value == quad.Value(schema.Type) {
		index = kindIndex
	}
	terms.parts[predicate] = index
	return index, nil
}
