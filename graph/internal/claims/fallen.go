package claims

import (
	"cmp"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Fallen is a claim that falls, or comes back.
type Fallen struct {
	ID      term.ID
	IRI     quad.IRI
	Says    string
	Derived bool // derived from the claim or source of the decision
	Denies  bool
}

// falling finds the claims that fall, or come back.
type falling struct {
	*Reader
	fallen func(claim quad.IRI) bool
	claims []Fallen
}

// Fallen finds the claims that fall, or come back, with a decision on a claim or a
// source: among the claims of it, that claim itself, and others that are named. Derived
// ones come last.
func (r *Reader) Fallen(on quad.IRI, others iter.Seq[quad.IRI], fallen func(claim quad.IRI) bool) ([]Fallen, error) {
	f := &falling{Reader: r, fallen: fallen}
	err := f.find(on, others)
	return f.claims, err
}

func (f *falling) find(on quad.IRI, others iter.Seq[quad.IRI]) error {
	candidates, err := f.Subjects(schema.FromSource, on)
	if err != nil {
		return err
	}
	named := func(iri quad.IRI) error {
		id, err := f.IDs.Find(iri)
		if id != term.None {
			candidates = append(candidates, id)
		}
		return err
	}
	if err := named(on); err != nil {
		return err
	}
	for iri := range others {
		if err := named(iri); err != nil {
			return err
		}
	}
	slices.Sort(candidates)
	sure, unsure, err := f.Split(slices.Compact(candidates))
	if err != nil {
		return err
	}
	odd, err := f.plain(on, sure)
	if err != nil {
		return err
	}
	if err := f.readEach(on, slices.Concat(unsure, odd)); err != nil {
		return err
	}
	slices.SortFunc(f.claims, func(a, b Fallen) int {
		if a.Derived != b.Derived {
			return map[bool]int{false: -1, true: 1}[a.Derived]
		}
		return cmp.Compare(a.IRI, b.IRI)
	})
	return nil
}

// plain takes claims that have one source, and of the rest no more than one, and gives
// back the others.
func (f *falling) plain(on quad.IRI, claims []term.ID) (odd []term.ID, err error) {
	var had [3]read.ObjectColumn
	for i, predicate := range []quad.IRI{schema.FromSource, schema.StanceTerm, schema.Comment} {
		if had[i], err = f.Read(claims, predicate); err != nil {
			return nil, err
		}
	}
	denies, err := f.IDs.Find(schema.Denies.IRI())
	if err != nil {
		return nil, err
	}
	source, err := f.IDs.Find(on)
	if err != nil {
		return nil, err
	}
	for i, id := range claims {
		is, err := f.iris.Is(f.IDs, had[0].Of[i])
		if err != nil {
			return nil, err
		}
		if !is || slices.ContainsFunc(had[:], func(c read.ObjectColumn) bool { return c.Several[i] }) {
			odd = append(odd, id)
			continue
		}
		iri, err := f.IDs.Value(id)
		if err != nil {
			return nil, err
		}
		if !f.fallen(read.IRI(iri)) {
			continue
		}
		one := Fallen{ID: id, IRI: read.IRI(iri), Derived: id != source && had[0].Of[i] != source, Denies: denies != term.None && had[1].Of[i] == denies}
		if had[2].Of[i] != term.None {
			says, err := f.IDs.Value(had[2].Of[i])
			if err != nil {
				return nil, err
			}
			one.Says = term.TextOf(says)
		}
		f.claims = append(f.claims, one)
	}
	return odd, nil
}

// readEach takes claims one by one.
func (f *falling) readEach(on quad.IRI, list []term.ID) error {
	for _, id := range list {
		value, err := f.IDs.Value(id)
		if err != nil {
			return err
		}
		iri := read.IRI(value)
		if iri == "" || !f.fallen(iri) {
			continue
		}
		c, err := Read(f.Ctx, f.quads, iri)
		if err != nil {
			return err
		}
		if c != nil {
			f.claims = append(f.claims, Fallen{id, iri, c.Says, iri != on && c.Source != on, c.Stance == schema.Denies})
		}
	}
	return nil
}
