package keys

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

// termKinds remembers how Append spells terms, by their numbers, so that few are read.
// Texts are spelled by their numbers; the text of an IRI is read once to tell.
type termKinds struct {
	numbering   *plan.Numbering
	ids         *store.IDs
	texts, iris []plan.Range
	kinds       pages[byte] // keyNothing for an IRI that was not read
	text        []byte      // a buffer
}

// pages have a value for each of many numbers, the zero one for most.
type pages[T any] [][]T

// pageSize is how many numbers share a page.
const pageSize = 1 << 12

// at returns the slot of a number.
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

// kind returns how Append spells a term: keyNumber or keyFigure; keyText if its value must
// be read to tell.
func (x *Reader) kind(ctx context.Context, ix plan.Index, id term.ID) (byte, error) {
	if id == term.None {
		return keyText, nil
	}
	k, err := x.termKinds(ctx, ix)
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

// claimFolder is in the IRI of every part of a claim, and in few other IRIs.
var claimFolder = []byte("/claim/")

// read returns the kind of an IRI that is not joined to another.
func (k *termKinds) read(id term.ID) (kind byte, err error) {
	defer snapshot.Catch(&err)
	var ok bool
	if k.text, ok = k.ids.AppendText(k.text[:0], id); !ok {
		return keyText, nil // newer than k.ids
	}
	if bytes.Contains(k.text, claimFolder) && figures.Is(quad.IRI(k.text)) {
		return keyFigure, nil
	}
	return keyNumber, nil
}

// termKinds returns those of the index; nil where terms are on a server.
func (x *Reader) termKinds(ctx context.Context, ix plan.Index) (*termKinds, error) {
	if x.kinds != nil && x.kinds.numbering == ix.Numbering() {
		return x.kinds, nil
	}
	qs, ours := x.R.QS.(*store.QuadStore)
	if !ours || qs.IsFed() {
		return nil, nil
	}
	k := &termKinds{numbering: ix.Numbering()}
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
	classes, err := x.Joins.Classes(ctx)
	if err != nil {
		return nil, err
	}
	for node := range classes {
		if x.Joins.Canonical(node) == node {
			continue
		}
		id, err := x.R.Terms(ix).Resolve(ix, node)
		if err != nil {
			return nil, err
		}
		if id != term.None {
			*k.kinds.at(id) = keyText
		}
	}
	x.kinds = k
	return k, nil
}

// inRanges reports whether a number is in one of ascending ranges.
func inRanges(list []plan.Range, id term.ID) bool {
	i, _ := slices.BinarySearchFunc(list, id, func(r plan.Range, id term.ID) int { return cmp.Compare(r.To, id+1) })
	return i < len(list) && list[i].From <= id
}
