package keys

import (
	"context"
	"encoding/binary"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/graph/internal/session"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// The ways in which Append spells a cell.
const (
	keyNothing = iota
	keyNumber
	keyFigure
	keyText
)

// Append appends the key of a row: the values of its columns, spelled by the numbers of
// their terms. Two rows of one Numbering have equal keys if Same spells all their values
// alike. With exact, figures are read and spelled; without it they are all spelled alike,
// and the key is open if it has any.
func (x *Reader) Append(ctx context.Context, dst []byte, row session.Row, columns []string, exact bool) (_ []byte, open bool, err error) {
	ix, err := x.R.Index()
	if ix == nil || err != nil {
		return dst, false, err
	}
	for _, column := range columns {
		id := row.ID(column)
		switch kind, err := x.kind(ctx, ix, id); {
		case err != nil:
			return dst, false, err
		case kind == keyNumber:
			dst = binary.BigEndian.AppendUint32(append(dst, keyNumber), uint32(id))
			continue
		case kind == keyFigure && !exact:
			dst, open = append(dst, keyFigure), true
			continue
		}
		value, err := row.Value(column)
		if err != nil {
			return dst, false, err
		}
		if value == nil {
			dst = append(dst, keyNothing)
			continue
		}
		if _, err := x.Joins.Classes(ctx); err != nil {
			return dst, false, err
		}
		one := x.Joins.Canonical(value)
		if one != value {
			id = term.None
		}
		if iri, ok := one.(quad.IRI); ok && figures.Is(iri) {
			if open = true; exact {
				dst, err = x.appendFigure(ctx, dst, ix, iri, id)
			} else {
				dst = append(dst, keyFigure)
			}
		} else {
			dst, err = x.appendTerm(dst, ix, one, id)
		}
		if err != nil {
			return dst, false, err
		}
	}
	return dst, open, nil
}

// appendFigure spells a node that may be a figure; id is term.None if it is not known.
func (x *Reader) appendFigure(ctx context.Context, dst []byte, ix plan.Index, iri quad.IRI, id term.ID) ([]byte, error) {
	if id != term.None {
		x.R.Terms(ix).Know(id, iri)
	}
	lines, err := x.figureLines(ctx, ix, iri)
	switch {
	case err != nil:
		return dst, err
	case len(lines) == 0:
		return x.appendTerm(dst, ix, iri, id)
	}
	dst = append(dst, keyFigure)
	for _, line := range lines {
		dst = append(append(dst, line...), '\n')
	}
	return append(dst, 0), nil
}

const xsdDate quad.IRI = "http://www.w3.org/2001/XMLSchema#date"

// appendTerm spells a term: by its number if it has one and no other term reads the same,
// else by its text.
func (x *Reader) appendTerm(dst []byte, ix plan.Index, value quad.Value, id term.ID) ([]byte, error) {
	unique := false
	switch t := value.(type) {
	case quad.IRI, quad.String:
		unique = true
	case quad.TypedString: // most are days
		unique = t.Type == xsdDate
	}
	var err error
	if unique && id == term.None {
		id, err = x.R.Terms(ix).Resolve(ix, value)
	}
	if !unique || id == term.None || err != nil {
		return append(append(append(dst, keyText), quad.StringOf(value)...), 0), err
	}
	return binary.BigEndian.AppendUint32(append(dst, keyNumber), uint32(id)), nil
}

// figureLines returns the lines of Same, with the number of each predicate instead of its
// text.
func (x *Reader) figureLines(ctx context.Context, ix plan.Index, node quad.IRI) (lines []string, err error) {
	facts, err := x.R.Facts(ctx, ix, node, math.MaxInt)
	if err != nil {
		return nil, err
	}
	l := x.R.Terms(ix)
	terms, err := x.figureTerms(ix)
	if err != nil {
		return nil, err
	}
	var buf [64]byte
	for _, found := range facts.Quads {
		if !slices.Contains(terms.all, found[term.Predicate]) {
			continue
		}
		object, err := l.Value(ix, found[term.Object])
		if err != nil {
			return nil, err
		}
		line := binary.BigEndian.AppendUint32(buf[:0], uint32(found[term.Predicate]))
		lines = append(lines, string(append(line, figures.ByValue(object)...)))
	}
	slices.Sort(lines)
	return figures.AsExact(lines, terms.least, terms.most, terms.exact), nil
}

// figureIDs are the numbers of the predicates of quantities and dates, and how the lines of
// the bounds of a range begin.
type figureIDs struct {
	numbering          *plan.Numbering
	all                []term.ID
	least, most, exact string
	quantity, date     term.ID         // the kinds of figures
	parts              map[term.ID]int // see partIndex
}

func (x *Reader) figureTerms(ix plan.Index) (*figureIDs, error) {
	if x.figures != nil && x.figures.numbering == ix.Numbering() {
		return x.figures, nil
	}
	l, terms := x.R.Terms(ix), &figureIDs{numbering: ix.Numbering(), parts: map[term.ID]int{}}
	for iri, id := range map[quad.IRI]*term.ID{schema.QuantityClass: &terms.quantity, schema.DateClass: &terms.date} {
		var err error
		if *id, err = l.Resolve(ix, iri); err != nil {
			return nil, err
		}
	}
	for _, iri := range figures.Shown {
		id, err := l.Predicate(ix, iri)
		if err != nil {
			return nil, err
		}
		if id != term.None {
			terms.all = append(terms.all, id)
		}
		begin := string(binary.BigEndian.AppendUint32(nil, uint32(id)))
		switch iri {
		case schema.MinValue:
			terms.least = begin
		case schema.MaxValue:
			terms.most = begin
		case schema.Value:
			terms.exact = begin
		}
	}
	x.figures = terms
	return terms, nil
}

// Know remembers the number of a row's term, for what is asked of the term next.
func (x *Reader) Know(row session.Row, column string) error {
	ix, err := x.R.Index()
	if id := row.ID(column); ix != nil && err == nil && id != term.None && ix.Numbering() == row.Numbering() {
		value, err := row.Value(column)
		if err != nil {
			return err
		}
		x.R.Terms(ix).Know(id, value)
	}
	return err
}
