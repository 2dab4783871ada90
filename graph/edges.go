package graph

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/edges"
	"kg/schema"
)

// Edge is one quad of an entity, seen from it.
type Edge struct {
	Quad  quad.Quad
	Out   bool   // whether the entity is the subject
	Claim *Claim // nil for what the source's file says of the entity itself
	// Foreign marks an edge of another graph: its label is no source's, no claim's and
	// not the ontology's. Nobody is known to say it, so that it has no stance, and it
	// is no origin.
	Foreign bool
	Status  string // of a Comparison: the statuses of the event that the claim states, separated by ", "
}

// Relation is the edge's predicate.
func (e Edge) Relation() quad.IRI { return iriOf(e.Quad.Predicate) }

// Other is the end that the entity is not.
func (e Edge) Other() quad.Value {
	if e.Out {
		return e.Quad.Object
	}
	return e.Quad.Subject
}

// Source is the source of the edge: that of its claim, or its label.
func (e Edge) Source() quad.IRI { return schema.IRI(iriOf(e.Quad.Label)).Source() }

// Stated reports whether a claim or another graph states the edge. What a source's
// file says the entity is and is called is not stated, nor what a graph names it.
func (e Edge) Stated() bool {
	return e.Claim != nil || e.Foreign && !slices.Contains(edges.OfFile, e.Relation())
}

// IsCode reports whether the edge leads to a code, such as a status, which joins
// nothing.
func (e Edge) IsCode() bool {
	object, ok := e.Quad.Object.(quad.IRI)
	return ok && schema.IRI(object).OfOntology()
}

// Edges lists every quad with the entity as subject or object: first what its
// source's file says it is, then what claims assert, then what else points to
// it, such as the claims it makes.
func (v *View) Edges(ctx context.Context, entity quad.IRI) ([]Edge, error) {
	p, err := v.Neighbours(ctx, entity, EdgeFilter{}, "", 0)
	if err != nil {
		return nil, err
	}
	return p.Edges, nil
}

func compareEdges(a, b Edge) int {
	rank := func(e Edge) int {
		switch {
		case e.Claim == nil && e.Out:
			return 0
		case e.Claim != nil && e.Out:
			return 1
		case e.Claim != nil:
			return 2
		}
		return 3
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	key := func(e Edge) string {
		return string(e.Relation()) + "\x00" + Text(e.Other()) + "\x00" + Text(e.Quad.Label)
	}
	return strings.Compare(key(a), key(b))
}

// Reading is a relation in words: forward as it leads from subject to object,
// "works for"; else as it is read from object to subject, "is governed by". A
// relation whose ontology has no words for the way back is read "is … of".
func (v *View) Reading(ctx context.Context, relation quad.IRI, forward bool) (Cell, error) {
	c, err := v.Describe(ctx, relation)
	if err != nil {
		return c, err
	}
	if relationName.MatchString(c.Text) {
		c.Text = strings.ReplaceAll(c.Text, "-", " ")
	}
	if forward {
		return c, nil
	}
	inverses, err := v.objects(ctx, relation, schema.InverseLabel)
	words := []string{schema.InverseOf(c.Text)}
	for i, inverse := range inverses {
		words = append(words[:i], Text(inverse))
	}
	c.Text = slices.Min(words) // two ontologies may have words for it
	return c, err
}

// relationName is the name of a relation as claims files have it: its hyphens
// stand for spaces.
var relationName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`)

// Kind is the IRI of an entity's kind, or empty for what has none.
func (v *View) Kind(ctx context.Context, entity quad.IRI) (quad.IRI, error) {
	kind, err := v.object(ctx, entity, schema.Type)
	return iriOf(kind), err
}

// IsA tells whether an entity is of a kind, by the kind's name, or of a kind
// below it.
func (v *View) IsA(ctx context.Context, entity quad.IRI, kind string) (bool, error) {
	at, err := v.Kind(ctx, entity)
	if err != nil {
		return false, err
	}
	return v.below(ctx, at, kind)
}

// below reports whether a kind has a name, or is below one that has.
func (v *View) below(ctx context.Context, at quad.IRI, kind string) (bool, error) {
	for seen := map[quad.IRI]bool{}; at != "" && !seen[at]; {
		seen[at] = true
		names, err := v.objects(ctx, at, schema.Label) // other graphs may add their own
		if err != nil || slices.ContainsFunc(names, func(name quad.Value) bool { return Text(name) == kind }) {
			return err == nil, err
		}
		parent, err := v.object(ctx, at, schema.SubClassOf)
		if err != nil {
			return false, err
		}
		at = iriOf(parent)
	}
	return false, nil
}
