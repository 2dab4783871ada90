package compare

import (
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/edges"
	"kg/graph/internal/evidence"
	"kg/graph/internal/figures"
	"kg/graph/internal/read"
	"kg/schema"
)

// judge compares the statements about one entity in one respect. It returns nothing where
// there is nothing to report, and one comparison per source for the verdict OneSource.
func (c *sourceComparison) judge(key [2]quad.IRI, list []edges.Edge) (out []Comparison, err error) {
	slices.SortFunc(list, c.inTime)
	in := Respect{Status: key[1] == schema.Status, Role: c.events[key[0]], Shared: len(c.by[key[0]]) > 1}
	statements := make([]Statement, len(list))
	bySource := map[string][]edges.Edge{}
	for i, s := range list {
		if statements[i], err = c.statement(s, in); err != nil {
			return nil, err
		}
		if text := statements[i].Source; !statements[i].Denies {
			bySource[text] = append(bySource[text], s)
		}
	}
	verdict := Judge(statements, in)
	one := Comparison{About: key[0], Relation: key[1], Said: list, Verdict: string(verdict)}
	switch verdict {
	case "":
		return nil, nil
	case OneSource:
		for _, text := range slices.Sorted(maps.Keys(bySource)) {
			one.Said = bySource[text]
			out = append(out, one)
		}
		return out, nil
	}
	return []Comparison{one}, nil
}

// statement turns an edge into the plain values that Judge compares.
func (c *sourceComparison) statement(s edges.Edge, in Respect) (Statement, error) {
	one := Statement{Source: string(c.texts.Root(s.Claim.Source)), Claim: string(s.Claim.IRI), Day: c.days[s.Claim.Source], Denies: s.Claim.Denies(), Planned: isPlanned(s)}
	object := c.g.Joins.Canonical(s.Quad.Object)
	if in.Status {
		one.Object = schema.IRI(read.IRI(s.Quad.Object)).LastPart()
		one.Settled = evidence.Settled(one.Object)
		return one, nil
	}
	one.Object = quad.StringOf(object)
	if f, is, err := figures.Read(c.ctx, c.g.R, s.Quad.Object); err != nil {
		return one, err
	} else if is {
		one.Object, one.Figure = f.Exact, &f
	}
	if party := schema.IRI(read.IRI(object)); !party.OfOntology() && !party.Under(s.Claim.IRI) {
		one.Party = string(party)
	}
	return one, nil
}

// isPlanned reports whether a statement is about an intention or a promise.
func isPlanned(s edges.Edge) bool {
	list := strings.Split(s.Status, ", ")
	return s.Status != "" && !slices.ContainsFunc(list, evidence.Settled) && !slices.Contains(list, "attempted")
}
