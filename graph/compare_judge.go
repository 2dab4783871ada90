package graph

import (
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/compare"
	"kg/graph/internal/evidence"
	"kg/graph/internal/figures"
	"kg/schema"
)

// judge compares all that is said of one thing in one respect; there is nothing of what
// needs no word. Where sources say what does not bear on each other, each alone says its
// own.
func (c *comparing) judge(key [2]quad.IRI, list []Edge) (out []Comparison, err error) {
	slices.SortFunc(list, c.inTime)
	in := compare.Respect{Status: key[1] == schema.Status, Role: c.events[key[0]], Shared: len(c.by[key[0]]) > 1}
	statements := make([]compare.Statement, len(list))
	bySource := map[string][]Edge{}
	for i, s := range list {
		if statements[i], err = c.statement(s, in); err != nil {
			return nil, err
		}
		if text := statements[i].Source; !statements[i].Denies {
			bySource[text] = append(bySource[text], s)
		}
	}
	verdict := compare.Judge(statements, in)
	one := Comparison{About: key[0], Relation: key[1], Said: list, Verdict: string(verdict)}
	switch verdict {
	case "":
		return nil, nil
	case compare.OneSource:
		for _, text := range slices.Sorted(maps.Keys(bySource)) {
			one.Said = bySource[text]
			out = append(out, one)
		}
		return out, nil
	}
	return []Comparison{one}, nil
}

// statement is what is said as package compare has it.
func (c *comparing) statement(s Edge, in compare.Respect) (compare.Statement, error) {
	one := compare.Statement{Source: string(c.texts.Root(s.Claim.Source)), Claim: string(s.Claim.IRI), Day: c.days[s.Claim.Source], Denies: s.Claim.Denies(), Planned: planned(s)}
	object := c.v.joins.Canonical(s.Quad.Object)
	if in.Status {
		one.Object = schema.IRI(iriOf(s.Quad.Object)).LastPart()
		one.Settled = evidence.Settled(one.Object)
		return one, nil
	}
	one.Object = quad.StringOf(object)
	if f, is, err := figures.Read(c.ctx, c.v.r, s.Quad.Object); err != nil {
		return one, err
	} else if is {
		one.Object, one.Figure = f.Exact, &f
	}
	if party := schema.IRI(iriOf(object)); !party.OfOntology() && !party.Under(s.Claim.IRI) {
		one.Party = string(party)
	}
	return one, nil
}

// planned reports whether a statement is of what somebody intends, or gave their word
// on.
func planned(s Edge) bool {
	list := strings.Split(s.Status, ", ")
	return s.Status != "" && !slices.ContainsFunc(list, evidence.Settled) && !slices.Contains(list, "attempted")
}
