// Package diff finds the claims, entities and terms in which two graphs differ, by the
// meaning of their quads. Package delta finds the quads that differ.
package diff

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/delta"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Difference is something in which two graphs differ: see Difference of package graph.
type Difference struct {
	Change        string
	Label         quad.IRI
	About         quad.IRI
	Field         string
	Before, After string
}

// ClaimFields is a claim as text: its statements, and its other properties, by the fields
// of claims files.
type ClaimFields struct {
	Says   string
	Fields [][2]string
}

// Graph is one of two graphs that are compared, with its names for nodes.
type Graph interface {
	// Claim is nil for an IRI that is none.
	Claim(ctx context.Context, iri quad.IRI) (*ClaimFields, error)
	// Edges are the objects of a claim's edges in words, by subject and relation.
	Edges(ctx context.Context, claim quad.IRI) (map[string][]string, error)
	// Describes reports whether a label has anything of a subject.
	Describes(ctx context.Context, label, subject quad.IRI) (bool, error)
	// Foreign reports whether a label is that of another graph.
	Foreign(ctx context.Context, label quad.IRI) (bool, error)
	// Called returns the name of a subject under a label.
	Called(ctx context.Context, subject, label quad.IRI) (string, error)
}

// Diff is a comparison under way: of A, as it was, and B, as it is.
type Diff struct {
	A, B   Graph
	Base   schema.Base
	ctx    context.Context
	claims map[quad.IRI]quad.IRI           // those that differ, each with its source
	others map[[2]quad.IRI]*[2][]quad.Quad // by label and subject: the quads that A alone has, and those that B alone has
	list   []Difference
}

// Note records the claim, entity or term of a quad that only one graph has.
func (d *Diff) Note(q quad.Quad, added bool) {
	if d.claims == nil {
		d.claims, d.others = map[quad.IRI]quad.IRI{}, map[[2]quad.IRI]*[2][]quad.Quad{}
	}
	for _, term := range []quad.Value{q.Label, q.Subject} {
		if source, claim, _, ok := schema.IRI(read.IRI(term)).SplitClaim(); ok {
			d.claims[claim] = source
			return
		}
	}
	key := [2]quad.IRI{read.IRI(q.Label), read.IRI(q.Subject)}
	if d.others[key] == nil {
		d.others[key] = &[2][]quad.Quad{}
	}
	side := 0
	if added {
		side = 1
	}
	d.others[key][side] = append(d.others[key][side], q)
}

// List returns the differences of the recorded quads, in the order of labels, then of
// subjects.
func (d *Diff) List(ctx context.Context) ([]Difference, error) {
	d.ctx = ctx
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

// claim compares a claim field by field.
func (d *Diff) claim(source, iri quad.IRI) error {
	before, err := d.A.Claim(d.ctx, iri)
	if err != nil {
		return err
	}
	after, err := d.B.Claim(d.ctx, iri)
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
	for i, old := range before.Fields {
		if fresh := after.Fields[i]; old != fresh {
			d.add(changed(source, iri, old[0], old[1], fresh[1]))
		}
	}
	return d.edges(source, iri)
}

// edges compares the edges of two versions of a claim. One of a subject and a
// relation that went, and one that came, are a change.
func (d *Diff) edges(source, claim quad.IRI) error {
	old, err := d.A.Edges(d.ctx, claim)
	if err != nil {
		return err
	}
	fresh, err := d.B.Edges(d.ctx, claim)
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
			d.add(changed(source, claim, key, strings.Join(gone, ", "), strings.Join(come, ", ")))
		}
	}
	return nil
}

// other compares the statements of a source about its entities and itself, of the
// ontology about its terms, or of another graph about anything: by predicate.
func (d *Diff) other(label, subject quad.IRI, sides [2][]quad.Quad) error {
	there, err := d.A.Describes(d.ctx, label, subject)
	if err != nil {
		return err
	}
	here, err := d.B.Describes(d.ctx, label, subject)
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
			field := read.IRI(q.Predicate)
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
		before, after := d.listed(v[0], term.TextOf), d.listed(v[1], term.TextOf)
		if before == after { // in a language or a datatype
			before, after = d.listed(v[0], d.Base.ShortTerm), d.listed(v[1], d.Base.ShortTerm)
		}
		one := changed(label, subject, d.Base.Short(field), before, after)
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

// whole reports a subject that a source, or the ontology, describes in one graph only, as
// one difference. Differences under other graphs are reported quad by quad.
func (d *Diff) whole(label, subject quad.IRI, gone bool) (foreign bool, err error) {
	g := d.B
	if gone {
		g = d.A
	}
	if foreign, err = g.Foreign(d.ctx, label); foreign || err != nil {
		return foreign, err
	}
	called, err := g.Called(d.ctx, subject, label)
	if gone {
		d.add(Difference{"removed", label, subject, "", called, ""})
	} else {
		d.add(Difference{"added", label, subject, "", "", called})
	}
	return false, err
}

// listed are values in words: IRIs in their short form, literals as text says them.
func (d *Diff) listed(values []quad.Value, text func(quad.Value) string) string {
	var words []string
	for _, v := range values {
		if iri, ok := v.(quad.IRI); ok {
			words = append(words, d.Base.Short(iri))
		} else {
			words = append(words, text(v))
		}
	}
	return strings.Join(words, ", ")
}

func (d *Diff) add(one Difference) { d.list = append(d.list, one) }

func changed(label, about quad.IRI, field, before, after string) Difference {
	return Difference{"changed", label, about, field, before, after}
}
