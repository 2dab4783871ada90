// Package keys spells rows and cells so that they compare without being described.
//
// Same spells a value as people read it: each claim has nodes of its own for its figures,
// and two nodes of one figure are the same. Append spells a row by the numbers of its terms
// (row.go); most terms are spelled without reading their text (kinds.go). Sort and Order
// return what sorts a cell, where that is known before the cell is (sort.go, order.go).
package keys

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/graph/internal/joins"
	"kg/graph/internal/naming"
	"kg/graph/internal/read"
)

// Reader makes keys of the terms of a graph that does not change. It is not for concurrent
// use.
type Reader struct {
	R     *read.Quads
	Joins *joins.Reader
	Names *naming.Namer

	same    map[quad.Value]string // of figures: see Same
	figures *figureIDs
	kinds   *termKinds
	sorting *sorter
}

// Same spells a value so that two compare equal if people read them alike: a quantity or a
// date by what is read of it, any other value as N-Quads do.
func (x *Reader) Same(ctx context.Context, value quad.Value) (string, error) {
	if text, ok := x.same[value]; ok {
		return text, nil
	}
	figure, err := figures.Spell(ctx, x.R, value, figures.Shown)
	if err != nil || figure == "" {
		return quad.StringOf(value), err
	}
	if x.same == nil {
		x.same = map[quad.Value]string{}
	}
	x.same[value] = figure
	return figure, nil
}

// AppendSame appends what Same returns.
func (x *Reader) AppendSame(ctx context.Context, dst []byte, value quad.Value) ([]byte, error) {
	if iri, ok := value.(quad.IRI); ok && !figures.Is(iri) {
		return append(append(append(dst, '<'), iri...), '>'), nil
	}
	text, err := x.Same(ctx, value)
	return append(dst, text...), err
}
