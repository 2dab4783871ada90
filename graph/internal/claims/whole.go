package claims

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// ErrTooMany is the error of asking for more quads at once than allowed.
var ErrTooMany = errors.New("there are more quads than may be given at once")

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
		return ErrTooMany
	}
	s.seen[q] = true
	s.list = append(s.list, q)
	return nil
}

func (s *quadSet) addAll(ctx context.Context, r *read.Quads, p quad.Quad) error {
	for q, err := range r.Each(ctx, p) {
		if err != nil {
			return err
		}
		if err := s.add(q); err != nil {
			return err
		}
	}
	return nil
}

// QuadsOf returns the quads of a node, in either direction, and of the claims that state
// them: their records, and the figures they declare. For a claim it returns its record
// and its edges. More than most are ErrTooMany.
func QuadsOf(ctx context.Context, r *read.Quads, node quad.IRI, most int) ([]quad.Quad, error) {
	set := &quadSet{seen: map[quad.Quad]bool{}, most: most}
	for _, p := range []quad.Quad{{Subject: node}, {Object: node}} {
		if err := set.addAll(ctx, r, p); err != nil {
			return nil, err
		}
	}
	claims := map[quad.IRI]bool{node: true}
	for _, q := range slices.Clone(set.list) {
		label := read.IRI(q.Label)
		claims[label] = true
		if object := read.IRI(q.Object); label != "" && schema.IRI(object).Under(label) {
			if err := addWhole(ctx, r, set, object, label); err != nil {
				return nil, err
			}
		}
	}
	for claim := range claims {
		if err := addRecord(ctx, r, set, claim, claim == node); err != nil {
			return nil, err
		}
	}
	return set.list, nil
}

// Quads collects the records of claims and their edges.
func Quads(ctx context.Context, r *read.Quads, claims iter.Seq[quad.IRI], most int) ([]quad.Quad, error) {
	set := &quadSet{seen: map[quad.Quad]bool{}, most: most}
	for claim := range claims {
		if err := addRecord(ctx, r, set, claim, true); err != nil {
			return nil, err
		}
	}
	return set.list, nil
}

// addRecord adds the record of a claim, and with edges its edges. A node that is no claim
// has no record.
func addRecord(ctx context.Context, r *read.Quads, set *quadSet, iri quad.IRI, edges bool) error {
	c, err := Read(ctx, r, iri)
	if err != nil || c == nil {
		return err
	}
	if edges {
		if err := set.addAll(ctx, r, quad.Quad{Label: iri}); err != nil {
			return err
		}
	}
	return addWhole(ctx, r, set, iri, iri)
}

// addWhole adds the quads of a node and of those it leads to that lie under root.
func addWhole(ctx context.Context, r *read.Quads, set *quadSet, node, root quad.IRI) error {
	for q, err := range r.Each(ctx, quad.Quad{Subject: node}) {
		if err != nil {
			return err
		}
		known := set.seen[q]
		if err := set.add(q); err != nil {
			return err
		}
		if below := read.IRI(q.Object); !known && schema.IRI(below).Under(root) {
			if err := addWhole(ctx, r, set, below, root); err != nil {
				return err
			}
		}
	}
	return nil
}
