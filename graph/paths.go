package graph

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/paths"
	"kg/schema"
)

// PathOptions say which paths to look for.
type PathOptions struct {
	MaxHops    int        // edges of a path; 0 is 8
	Paths      int        // how many to return, longer ones too; 0 is the shortest alone, of these a dozen
	Nodes      int        // how many entities to look at; 0 is 20,000
	Through    quad.IRI   // a relation that a path must take; empty for any
	NotThrough []quad.IRI // entities that a path must not come through
	AsOf       string     // a day as YYYY-MM-DD: see excluded
	InOrder    bool       // no event of a path is before one that the path comes through earlier
}

// Paths finds paths between two entities: see package paths.
func (v *View) Paths(ctx context.Context, from, to quad.IRI, o PathOptions) (*paths.PathList, error) {
	return paths.Find(ctx, joined{v}, v.qs, from, to, paths.Options(o))
}

// joined is a view as package paths asks it.
type joined struct{ *View }

func (j joined) Joins(ctx context.Context, label quad.IRI) (joins bool, claim quad.IRI, err error) {
	c, err := j.Claim(ctx, label)
	if c != nil || err != nil {
		return c != nil, label, err
	}
	joins, err = j.foreign(ctx, label)
	return joins, "", err
}

func (j joined) Surer(a, b quad.Quad) int {
	return j.claims[iriOf(a.Label)].CompareSure(j.claims[iriOf(b.Label)])
}

func (j joined) Aside() (labels []quad.IRI) {
	labels = append(labels, schema.OntologyIRI)
	if j.state != nil {
		for _, label := range j.state.decisions.Labels {
			labels = append(labels, iriOf(label))
		}
	}
	return labels
}

func (j joined) IsHub(ctx context.Context, kind quad.IRI, degree func() (int64, error)) (bool, error) {
	return j.isHub(ctx, kind, degree)
}

func (j joined) Excluded(ctx context.Context, event quad.IRI, day string) (bool, error) {
	return j.excluded(ctx, event, day)
}

func (j joined) InOrder(ctx context.Context, events []quad.IRI) (bool, error) {
	return j.inOrder(ctx, events)
}

// foreign reports whether a label is neither kg's own nor a source's.
func (v *View) foreign(ctx context.Context, label quad.IRI) (bool, error) {
	if label == schema.OntologyIRI {
		return false, nil
	}
	if known, ok := v.others[label]; ok {
		return known, nil
	}
	kind, err := v.Kind(ctx, label)
	if err == nil {
		v.others[label] = kind != schema.SourceClass && (v.state == nil || !slices.Contains(v.state.decisions.Labels, quad.Value(label)))
	}
	return v.others[label], err
}

// CompareSure orders claims, the surest first: by stance, a derived one, which has
// none, after those that somebody asserts; then those without a hedge; then by
// place and IRI. What no claim states, nil, comes last.
func (c *Claim) CompareSure(d *Claim) int {
	switch {
	case c == nil && d == nil:
		return 0
	case c == nil:
		return 1
	case d == nil:
		return -1
	}
	return cmp.Or(cmp.Compare(c.rank(), d.rank()), cmp.Compare(c.Hedge, d.Hedge), cmp.Compare(c.Start, d.Start), cmp.Compare(c.IRI, d.IRI))
}

func (c *Claim) rank() int {
	if c.Speaker == "" {
		return 1
	}
	return 2 * c.Stance.Rank()
}
