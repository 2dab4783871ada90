package claims

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/read"
	"kg/schema"
)

// Cache reads the claims of a graph that does not change, and remembers them. It is not
// for concurrent use.
type Cache struct {
	r         *read.Quads
	decisions *decide.Decisions
	known     map[quad.IRI]*Claim
	foreign   map[quad.IRI]bool // labels: see Foreign
}

// NewCache makes a Cache; decisions are nil for a graph without any.
func NewCache(r *read.Quads, decisions *decide.Decisions) *Cache {
	return &Cache{r, decisions, map[quad.IRI]*Claim{}, map[quad.IRI]bool{}}
}

// Claim looks up a claim; it returns nil for an IRI that is none.
func (k *Cache) Claim(ctx context.Context, iri quad.IRI) (*Claim, error) {
	if c, ok := k.known[iri]; ok {
		return c, nil
	}
	c, err := k.read(ctx, iri)
	if err == nil {
		k.known[iri] = c
	}
	return c, err
}

// Passing is Claim for a claim that is looked at once: it is not remembered.
func (k *Cache) Passing(ctx context.Context, iri quad.IRI) (*Claim, error) {
	if c, ok := k.known[iri]; ok {
		return c, nil
	}
	return k.read(ctx, iri)
}

func (k *Cache) read(ctx context.Context, iri quad.IRI) (*Claim, error) {
	c, err := Read(ctx, k.r, iri)
	if c != nil && k.decisions != nil {
		c.Retracted = k.decisions.Of(iri)
	}
	return c, err
}

// Known returns a claim that was looked up, nil for what is none.
func (k *Cache) Known(iri quad.IRI) *Claim { return k.known[iri] }

// OfSource returns the claims of a source, each once, in no order.
func (k *Cache) OfSource(ctx context.Context, source quad.IRI) (list []*Claim, err error) {
	quads, err := k.r.List(ctx, quad.Quad{Predicate: schema.FromSource, Object: source})
	seen := map[quad.IRI]bool{}
	for _, q := range quads {
		iri := read.IRI(q.Subject)
		if iri == "" || seen[iri] {
			continue
		}
		seen[iri] = true
		c, err := k.Claim(ctx, iri)
		if err != nil {
			return nil, err
		}
		if c != nil {
			list = append(list, c)
		}
	}
	return list, err
}

// Asserted lists the edges that a claim states, or denies, without the inner parts of its
// figures, in order.
func (k *Cache) Asserted(ctx context.Context, c *Claim) ([]quad.Quad, error) {
	quads, err := k.r.List(ctx, quad.Quad{Label: c.IRI})
	quads = slices.DeleteFunc(quads, func(q quad.Quad) bool { return schema.IRI(read.IRI(q.Subject)).Under(c.IRI) })
	slices.SortFunc(quads, read.CompareTriples)
	return quads, err
}

// AddOrigins adds a claim to all and, if it is derived, those it follows from.
func (k *Cache) AddOrigins(ctx context.Context, all map[quad.IRI]*Claim, c *Claim) error {
	if all[c.IRI] != nil {
		return nil
	}
	all[c.IRI] = c
	for _, from := range c.DerivedFrom {
		origin, err := k.Claim(ctx, from)
		if err != nil {
			return err
		}
		if origin == nil {
			continue
		}
		if err := k.AddOrigins(ctx, all, origin); err != nil {
			return err
		}
	}
	return nil
}

// Foreign reports whether a label is another graph's: no claim, no source, neither the
// ontology's nor that of decisions.
func (k *Cache) Foreign(ctx context.Context, label quad.Value) (bool, error) {
	c, err := k.Claim(ctx, read.IRI(label))
	if c != nil || err != nil || label == quad.Value(schema.OntologyIRI) {
		return false, err
	}
	if known, ok := k.foreign[read.IRI(label)]; ok {
		return known, nil
	}
	kind, err := k.r.Object(ctx, read.IRI(label), schema.Type)
	foreign := kind != quad.Value(schema.SourceClass) && (k.decisions == nil || !slices.Contains(k.decisions.Labels, label))
	if err == nil {
		k.foreign[read.IRI(label)] = foreign
	}
	return foreign, err
}
