package graph

import (
	"context"
	"encoding/binary"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// How AppendKey spells a cell.
const (
	keyNothing = iota
	keyNumber
	keyFigure
	keyText
)

// AppendKey appends the key of a row: the values of its columns, spelled by the numbers of
// their terms. Two rows of one Numbering have one key if Same spells all their values
// alike. With exact, what figures say is read and spelled; without it all figures are
// spelled alike, and the key is open if it has any.
func (v *View) AppendKey(ctx context.Context, dst []byte, row Row, columns []string, exact bool) (_ []byte, open bool, err error) {
	ix, err := v.r.Index()
	if ix == nil || err != nil {
		return dst, false, err
	}
	for _, column := range columns {
		id := row.ID(column)
		switch kind, err := v.keyKind(ctx, ix, row, column, id); {
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
		one, err := v.Canonical(ctx, value)
		if err != nil {
			return dst, false, err
		}
		if one != value {
			id = term.None
		}
		if iri, ok := one.(quad.IRI); ok && figures.Is(iri) {
			if open = true; exact {
				dst, err = v.appendFigure(ctx, dst, ix, iri, id)
			} else {
				dst = append(dst, keyFigure)
			}
		} else {
			dst, err = v.appendTerm(dst, ix, one, id)
		}
		if err != nil {
			return dst, false, err
		}
	}
	return dst, open, nil
}

// appendFigure spells what may be a figure, its number being known or not.
func (v *View) appendFigure(ctx context.Context, dst []byte, ix plan.Index, iri quad.IRI, id term.ID) ([]byte, error) {
	if id != term.None {
		v.r.Terms(ix).Know(id, iri)
	}
	lines, err := v.figureByID(ctx, ix, iri)
	switch {
	case err != nil:
		return dst, err
	case len(lines) == 0:
		return v.appendTerm(dst, ix, iri, id)
	}
	dst = append(dst, keyFigure)
	for _, line := range lines {
		dst = append(append(dst, line...), '\n')
	}
	return append(dst, 0), nil
}

const xsdDate quad.IRI = "http://www.w3.org/2001/XMLSchema#date"

// appendTerm spells a term, by its number if it has one and no other term is read like it.
func (v *View) appendTerm(dst []byte, ix plan.Index, value quad.Value, id term.ID) ([]byte, error) {
	one := false
	switch t := value.(type) {
	case quad.IRI, quad.String:
		one = true
	case quad.TypedString: // days are the most
		one = t.Type == xsdDate
	}
	var err error
	if one && id == term.None {
		id, err = v.r.Terms(ix).Resolve(ix, value)
	}
	if !one || id == term.None || err != nil {
		return append(append(append(dst, keyText), quad.StringOf(value)...), 0), err
	}
	return binary.BigEndian.AppendUint32(append(dst, keyNumber), uint32(id)), nil
}

// figureByID are the lines of View.Same, with the number of each predicate in the
// place of its text.
func (v *View) figureByID(ctx context.Context, ix plan.Index, node quad.IRI) (lines []string, err error) {
	facts, err := v.r.Facts(ctx, ix, node, math.MaxInt)
	if err != nil {
		return nil, err
	}
	l := v.r.Terms(ix)
	terms, err := v.figureTerms(ix)
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

// figureIDs are the numbers of what is read of quantities and dates, and those of
// the ends of a range as a line begins with them.
type figureIDs struct {
	numbering          *plan.Numbering
	all                []term.ID
	least, most, exact string
	quantity, date     term.ID         // the kinds of figures
	parts              map[term.ID]int // see partIndex
}

func (v *View) figureTerms(ix plan.Index) (*figureIDs, error) {
	if v.numbered != nil && v.numbered.numbering == ix.Numbering() {
		return v.numbered, nil
	}
	l, terms := v.r.Terms(ix), &figureIDs{numbering: ix.Numbering(), parts: map[term.ID]int{}}
	for iri, id := range map[quad.IRI]*term.ID{schema.QuantityClass: &terms.quantity, schema.DateClass: &terms.date} {
		var err error
		if *id, err = l.Resolve(ix, iri); err != nil {
			return nil, err
		}
	}
	for _, iri := range readOfFigures {
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
	v.numbered = terms
	return terms, nil
}

// Knows takes the number of a row's term from it, for what is asked of the term next.
func (v *View) Knows(row Row, column string) error {
	ix, err := v.r.Index()
	if id := row.ID(column); ix != nil && err == nil && id != term.None && ix.Numbering() == row.Numbering() {
		value, err := row.Value(column)
		if err != nil {
			return err
		}
		v.r.Terms(ix).Know(id, value)
	}
	return err
}
