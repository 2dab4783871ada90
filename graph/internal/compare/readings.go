package compare

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/edges"
	"kg/graph/internal/figures"
	"kg/graph/internal/read"
	"kg/graph/internal/readings"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Readings compares two readings of one text, in the order of the text. It returns how many
// statements both have, and the differences: one statement, or all of a claim that differ
// in its speaker, stance, hedge or passage, or that only one reading has. A statement is an
// edge of a claim. Entities without names correspond by the passages that mention them: see
// readings.Paired. Statements with the same ends and relation are the same, however far
// apart their passages are; statements with two of these in common differ, if their
// passages overlap.
func (g *Graph) Readings(ctx context.Context, a, b quad.IRI) (same int, list []Comparison, err error) {
	digests := [2]string{}
	for i, source := range []quad.IRI{a, b} {
		digest, err := g.R.Object(ctx, source, schema.SHA256)
		if err != nil {
			return 0, nil, err
		}
		digests[i] = term.TextOf(digest)
	}
	if digests[0] != digests[1] {
		return 0, nil, fmt.Errorf("comparing readings: %s and %s are of two texts, and their passages cannot be set side by side", g.Base.Short(a), g.Base.Short(b))
	}
	if _, err := g.Joins.Classes(ctx); err != nil {
		return 0, nil, err
	}
	texts, err := g.Texts.Texts(ctx)
	if err != nil {
		return 0, nil, err
	}
	c := &readingsComparison{g: g, texts: texts}
	for i, source := range []quad.IRI{a, b} {
		if err := c.gather(ctx, i, source); err != nil {
			return 0, nil, err
		}
	}
	names := c.align(a, b)
	same, differences := readings.Compare(c.statements(0, names), c.statements(1, names))
	for _, d := range differences {
		one := Comparison{Verdict: "read otherwise", Differs: d.Differs, Said: c.said(0, d.A), Other: c.said(1, d.B)}
		if len(d.Differs) == 0 {
			one.Verdict = "one reading"
		}
		list = append(list, one)
	}
	return same, list, nil
}

// readingsComparison is the state of Readings.
type readingsComparison struct {
	g     *Graph
	texts *readings.SharedTexts
	of    [2][]spelled
	alone [2]map[quad.IRI][]readings.Passage // of entities that only one reading has
}

// spelled is an edge of a claim with its object as text.
type spelled struct {
	edges.Edge
	figures string // of a quantity or a date; else empty
}

// gather reads the statements of reading i in the order of the text.
func (c *readingsComparison) gather(ctx context.Context, i int, source quad.IRI) error {
	c.alone[i] = map[quad.IRI][]readings.Passage{}
	claims, err := c.g.Claims.OfSource(ctx, source)
	if err != nil {
		return err
	}
	for _, claim := range claims {
		quads, err := c.g.Claims.Asserted(ctx, claim)
		if err != nil {
			return err
		}
		for _, q := range quads {
			s := spelled{Edge: edges.Edge{Quad: q, Out: true, Claim: claim}}
			if s.figures, err = figures.Spell(ctx, c.g.R, q.Object, figures.Shown); err != nil {
				return err
			}
			s.figures = strings.ReplaceAll(s.figures, string(source)+"/", "/") // the source's own nodes by their ids, such as the whole of a share
			status, err := c.g.Evidence.StatusFor(ctx, read.IRI(q.Subject), claim, nil)
			if err != nil {
				return err
			}
			s.Status = strings.Join(status, ", ")
			for _, end := range []quad.IRI{read.IRI(q.Subject), read.IRI(q.Object), claim.Speaker} {
				if !schema.IRI(end).Under(source) || schema.IRI(end).Under(claim.IRI) {
					continue
				}
				passages := c.alone[i][end]
				if claim.Start < claim.End {
					passages = append(passages, readings.Passage{Start: claim.Start, End: claim.End})
				}
				c.alone[i][end] = passages
			}
			c.of[i] = append(c.of[i], s)
		}
	}
	slices.SortFunc(c.of[i], func(a, b spelled) int {
		return cmp.Or(cmp.Compare(a.Claim.Start, b.Claim.Start), cmp.Compare(a.Claim.End, b.Claim.End),
			strings.Compare(schema.IRI(a.Claim.IRI).LastPart(), schema.IRI(b.Claim.IRI).LastPart()), read.CompareTriples(a.Quad, b.Quad))
	})
	return nil
}

// align maps entities that only the second reading has to those that only the first has,
// if they are of one kind and the same passages mention both.
func (c *readingsComparison) align(a, b quad.IRI) map[quad.IRI]quad.IRI {
	kinds := map[string][2][]readings.Speaking{}
	for i, source := range []quad.IRI{a, b} {
		for _, node := range slices.Sorted(maps.Keys(c.alone[i])) {
			kind, _, _ := strings.Cut(strings.TrimPrefix(string(node), string(source)+"/"), "/")
			both := kinds[kind]
			both[i] = append(both[i], readings.Speaking{Who: node, Where: readings.Spread(c.alone[i][node])})
			kinds[kind] = both
		}
	}
	to := map[quad.IRI]quad.IRI{}
	for _, both := range kinds {
		maps.Copy(to, readings.Paired(both[1], both[0]))
	}
	return to
}

// statements returns the statements of reading i for package readings.
func (c *readingsComparison) statements(i int, names map[quad.IRI]quad.IRI) []readings.EdgeStatement {
	name := func(value quad.Value) string {
		if other := names[read.IRI(value)]; other != "" {
			value = other
		}
		return quad.StringOf(c.g.Joins.Canonical(value))
	}
	list := make([]readings.EdgeStatement, len(c.of[i]))
	for n, s := range c.of[i] {
		list[n] = readings.EdgeStatement{
			Claim: s.Claim.IRI, Passage: readings.Passage{Start: s.Claim.Start, End: s.Claim.End},
			Heard: c.texts.Heard(s.Claim), Stance: s.Claim.Stance, Hedge: s.Claim.Hedge,
			Parts: [3]string{name(s.Quad.Subject), quad.StringOf(s.Quad.Predicate), cmp.Or(s.figures, name(s.Quad.Object))},
		}
	}
	return list
}

// said returns edges of reading i by their numbers.
func (c *readingsComparison) said(i int, numbers []int) (list []edges.Edge) {
	for _, n := range numbers {
		list = append(list, c.of[i][n].Edge)
	}
	return list
}
