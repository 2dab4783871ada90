package graph

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Evidence is what stands behind an answer.
type Evidence struct {
	Claims []*Claim // by IRI
	// Doubts are what else keeps it from being a plain fact: planned,
	// promised, attempted; approximate.
	Doubts []string
}

// Evidence finds the claims that join values: those that label a quad between
// two of them.
func (v *View) Evidence(ctx context.Context, values []quad.Value) (Evidence, error) {
	in := map[quad.Value]bool{}
	for _, value := range values {
		in[value] = true
	}
	claims, doubts := map[quad.IRI]*Claim{}, map[string]bool{}
	for value := range in {
		if _, ok := value.(quad.IRI); !ok {
			continue
		}
		quads, err := v.quads(ctx, quad.Subject, value)
		if err != nil {
			return Evidence{}, err
		}
		for _, q := range quads {
			if d := doubt(q); d != "" {
				doubts[d] = true
			}
			if !in[q.Object] {
				continue
			}
			c, err := v.Claim(ctx, iriOf(q.Label))
			if err != nil {
				return Evidence{}, err
			}
			if c != nil {
				claims[c.IRI] = c
			}
		}
	}
	e := Evidence{Doubts: slices.Sorted(maps.Keys(doubts))}
	for _, iri := range slices.Sorted(maps.Keys(claims)) {
		e.Claims = append(e.Claims, claims[iri])
	}
	return e, nil
}

// doubt reads the status of an event, other than done and ongoing, and the
// approximation of a quantity.
func doubt(q quad.Quad) string {
	switch {
	case q.Predicate == schema.Status && q.Object != schema.Done && q.Object != schema.Ongoing:
		return lastPart(iriOf(q.Object))
	case q.Predicate == schema.Approximate && q.Object == quad.Bool(true):
		return "approximate"
	}
	return ""
}

// SaidBy names the speakers, each with the way their words took.
func (v *View) SaidBy(ctx context.Context, e Evidence) (string, error) {
	var names []string
	for _, c := range e.Claims {
		name, err := v.speaker(ctx, c)
		if err != nil {
			return "", err
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, "; "), nil
}

func (v *View) speaker(ctx context.Context, c *Claim) (string, error) {
	who, how := c.Speaker, ""
	if who == "" {
		who, how = c.Annotator, " (derived)"
	}
	cell, err := v.Describe(ctx, who)
	if err != nil {
		return "", err
	}
	for _, via := range c.Via {
		step, err := v.Describe(ctx, via)
		if err != nil {
			return "", err
		}
		how += " via " + step.Text
	}
	return cell.Text + how, nil
}

// Sure says how sure an answer is: the weakest stance among its claims, their
// hedges as printed, and the doubts. Only what somebody plainly asserts, and
// what is no plan, reads "asserts" alone.
func (e Evidence) Sure() string {
	weakest, derived := -1, false
	var hedges []string
	for _, c := range e.Claims {
		weakest = max(weakest, slices.Index(schema.Stances, c.Stance))
		derived = derived || c.Speaker == ""
		if c.Hedge != "" && !slices.Contains(hedges, c.Hedge) {
			hedges = append(hedges, c.Hedge)
		}
	}
	var words []string
	if derived {
		words = append(words, "derived")
	}
	if weakest >= 0 {
		words = append(words, string(schema.Stances[weakest]))
	}
	for _, h := range hedges {
		words = append(words, `"`+h+`"`)
	}
	return strings.Join(append(words, e.Doubts...), ", ")
}
