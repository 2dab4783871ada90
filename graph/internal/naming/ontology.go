package naming

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/cells"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Relation returns a relation in words: see Reading of package graph.
func (n *Namer) Relation(ctx context.Context, relation quad.IRI, forward bool) (cells.Cell, error) {
	c, err := n.Describe(ctx, relation, nil)
	if err != nil {
		return c, err
	}
	if hyphened.MatchString(c.Text) {
		c.Text = strings.ReplaceAll(c.Text, "-", " ")
	}
	if forward {
		return c, nil
	}
	inverses, err := n.R.Objects(ctx, relation, schema.InverseLabel)
	words := []string{schema.InverseOf(c.Text)}
	for i, inverse := range inverses {
		words = append(words[:i], term.TextOf(inverse))
	}
	c.Text = slices.Min(words) // two ontologies may have words for it
	return c, err
}

// hyphened is the name of a relation as claims files have it: its hyphens stand for
// spaces.
var hyphened = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`)

// Below reports whether a kind has a name, or is below a kind that has.
func (n *Namer) Below(ctx context.Context, kind quad.IRI, name string) (bool, error) {
	for seen := map[quad.IRI]bool{}; kind != "" && !seen[kind]; {
		seen[kind] = true
		names, err := n.R.Objects(ctx, kind, schema.Label) // other graphs may add their own
		if err != nil || slices.ContainsFunc(names, func(one quad.Value) bool { return term.TextOf(one) == name }) {
			return err == nil, err
		}
		parent, err := n.R.Object(ctx, kind, schema.SubClassOf)
		if err != nil {
			return false, err
		}
		kind = read.IRI(parent)
	}
	return false, nil
}
