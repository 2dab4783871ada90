package keys

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/session"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Sort is the sort key of a cell: two keys of a column compare as Cell.Compare does their
// cells. 0 is unknown.
type Sort uint64

// emptyKey is the key of an empty cell, which comes last.
const emptyKey = ^Sort(0)

// sorter finds the sort keys of terms. The texts of a snapshot are numbered in their order,
// so the key of a text is its number, and the key of a node the number of its name.
type sorter struct {
	numbering *plan.Numbering
	texts     plan.Range
	naming    []term.ID  // the relations that name things, the best first
	is        term.ID    // the relation of kinds
	figures   [2]term.ID // the kinds of figures, which are ordered by their parts
	pages     pages[term.ID]
	cursor    plan.Cursor
	names     [2]term.ID // a buffer
}

// unnumbered is the key in the pages of a node whose cell must be read; no text has this
// number.
const unnumbered = ^term.None

// Sort returns the sort key of the cell of a row's value, if it is known by numbers alone
// and the cell is the same whatever the row's sources are.
func (x *Reader) Sort(ctx context.Context, row session.Row, column string) (key Sort, err error) {
	ix, err := x.R.Index()
	if ix == nil || err != nil || row.Numbering() != ix.Numbering() {
		return 0, err
	}
	id := row.ID(column)
	if id == term.None {
		if value, err := row.Value(column); value != nil || err != nil {
			return 0, err
		}
		return emptyKey, nil
	}
	p, err := x.sorter(ctx, ix)
	switch {
	case p == nil || err != nil:
		return 0, err
	case id >= p.texts.From && id < p.texts.To:
		return Sort(id), nil
	}
	if kind, err := x.kind(ctx, ix, id); kind != keyNumber || err != nil {
		return 0, err
	}
	known := p.pages.at(id)
	if *known == term.None {
		name, err := p.nameOf(ix, id)
		if err != nil {
			return 0, err
		}
		*known = name
	}
	if *known == unnumbered {
		return 0, nil
	}
	return Sort(*known), nil
}

// sorter returns that of the index; nil where terms are on a server.
func (x *Reader) sorter(ctx context.Context, ix plan.Index) (*sorter, error) {
	if x.sorting != nil && x.sorting.numbering == ix.Numbering() {
		return x.sorting, nil
	}
	k, err := x.termKinds(ctx, ix)
	if k == nil || err != nil {
		return nil, err
	}
	p, l := &sorter{numbering: ix.Numbering()}, x.R.Terms(ix)
	p.texts.From, p.texts.To = k.ids.Strings()
	by, err := x.Names.By()
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
			*p.pages.at(id) = unnumbered
		}
		return err
	}
	classes, err := x.Joins.Classes(ctx)
	if err != nil {
		return nil, err
	}
	for node := range classes {
		if err := note(node); err != nil {
			return nil, err
		}
	}
	if d := x.Joins.Decisions; d != nil {
		for decision := range d.Made {
			if err := note(decision); err != nil {
				return nil, err
			}
		}
	}
	x.sorting = p
	return p, nil
}

// nameOf returns the number of the name of a node that is not joined to another.
func (p *sorter) nameOf(ix plan.Index, id term.ID) (name term.ID, err error) {
	defer snapshot.Catch(&err)
	var relation term.Pattern
	if relation.Quad[term.Predicate] = id; ix.AtMost(relation) > 0 {
		return unnumbered, nil // a relation reads otherwise in each direction
	}
	var kind term.Pattern
	kind.Quad = term.Quad{term.Subject: id, term.Predicate: p.is}
	for _, figure := range p.figures {
		if kind.Quad[term.Object] = figure; p.is != term.None && figure != term.None && ix.AtMost(kind) > 0 {
			return unnumbered, nil
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
					return unnumbered, nil
				}
				name = text
			}
		}
		if name != term.None {
			return name, nil
		}
	}
	return unnumbered, nil
}
