package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// SortKey orders the cells of a column: two keys compare as Cell.Compare does their
// cells. 0 is not known.
type SortKey uint64

// nothingKey is that of a cell with nothing, which comes last.
const nothingKey = ^SortKey(0)

// sortKeys are those of the terms of a view. The texts of a snapshot are numbered in their
// order, so the key of a text is its number, and that of a node the number of its name.
type sortKeys struct {
	numbering *plan.Numbering
	texts     plan.Range
	naming    []term.ID  // the relations that name things, the best first
	is        term.ID    // the relation of kinds
	figures   [2]term.ID // the kinds of what is ordered by what it has
	pages     pages[term.ID]
	cursor    plan.Cursor
	names     [2]term.ID // for the moment
}

// noSortKey is in the pages for a node whose name takes reading; no text has this number.
const noSortKey = ^term.None

// SortKey is that of the cell for a row's value, if numbers tell it and it reads the same
// whatever the row rests on.
func (v *View) SortKey(ctx context.Context, row Row, column string) (key SortKey, err error) {
	ix, err := v.r.Index()
	if ix == nil || err != nil || row.Numbering() != ix.Numbering() {
		return 0, err
	}
	id := row.ID(column)
	if id == term.None {
		if value, err := row.Value(column); value != nil || err != nil {
			return 0, err
		}
		return nothingKey, nil
	}
	p, err := v.sortKeys(ctx, ix)
	switch {
	case p == nil || err != nil:
		return 0, err
	case id >= p.texts.From && id < p.texts.To:
		return SortKey(id), nil
	}
	if kind, err := v.keyKind(ctx, ix, row, column, id); kind != keyNumber || err != nil {
		return 0, err
	}
	known := p.pages.at(id)
	if *known == term.None {
		name, err := p.ofNode(ix, id)
		if err != nil {
			return 0, err
		}
		*known = name
	}
	if *known == noSortKey {
		return 0, nil
	}
	return SortKey(*known), nil
}

// sortKeys are those of the view; nil where terms are on a server.
func (v *View) sortKeys(ctx context.Context, ix plan.Index) (*sortKeys, error) {
	if v.sorting != nil && v.sorting.numbering == ix.Numbering() {
		return v.sorting, nil
	}
	k, err := v.keyKinds(ctx, ix)
	if k == nil || err != nil {
		return nil, err
	}
	p, l := &sortKeys{numbering: ix.Numbering()}, v.r.Terms(ix)
	p.texts.From, p.texts.To = k.ids.Strings()
	by, err := v.namer.By()
	if err != nil {
		return nil, err
	}
	for _, predicate := range by {
		id, err := l.Predicate(ix, predicate)
		if err != nil {
			return nil, err
		}
		p.naming = append(p.naming, id)
	}
	if p.is, err = l.Predicate(ix, schema.Type); err != nil {
		return nil, err
	}
	for i, kind := range []quad.IRI{schema.QuantityClass, schema.DateClass} {
		if p.figures[i], err = l.Resolve(ix, kind); err != nil {
			return nil, err
		}
	}
	note := func(node quad.IRI) error {
		id, err := l.Resolve(ix, node)
		if err == nil && id != term.None {
			*p.pages.at(id) = noSortKey
		}
		return err
	}
	classes, err := v.joins.Classes(ctx)
	if err != nil {
		return nil, err
	}
	for node := range classes {
		if err := note(node); err != nil {
			return nil, err
		}
	}
	if d := v.joins.Decisions; d != nil {
		for decision := range d.Made {
			if err := note(decision); err != nil {
				return nil, err
			}
		}
	}
	v.sorting = p
	return p, nil
}

// ofNode is the name of a node that no other is joined to.
func (p *sortKeys) ofNode(ix plan.Index, id term.ID) (name term.ID, err error) {
	defer snapshot.Catch(&err)
	var relation term.Pattern
	if relation.Quad[term.Predicate] = id; ix.AtMost(relation) > 0 {
		return noSortKey, nil // it is read by the way it is gone
	}
	var kind term.Pattern
	kind.Quad = term.Quad{term.Subject: id, term.Predicate: p.is}
	for _, figure := range p.figures {
		if kind.Quad[term.Object] = figure; p.is != term.None && figure != term.None && ix.AtMost(kind) > 0 {
			return noSortKey, nil
		}
	}
	for _, predicate := range p.naming {
		if predicate == term.None {
			continue
		}
		var named term.Pattern
		named.Quad = term.Quad{term.Subject: id, term.Predicate: predicate}
		for p.cursor.Begin(named); !p.cursor.Done; {
			n := ix.Ends(&p.cursor, term.Object, p.names[:])
			if n == 0 {
				break
			}
			for _, text := range p.names[:n] {
				if text < p.texts.From || text >= p.texts.To || name != term.None && text != name {
					return noSortKey, nil
				}
				name = text
			}
		}
		if name != term.None {
			return name, nil
		}
	}
	return noSortKey, nil
}
