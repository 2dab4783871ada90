package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// keyKinds are how AppendKey spells terms by their numbers, so that most are not read.
// Texts are spelled by their numbers; of an IRI it is told once it was read.
type keyKinds struct {
	numbering   *plan.Numbering
	texts, iris []plan.Range
	pages       [][]byte // by number, 0 for what was not read
}

// kindsPage is how many terms have their kinds in one page.
const kindsPage = 1 << 12

// keyKind is how AppendKey spells a term: keyNumber or keyFigure, or keyText if its value
// tells.
func (v *View) keyKind(ctx context.Context, ix plan.Index, row Row, column string, id term.ID) (byte, error) {
	if id == term.None {
		return keyText, nil
	}
	k, err := v.keyKinds(ix)
	switch {
	case k == nil || err != nil:
		return keyText, err
	case inRanges(k.texts, id):
		return keyNumber, nil
	case !inRanges(k.iris, id):
		return keyText, nil
	}
	kind := k.at(id)
	if *kind == keyNothing {
		value, err := row.Value(column)
		if err != nil {
			return keyText, err
		}
		one, err := v.Canonical(ctx, value)
		if err != nil {
			return keyText, err
		}
		switch iri, _ := value.(quad.IRI); {
		case one != value:
			*kind = keyText
		case isPart(iri):
			*kind = keyFigure
		default:
			*kind = keyNumber
		}
	}
	return *kind, nil
}

// keyKinds are those of the view; nil where terms are on a server.
func (v *View) keyKinds(ix plan.Index) (*keyKinds, error) {
	if v.spelled != nil && v.spelled.numbering == ix.Numbering() {
		return v.spelled, nil
	}
	own, err := v.r.OwnIndex()
	if own == nil || err != nil {
		return nil, err
	}
	k := &keyKinds{numbering: ix.Numbering()}
	if k.texts, err = ix.Ranges(iterator.CompareGTE, quad.String("")); err != nil {
		return nil, err
	}
	k.iris, err = ix.Ranges(iterator.CompareGTE, quad.IRI(""))
	v.spelled = k
	return k, err
}

// at is where the kind of a term is kept.
func (k *keyKinds) at(id term.ID) *byte {
	page := int(id / kindsPage)
	if page >= len(k.pages) {
		k.pages = append(k.pages, make([][]byte, page+1-len(k.pages))...)
	}
	if k.pages[page] == nil {
		k.pages[page] = make([]byte, kindsPage)
	}
	return &k.pages[page][id%kindsPage]
}

// inRanges reports whether a number is in one of ascending ranges.
func inRanges(list []plan.Range, id term.ID) bool {
	i, _ := slices.BinarySearchFunc(list, id, func(r plan.Range, id term.ID) int { return cmp.Compare(r.To, id+1) })
	return i < len(list) && list[i].From <= id
}
