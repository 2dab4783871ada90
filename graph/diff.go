package graph

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/delta"
	"kg/graph/internal/diff"
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
	d := &diff.Diff{A: compared{s.WholeView(base).WithRetracted()}, B: compared{other.WholeView(base).WithRetracted()}, Base: base}
	err := delta.Each(ctx, s.quads, other.quads, func(q quad.Quad, added bool) {
		if len(sources) == 0 || slices.ContainsFunc(sources, func(src quad.IRI) bool { return agree.OfSource(q.Label, src) }) {
			d.Note(q, added)
		}
	})
	if err != nil {
		return nil, err
	}
	found, err := d.List(ctx)
	var list []Difference
	for _, one := range found {
		list = append(list, Difference(one))
	}
	return list, err
}

// compared is a view as package diff compares it.
type compared struct{ *View }

func (v compared) Claim(ctx context.Context, iri quad.IRI) (*diff.ClaimFields, error) {
	c, err := v.View.Claim(ctx, iri)
	if c == nil || err != nil {
		return nil, err
	}
	short := func(list ...quad.IRI) string {
		var words []string
		for _, iri := range list {
			if iri != "" {
				words = append(words, v.Base.Short(iri))
			}
		}
		return strings.Join(words, ", ")
	}
	at := c.LocatorText()
	if at != "" {
		at += ", sha256 " + c.SHA256
	}
	return &diff.ClaimFields{Says: c.Says, Fields: [][2]string{
		{"says", c.Says}, {"speaker", short(c.Speaker)}, {"via", short(c.Via...)}, {"stance", string(c.Stance)},
		{"hedge", c.Hedge}, {"note", c.Note}, {"at", at}, {"see", string(c.See)},
		{"derived-from", short(c.DerivedFrom...)}, {"annotator", short(c.Annotator)},
	}}, nil
}

// Edges are the objects of a claim's edges, by subject and relation; quantities and dates
// by all that is read of them.
func (v compared) Edges(ctx context.Context, claim quad.IRI) (map[string][]string, error) {
	c, err := v.View.Claim(ctx, claim)
	if c == nil || err != nil {
		return nil, err
	}
	quads, err := v.Asserted(ctx, c)
	if err != nil {
		return nil, err
	}
	spelled := map[string][]string{}
	for _, q := range quads {
		object := v.Base.ShortTerm(q.Object)
		if schema.IRI(iriOf(q.Object)).Under(c.IRI) {
			cell, err := v.DescribeFor(ctx, q.Object, []quad.IRI{c.Source})
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
		relation, err := v.Describe(ctx, q.Predicate)
		if err != nil {
			return nil, err
		}
		key := "edges: " + schema.IRI(iriOf(q.Subject)).LastPart() + " " + relation.Text
		spelled[key] = append(spelled[key], object)
	}
	return spelled, nil
}

func (v compared) Describes(ctx context.Context, label, subject quad.IRI) (bool, error) {
	return v.r.Any(ctx, quad.Quad{Subject: subject, Label: label})
}

func (v compared) Foreign(ctx context.Context, label quad.IRI) (bool, error) {
	if c, err := v.claims.Claim(ctx, label); c != nil || err != nil {
		return c != nil, err // its quads are compared one by one, too
	}
	return v.claims.Foreign(ctx, label)
}

func (v compared) Called(ctx context.Context, subject, label quad.IRI) (string, error) {
	return v.namer.Name(ctx, subject, label)
}
