package claims

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// TextPosition is the position of a claim in a text.
type TextPosition struct {
	ID         term.ID
	Nowhere    bool // in no paragraph of it
	Start, End int
}

// Compare orders positions: claims in no paragraph come last.
func (a TextPosition) Compare(b TextPosition) int {
	switch {
	case a.Nowhere && !b.Nowhere:
		return 1
	case b.Nowhere && !a.Nowhere:
		return -1
	}
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

// ordering reads where claims stand.
type ordering struct {
	*Reader
	speakers  map[term.ID]bool
	numbers   map[term.ID]int // of integers
	positions []TextPosition
}

// order puts the claims of a source in order: by where they stand, then by their IRIs.
// speakers is how many different ones they have.
func (r *Reader) order(source quad.IRI) (claims []term.ID, speakers int, err error) {
	o := &ordering{Reader: r, speakers: map[term.ID]bool{}, numbers: map[term.ID]int{}}
	candidates, err := r.Subjects(schema.FromSource, source)
	if err == nil {
		err = o.gather(candidates)
	}
	if err == nil {
		err = o.sort()
	}
	if err != nil {
		return nil, 0, err
	}
	claims = make([]term.ID, len(o.positions))
	for i, c := range o.positions {
		claims[i] = c.ID
	}
	return claims, len(o.speakers), nil
}

// gather finds the positions of the claims among candidates.
func (o *ordering) gather(candidates []term.ID) error {
	sure, unsure, err := o.Split(candidates)
	if err != nil {
		return err
	}
	odd, err := o.findPositions(sure)
	if err != nil {
		return err
	}
	for _, id := range slices.Concat(unsure, odd) {
		c, err := o.byID(id)
		if err != nil {
			return err
		}
		if c == nil {
			continue
		}
		at := c.position()
		at.ID = id
		o.positions = append(o.positions, at)
		speaker, err := o.IDs.Find(c.Speaker)
		if err != nil {
			return err
		}
		o.speakers[speaker] = true
	}
	delete(o.speakers, term.None)
	return nil
}

// findPositions finds the positions of claims that have one speaker and at most one locator, and
// returns the others.
func (o *ordering) findPositions(claims []term.ID) (odd []term.ID, err error) {
	var had [6]read.ObjectColumn
	of := [...]struct {
		predicate quad.IRI
		by        int // the column with the subjects, -1 for the claims
	}{{schema.Speaker, -1}, {schema.HasTarget, -1}, {schema.HasSelector, 1}, {schema.Start, 2}, {schema.End, 2}, {schema.Paragraph, 2}}
	for i, one := range of {
		subjects := claims
		if one.by >= 0 {
			subjects = had[one.by].Of
		}
		if had[i], err = o.Read(subjects, one.predicate); err != nil {
			return nil, err
		}
	}
	for i, id := range claims {
		speaker, target, selector, paragraph := had[0].Of[i], had[1].Of[i], had[2].Of[i], had[5].Of[i]
		single := !slices.ContainsFunc(had[:], func(c read.ObjectColumn) bool { return c.Several[i] })
		spoken, err := o.iris.Is(o.IDs, speaker)
		if err != nil {
			return nil, err
		}
		if !single || !spoken || target != term.None && (selector == term.None || paragraph == term.None) {
			odd = append(odd, id) // a row of a table has no paragraph
			continue
		}
		o.speakers[speaker] = true
		p := TextPosition{ID: id}
		for _, one := range []struct {
			to *int
			of term.ID
		}{{&p.Start, had[3].Of[i]}, {&p.End, had[4].Of[i]}} {
			if *one.to, err = o.number(one.of); err != nil {
				return nil, err
			}
		}
		number, err := o.number(paragraph)
		if err != nil {
			return nil, err
		}
		p.Nowhere = number == 0
		o.positions = append(o.positions, p)
	}
	return odd, nil
}

// number is an integer's, 0 for another term.
func (o *ordering) number(id term.ID) (int, error) {
	n, known := o.numbers[id]
	if known || id == term.None {
		return n, nil
	}
	value, err := o.IDs.Value(id)
	if i, is := value.(quad.Int); is {
		n = int(i)
	}
	if len(o.numbers) < numbersKept {
		o.numbers[id] = n
	}
	return n, err
}

// numbersKept is how many integers are remembered.
const numbersKept = 1 << 16

// sort orders the claims. The IRIs of claims with one position are read, each once.
func (o *ordering) sort() error {
	slices.SortFunc(o.positions, TextPosition.Compare)
	for from, to := 0, 0; from < len(o.positions); from = to {
		for to = from + 1; to < len(o.positions) && o.positions[from].Compare(o.positions[to]) == 0; {
			to++
		}
		if to == from+1 {
			continue
		}
		if err := o.sortByIRI(o.positions[from:to]); err != nil {
			return err
		}
	}
	return o.Ctx.Err()
}

func (o *ordering) sortByIRI(positions []TextPosition) error {
	type named struct {
		iri quad.IRI
		TextPosition
	}
	list := make([]named, len(positions))
	for i, s := range positions {
		value, err := o.IDs.Value(s.ID)
		if err != nil {
			return err
		}
		list[i] = named{read.IRI(value), s}
	}
	slices.SortFunc(list, func(a, b named) int { return cmp.Compare(a.iri, b.iri) })
	for i, n := range list {
		positions[i] = n.TextPosition
	}
	return nil
}
