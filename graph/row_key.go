package graph

import (
	"context"
	"encoding/binary"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

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

// AppendKey spells the values of a row by the numbers of its terms: two rows of one
// Numbering have one key if Same spells all their values alike.
func (v *View) AppendKey(ctx context.Context, dst []byte, row Row, columns []string) ([]byte, error) {
	ix, err := v.r.Index()
	if ix == nil || err != nil {
		return dst, err
	}
	for _, column := range columns {
		value := row.Get(column)
		if value == nil {
			dst = append(dst, keyNothing)
			continue
		}
		one, err := v.Canonical(ctx, value)
		if err != nil {
			return dst, err
		}
		id := term.None
		if one == value {
			id = row.ID(column)
		}
		if dst, err = v.appendCell(ctx, dst, ix, one, id); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// appendCell spells a term, by its number if it is known.
func (v *View) appendCell(ctx context.Context, dst []byte, ix plan.Index, value quad.Value, id term.ID) ([]byte, error) {
	l := v.r.Terms(ix)
	iri, ok := value.(quad.IRI)
	var err error
	if ok && id == term.None {
		id, err = l.Resolve(ix, iri)
	}
	if !ok || id == term.None || err != nil {
		return append(append(append(dst, keyText), quad.StringOf(value)...), 0), err
	}
	if _, _, part, is := schema.SplitClaim(iri); is && part != "" {
		l.Know(id, iri)
		if lines, err := v.figureByID(ctx, ix, iri); len(lines) > 0 || err != nil {
			dst = append(dst, keyFigure)
			for _, line := range lines {
				dst = append(append(dst, line...), '\n')
			}
			return append(dst, 0), err
		}
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
		lines = append(lines, string(append(line, byValue(object)...)))
	}
	slices.Sort(lines)
	return asExact(lines, terms.least, terms.most, terms.exact), nil
}

// figureIDs are the numbers of what is read of quantities and dates, and those of
// the ends of a range as a line begins with them.
type figureIDs struct {
	numbering          *plan.Numbering
	all                []term.ID
	least, most, exact string
}

func (v *View) figureTerms(ix plan.Index) (*figureIDs, error) {
	if v.numbered != nil && v.numbered.numbering == ix.Numbering() {
		return v.numbered, nil
	}
	l, terms := v.r.Terms(ix), &figureIDs{numbering: ix.Numbering()}
	for _, iri := range slices.Concat(figureTerms, figureWords) {
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

// Knows takes the numbers of a row's terms from it, for what is asked of them next.
func (v *View) Knows(row Row) error {
	ix, err := v.r.Index()
	if ix == nil || err != nil || ix.Numbering() != row.Numbering() {
		return err
	}
	l := v.r.Terms(ix)
	for id, value := range row.Numbered() {
		l.Know(id, value)
	}
	return nil
}
