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
	// promised, attempted; approximate, uncertain.
	Doubts []string
}

// Evidence finds what stands behind an answer that came through quads: the
// claims that label them, and what makes their ends, or the values that the
// answer shows, less than plain facts. A claim among these is its own evidence.
func (v *View) Evidence(ctx context.Context, quads []quad.Quad, values ...quad.Value) (Evidence, error) {
	nodes, claims, doubts := map[quad.IRI]bool{}, map[quad.IRI]*Claim{}, map[string]bool{}
	for _, q := range quads {
		nodes[iriOf(q.Subject)], nodes[iriOf(q.Object)] = true, true
		if err := v.addClaim(ctx, claims, iriOf(q.Label)); err != nil {
			return Evidence{}, err
		}
	}
	for _, value := range values {
		nodes[iriOf(value)] = true
	}
	delete(nodes, "")
	for node := range nodes {
		if err := v.addClaim(ctx, claims, node); err != nil {
			return Evidence{}, err
		}
		more, err := v.doubtsOf(ctx, node)
		if err != nil {
			return Evidence{}, err
		}
		for _, d := range more {
			doubts[d] = true
		}
	}
	return evidence(claims, doubts), nil
}

// doubtsOf are the status of an event, other than done and ongoing, and whether
// a quantity or a date is approximate or uncertain.
func (v *View) doubtsOf(ctx context.Context, node quad.IRI) ([]string, error) {
	if doubts, ok := v.doubts[node]; ok {
		return doubts, nil
	}
	var doubts []string
	for _, predicate := range []quad.IRI{schema.Status, schema.Approximate, schema.Uncertain} {
		objects, err := v.objects(ctx, node, predicate)
		if err != nil {
			return nil, err
		}
		for _, o := range objects {
			switch {
			case predicate == schema.Status && o != schema.Done && o != schema.Ongoing:
				doubts = append(doubts, LastPart(iriOf(o)))
			case o == quad.Bool(true):
				doubts = append(doubts, LastPart(predicate))
			}
		}
	}
	v.doubts[node] = doubts
	return doubts, nil
}

// addClaim adds the claim with that IRI, if it is one, and with a derived claim
// those it follows from: it cannot be surer than they are.
func (v *View) addClaim(ctx context.Context, claims map[quad.IRI]*Claim, iri quad.IRI) error {
	c, err := v.Claim(ctx, iri)
	if err != nil || c == nil || claims[iri] != nil {
		return err
	}
	claims[iri] = c
	for _, from := range c.DerivedFrom {
		if err := v.addClaim(ctx, claims, from); err != nil {
			return err
		}
	}
	return nil
}

func evidence(claims map[quad.IRI]*Claim, doubts map[string]bool) Evidence {
	e := Evidence{Doubts: slices.Sorted(maps.Keys(doubts))}
	for _, iri := range slices.Sorted(maps.Keys(claims)) {
		e.Claims = append(e.Claims, claims[iri])
	}
	return e
}

// And is the evidence of two answers that are one.
func (e Evidence) And(other Evidence) Evidence {
	claims, doubts := map[quad.IRI]*Claim{}, map[string]bool{}
	for _, c := range slices.Concat(e.Claims, other.Claims) {
		claims[c.IRI] = c
	}
	for _, d := range slices.Concat(e.Doubts, other.Doubts) {
		doubts[d] = true
	}
	return evidence(claims, doubts)
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
