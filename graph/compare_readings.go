package graph

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
	"kg/graph/internal/read"
	"kg/graph/internal/readings"
	"kg/schema"
)

// CompareReadings sets two readings of one text side by side, in the order of the
// text: it tells how many statements are the same in both, and what they have otherwise:
// one statement, or all of a claim that differ in its speaker, stance, hedge or passage,
// or that one reading alone has. A statement is an edge of a claim. What has no name is
// known by where the text speaks of it: see readings.Paired. A statement with the same ends and
// relation in both is the same, however far apart the passages are; one of which two of
// these are the same is read otherwise, if the passages overlap.
func (v *View) CompareReadings(ctx context.Context, a, b quad.IRI) (same int, list []Comparison, err error) {
	digests := [2]string{}
	for i, source := range []quad.IRI{a, b} {
		if digests[i], err = v.TextDigest(ctx, source); err != nil {
			return 0, nil, err
		}
	}
	if digests[0] != digests[1] {
		return 0, nil, fmt.Errorf("comparing readings: %s and %s are of two texts, and their passages cannot be set side by side", v.Base.Short(a), v.Base.Short(b))
	}
	if _, err := v.joins.Classes(ctx); err != nil {
		return 0, nil, err
	}
	texts, err := v.readings.Texts(ctx)
	if err != nil {
		return 0, nil, err
	}
	c := &comparingReadings{v: v, texts: texts}
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

// comparingReadings is such a comparison under way.
type comparingReadings struct {
	v     *View
	texts *readings.SharedTexts
	of    [2][]statement
	alone [2]map[quad.IRI][]readings.Passage // what a reading alone knows, and where
}

// statement is an edge of a claim.
type statement struct {
	Edge
	figures string // of the object, if it is a figure or a date
}

func (c *comparingReadings) gather(ctx context.Context, i int, source quad.IRI) error {
	c.alone[i] = map[quad.IRI][]readings.Passage{}
	claims, err := c.v.SourceClaims(ctx, source)
	if err != nil {
		return err
	}
	for _, claim := range claims {
		quads, err := c.v.Asserted(ctx, claim)
		if err != nil {
			return err
		}
		for _, q := range quads {
			s := statement{Edge: Edge{Quad: q, Out: true, Claim: claim}}
			if s.figures, err = figures.Spell(ctx, c.v.r, q.Object, figures.Shown); err != nil {
				return err
			}
			s.figures = strings.ReplaceAll(s.figures, string(source)+"/", "/") // what it is a share of, say, by its id
			status, err := c.v.evidence.StatusFor(ctx, iriOf(q.Subject), claim, nil)
			if err != nil {
				return err
			}
			s.Status = strings.Join(status, ", ")
			for _, end := range []quad.IRI{iriOf(q.Subject), iriOf(q.Object), claim.Speaker} {
				if !schema.IRI(end).Under(source) || schema.IRI(end).Under(claim.IRI) {
					continue
				}
				where := c.alone[i][end]
				if claim.Start < claim.End {
					where = append(where, readings.Passage{Start: claim.Start, End: claim.End})
				}
				c.alone[i][end] = where
			}
			c.of[i] = append(c.of[i], s)
		}
	}
	slices.SortFunc(c.of[i], func(a, b statement) int {
		return cmp.Or(cmp.Compare(a.Claim.Start, b.Claim.Start), cmp.Compare(a.Claim.End, b.Claim.End),
			strings.Compare(schema.IRI(a.Claim.IRI).LastPart(), schema.IRI(b.Claim.IRI).LastPart()), read.CompareTriples(a.Quad, b.Quad))
	})
	return nil
}

// align finds names that both readings share: of what the second alone knows the first
// one's, if the text speaks of both in the same place and they are of one kind.
func (c *comparingReadings) align(a, b quad.IRI) map[quad.IRI]quad.IRI {
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

// statements are those of a reading as package readings has them.
func (c *comparingReadings) statements(i int, names map[quad.IRI]quad.IRI) []readings.EdgeStatement {
	name := func(value quad.Value) string {
		if other := names[iriOf(value)]; other != "" {
			value = other
		}
		return quad.StringOf(c.v.joins.Canonical(value))
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

// said are some statements of a reading, by their numbers.
func (c *comparingReadings) said(i int, numbers []int) (list []Edge) {
	for _, n := range numbers {
		list = append(list, c.of[i][n].Edge)
	}
	return list
}
