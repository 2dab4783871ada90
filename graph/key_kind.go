package graph

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/graph/internal/store"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// keyKinds are how AppendKey spells terms by their numbers, so that most are not read.
// Texts are spelled by their numbers; of an IRI it is told once its text was read.
type keyKinds struct {
	numbering   *plan.Numbering
	ids         *store.IDs
	texts, iris []plan.Range
	kinds       pages[byte] // keyNothing for what was not read
	text        []byte      // for the moment
}

// pages have a value for each of many numbers, the zero one for most.
type pages[T any] [][]T

// pageSize is how many numbers share a page.
const pageSize = 1 << 12

// at is where the value of a number is kept.
func (p *pages[T]) at(id term.ID) *T {
	page := int(id / pageSize)
	if page >= len(*p) {
		*p = append(*p, make([][]T, page+1-len(*p))...)
	}
	if (*p)[page] == nil {
		(*p)[page] = make([]T, pageSize)
	}
	return &(*p)[page][id%pageSize]
}

// keyKind is how AppendKey spells a term: keyNumber or keyFigure, or keyText if its value
// tells.
func (v *View) keyKind(ctx context.Context, ix plan.Index, row Row, column string, id term.ID) (byte, error) {
	if id == term.None {
		return keyText, nil
	}
	k, err := v.keyKinds(ctx, ix)
	switch {
	case k == nil || err != nil:
		return keyText, err
	case inRanges(k.texts, id):
		return keyNumber, nil
	case !inRanges(k.iris, id):
		return keyText, nil
	}
	kind := k.kinds.at(id)
	if *kind == keyNothing {
		*kind, err = k.read(id)
	}
	return *kind, err
}

// claimFolder is in the IRI of whatever is part of a claim: most others are told by it.
var claimFolder = []byte("/claim/")

// read is the kind of an IRI that stands for itself.
func (k *keyKinds) read(id term.ID) (kind byte, err error) {
	defer snapshot.Catch(&err)
	var ok bool
	if k.text, ok = k.ids.AppendText(k.text[:0], id); !ok {
		return keyText, nil // a later one
	}
	if bytes.Contains(k.text, claimFolder) && figures.Is(quad.IRI(k.text)) {
		return keyFigure, nil
	}
	return keyNumber, nil
}

// keyKinds are those of the view; nil where terms are on a server.
func (v *View) keyKinds(ctx context.Context, ix plan.Index) (*keyKinds, error) {
	if v.spelled != nil && v.spelled.numbering == ix.Numbering() {
		return v.spelled, nil
	}
	qs, ours := v.r.QS.(*store.QuadStore)
	if !ours || qs.IsFed() {
		return nil, nil
	}
	k := &keyKinds{numbering: ix.Numbering()}
	var err error
	if k.ids, err = qs.IDs(); err != nil {
		return nil, err
	}
	if k.texts, err = ix.Ranges(iterator.CompareGTE, quad.String("")); err != nil {
		return nil, err
	}
	if k.iris, err = ix.Ranges(iterator.CompareGTE, quad.IRI("")); err != nil {
		return nil, err
	}
	classes, err := v.joins.Classes(ctx)
	if err != nil {
		return nil, err
	}
	for node := range classes {
		if v.joins.Canonical(node) == node {
			continue
		}
		id, err := v.r.Terms(ix).Resolve(ix, node)
		if err != nil {
			return nil, err
		}
		if id != term.None {
			*k.kinds.at(id) = keyText
		}
	}
	v.spelled = k
	return k, nil
}

// inRanges reports whether a number is in one of ascending ranges.
func inRanges(list []plan.Range, id term.ID) bool {
	i, _ := slices.BinarySearchFunc(list, id, func(r plan.Range, id term.ID) int { return cmp.Compare(r.To, id+1) })
	return i < len(list) && list[i].From <= id
}
