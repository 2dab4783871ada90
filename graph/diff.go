package graph

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/delta"
	"kg/schema"
)

// Difference is something in which two graphs differ.
type Difference struct {
	Change        string   // added, removed or changed
	Label         quad.IRI // the source, the ontology, or another graph's label
	About         quad.IRI // the claim, or the entity, source or term
	Field         string   // what of it: of a claim as its file calls it; empty for all of it
	Before, After string   // what it was and is; of a claim that is added or removed what it says
}

// Diff compares two graphs, claim by claim: what the other has and s has not is added. With
// sources it compares these alone. Differences are in the order of labels, then of
// what they are about. It reads both graphs once, in order, and keeps what differs and
// four bytes for each term.
func (s *Store) Diff(ctx context.Context, other *Store, base schema.Base, sources ...quad.IRI) ([]Difference, error) {
	d := &diff{ctx: ctx, a: s.WholeView(base).WithRetracted(), b: other.WholeView(base).WithRetracted(), claims: map[quad.IRI]quad.IRI{}, others: map[[2]quad.IRI]*[2][]quad.Quad{}}
	err := delta.Each(ctx, s.quads, other.quads, func(q quad.Quad, added bool) {
		if len(sources) == 0 || slices.ContainsFunc(sources, func(src quad.IRI) bool { return agree.OfSource(q.Label, src) }) {
			d.note(q, added)
		}
	})
	if err != nil {
		return nil, err
	}
	for claim, source := range d.claims {
		if err := d.claim(source, claim); err != nil {
			return nil, err
		}
	}
	for key, sides := range d.others {
		if err := d.other(key[0], key[1], *sides); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(d.list, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.About, b.About), cmp.Compare(a.Field, b.Field),
			cmp.Compare(a.Before, b.Before), cmp.Compare(a.After, b.After))
	})
	return d.list, nil
}

// diff is a comparison under way.
type diff struct {
	ctx    context.Context
	a, b   *View
	claims map[quad.IRI]quad.IRI           // those that differ, each with its source
	others map[[2]quad.IRI]*[2][]quad.Quad // by label and subject: the quads that a alone has, and those that b alone has
	list   []Difference
}

// note takes down what a quad that only one graph has is about.
func (d *diff) note(q quad.Quad, added bool) {
	for _, term := range []quad.Value{q.Label, q.Subject} {
		if source, claim, _, ok := schema.IRI(iriOf(term)).SplitClaim(); ok {
			d.claims[claim] = source
			return
		}
	}
	key := [2]quad.IRI{iriOf(q.Label), iriOf(q.Subject)}
	if d.others[key] == nil {
		d.others[key] = &[2][]quad.Quad{}
	}
	side := 0
	if added {
		side = 1
	}
	d.others[key][side] = append(d.others[key][side], q)
}

// claim compares a claim field by field.
func (d *diff) claim(source, iri quad.IRI) error {
	before, err := d.a.Claim(d.ctx, iri)
	if err != nil {
		return err
	}
	after, err := d.b.Claim(d.ctx, iri)
	switch {
	case err != nil:
		return err
	case before == nil && after == nil: // an edge under what is no claim
		return nil
	case before == nil:
		d.add(Difference{"added", source, iri, "", "", after.Says})
		return nil
	case after == nil:
		d.add(Difference{"removed", source, iri, "", before.Says, ""})
		return nil
	}
	old, fresh := d.fields(d.a, before), d.fields(d.b, after)
	for i, field := range claimFields {
		if old[i] != fresh[i] {
			d.add(changed(source, iri, field, old[i], fresh[i]))
		}
	}
	return d.edges(source, before, after)
}

// claimFields are what a claim is besides its edges, as claims files call them.
var claimFields = []string{"says", "speaker", "via", "stance", "hedge", "note", "at", "see", "derived-from", "annotator"}

// fields are those of a claim, beside claimFields.
func (d *diff) fields(v *View, c *Claim) []string {
	short := func(list ...quad.IRI) string {
		var words []string
		for _, iri := range list {
			if iri != "" {
				words = append(words, v.Base.Short(iri))
			}
		}
		return strings.Join(words, ", ")
	}
	at := c.Place()
	if at != "" {
		at += ", sha256 " + c.SHA256
	}
	return []string{c.Says, short(c.Speaker), short(c.Via...), string(c.Stance), c.Hedge, c.Note, at, string(c.See),
		short(c.DerivedFrom...), short(c.Annotator)}
}

// edges compares the edges of two versions of a claim. One of a subject and a
// relation that went, and one that came, are a change.
func (d *diff) edges(source quad.IRI, before, after *Claim) error {
	old, err := d.spelled(d.a, before)
	if err != nil {
		return err
	}
	fresh, err := d.spelled(d.b, after)
	if err != nil {
		return err
	}
	keys := map[string]bool{}
	for _, side := range []map[string][]string{old, fresh} {
		for key := range side {
			keys[key] = true
		}
	}
	for key := range keys {
		gone := slices.DeleteFunc(slices.Clone(old[key]), func(s string) bool { return slices.Contains(fresh[key], s) })
		come := slices.DeleteFunc(slices.Clone(fresh[key]), func(s string) bool { return slices.Contains(old[key], s) })
		if len(gone)+len(come) > 0 {
			d.add(changed(source, before.IRI, key, strings.Join(gone, ", "), strings.Join(come, ", ")))
		}
	}
	return nil
}

// spelled are the objects of a claim's edges, by subject and relation; quantities
// and dates by all that is read of them.
func (d *diff) spelled(v *View, c *Claim) (map[string][]string, error) {
	quads, err := v.Asserted(d.ctx, c)
	if err != nil {
		return nil, err
	}
	spelled := map[string][]string{}
	for _, q := range quads {
		object := v.Base.ShortTerm(q.Object)
		if schema.IRI(iriOf(q.Object)).Under(c.IRI) {
			cell, err := v.DescribeFor(d.ctx, q.Object, []quad.IRI{c.Source})
			if err != nil {
				return nil, err
			}
			object = cell.Text
			for _, name := range slices.Sorted(maps.Keys(cell.Parts)) {
				if text := Text(cell.Parts[name]); name == "printed" && !strings.Contains(object, text) {
					object += " (" + text + ")"
				}
			}
		}
		relation, err := v.Describe(d.ctx, q.Predicate)
		if err != nil {
			return nil, err
		}
		key := "edges: " + schema.IRI(iriOf(q.Subject)).LastPart() + " " + relation.Text
		spelled[key] = append(spelled[key], object)
	}
	return spelled, nil
}

// other compares what a source says of its entities and of itself, the ontology of
// its terms, or another graph of anything: by predicate.
func (d *diff) other(label, subject quad.IRI, sides [2][]quad.Quad) error {
	there, err := d.a.describes(d.ctx, label, subject)
	if err != nil {
		return err
	}
	here, err := d.b.describes(d.ctx, label, subject)
	if err != nil {
		return err
	}
	if there != here {
		foreign, err := d.whole(label, subject, there)
		if !foreign || err != nil {
			return err
		}
	}
	values := map[quad.IRI]*[2][]quad.Value{}
	for side, quads := range sides {
		quads, err := delta.InLines(quads)
		if err != nil {
			return err
		}
		for _, q := range quads {
			field := iriOf(q.Predicate)
			if values[field] == nil {
				values[field] = &[2][]quad.Value{}
			}
			values[field][side] = append(values[field][side], q.Object)
		}
	}
	if title, label := values[schema.Title], values[schema.Label]; title != nil && label != nil && reflect.DeepEqual(title, label) {
		delete(values, schema.Label) // a source is called by its title
	}
	for field, v := range values {
		before, after := d.listed(v[0], Text), d.listed(v[1], Text)
		if before == after { // in a language or a datatype
			before, after = d.listed(v[0], d.b.Base.ShortTerm), d.listed(v[1], d.b.Base.ShortTerm)
		}
		one := changed(label, subject, d.b.Base.Short(field), before, after)
		switch {
		case !there:
			one.Change = "added"
		case !here:
			one.Change = "removed"
		}
		d.add(one)
	}
	return nil
}

// whole tells of a thing that a source, or the ontology, says nothing of in one of
// the graphs, in one difference. What another graph says is told quad by quad.
func (d *diff) whole(label, subject quad.IRI, gone bool) (foreign bool, err error) {
	v := d.b
	if gone {
		v = d.a
	}
	if foreign, err = v.foreign(d.ctx, label); foreign || err != nil {
		return foreign, err
	}
	cell, err := v.DescribeFor(d.ctx, subject, []quad.IRI{label})
	if gone {
		d.add(Difference{"removed", label, subject, "", cell.Text, ""})
	} else {
		d.add(Difference{"added", label, subject, "", "", cell.Text})
	}
	return false, err
}

// listed are values in words: IRIs in their short form, literals as text says them.
func (d *diff) listed(values []quad.Value, text func(quad.Value) string) string {
	var words []string
	for _, v := range values {
		if iri, ok := v.(quad.IRI); ok {
			words = append(words, d.b.Base.Short(iri))
		} else {
			words = append(words, text(v))
		}
	}
	return strings.Join(words, ", ")
}

// describes reports whether a label has anything of a subject.
func (v *View) describes(ctx context.Context, label, subject quad.IRI) (bool, error) {
	for _, err := range v.Each(ctx, quad.Quad{Subject: subject, Label: label}) {
		return err == nil, err
	}
	return false, nil
}

func (d *diff) add(one Difference) { d.list = append(d.list, one) }

func changed(label, about quad.IRI, field, before, after string) Difference {
	return Difference{"changed", label, about, field, before, after}
}
