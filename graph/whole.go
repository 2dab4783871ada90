package graph

import (
	"context"
	"errors"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// ErrTooManyQuads is the error of asking for more quads at once than allowed.
var ErrTooManyQuads = errors.New("there are more quads than may be given at once")

// quadSet is quads, none twice, and at most so many.
type quadSet struct {
	seen map[quad.Quad]bool
	list []quad.Quad
	most int
}

func (s *quadSet) add(q quad.Quad) error {
	if s.seen[q] {
		return nil
	}
	if len(s.list) == s.most {
		return ErrTooManyQuads
	}
	s.seen[q] = true
	s.list = append(s.list, q)
	return nil
}

func (s *quadSet) addAll(ctx context.Context, v *View, p quad.Quad) error {
	for q, err := range v.Each(ctx, p) {
		if err != nil {
			return err
		}
		if err := s.add(q); err != nil {
			return err
		}
	}
	return nil
}

// QuadsOf collects what is said of a node, in either direction, and of the claims
// that say it: their record, and the figures they bring along. Of a claim it is
// its record and its edges. More than most are ErrTooManyQuads.
func (v *View) QuadsOf(ctx context.Context, node quad.IRI, most int) ([]quad.Quad, error) {
	set := &quadSet{seen: map[quad.Quad]bool{}, most: most}
	for _, p := range []quad.Quad{{Subject: node}, {Object: node}} {
		if err := set.addAll(ctx, v, p); err != nil {
			return nil, err
		}
	}
	claims := map[quad.IRI]bool{node: true}
	for _, q := range slices.Clone(set.list) {
		label := iriOf(q.Label)
		claims[label] = true
		if object := iriOf(q.Object); label != "" && schema.IRI(object).Under(label) {
			if err := v.addWhole(ctx, set, object, label); err != nil {
				return nil, err
			}
		}
	}
	for claim := range claims {
		if err := v.addRecord(ctx, set, claim, claim == node); err != nil {
			return nil, err
		}
	}
	return set.list, nil
}

// QuadsOfClaims collects the records of claims and their edges.
func (v *View) QuadsOfClaims(ctx context.Context, claims []*Claim, most int) ([]quad.Quad, error) {
	set := &quadSet{seen: map[quad.Quad]bool{}, most: most}
	for _, c := range claims {
		if err := v.addRecord(ctx, set, c.IRI, true); err != nil {
			return nil, err
		}
	}
	return set.list, nil
}

// addRecord adds what is said of a claim itself, and with edges what it says.
// What is no claim has no record.
func (v *View) addRecord(ctx context.Context, set *quadSet, iri quad.IRI, edges bool) error {
	c, err := v.Claim(ctx, iri)
	if err != nil || c == nil {
		return err
	}
	if edges {
		if err := set.addAll(ctx, v, quad.Quad{Label: iri}); err != nil {
			return err
		}
	}
	return v.addWhole(ctx, set, iri, iri)
}

// addWhole adds the quads of a node and of those it leads to that lie under root.
func (v *View) addWhole(ctx context.Context, set *quadSet, node, root quad.IRI) error {
	for q, err := range v.Each(ctx, quad.Quad{Subject: node}) {
		if err != nil {
			return err
		}
		known := set.seen[q]
		if err := set.add(q); err != nil {
			return err
		}
		if below := iriOf(q.Object); !known && schema.IRI(below).Under(root) {
			if err := v.addWhole(ctx, set, below, root); err != nil {
				return err
			}
		}
	}
	return nil
}
