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
	"kg/schema"
)

// CompareReadings sets two readings of one text side by side, in the order of the
// text: it tells how many statements are the same in both, and what they have otherwise:
// one statement, or all of a claim that differ in its speaker, stance, hedge or passage,
// or that one reading alone has. A statement is an edge of a claim. What has no name is
// known by where the text speaks of it: see paired. A statement with the same ends and
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
	if _, err := v.classes(ctx); err != nil {
		return 0, nil, err
	}
	c := &comparingReadings{v: v}
	for i, source := range []quad.IRI{a, b} {
		if err := c.gather(ctx, i, source); err != nil {
			return 0, nil, err
		}
	}
	c.align(a, b)
	c.compare()
	return c.same, c.differences, nil
}

// comparingReadings is such a comparison under way.
type comparingReadings struct {
	v     *View
	of    [2][]*statement
	alone [2]map[quad.IRI][]passage // what a reading alone knows, and where

	same        int
	differences []Comparison
}

// statement is an edge of a claim, by its parts as both readings know them.
type statement struct {
	Said
	figures string // of the object, if it is a figure or a date
	parts   [3]string
	done    bool
}

func (c *comparingReadings) gather(ctx context.Context, i int, source quad.IRI) error {
	c.alone[i] = map[quad.IRI][]passage{}
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
			s := &statement{Said: Said{Claim: claim, Quad: q}}
			if s.figures, err = figures.Spell(ctx, c.v.r, q.Object, readOfFigures); err != nil {
				return err
			}
			s.figures = strings.ReplaceAll(s.figures, string(source)+"/", "/") // what it is a share of, say, by its id
			if s.Status, err = c.v.statusFor(ctx, iriOf(q.Subject), claim, nil); err != nil {
				return err
			}
			for _, end := range []quad.IRI{iriOf(q.Subject), iriOf(q.Object), claim.Speaker} {
				if !schema.IRI(end).Under(source) || schema.IRI(end).Under(claim.IRI) {
					continue
				}
				where := c.alone[i][end]
				if claim.Start < claim.End {
					where = append(where, passage{claim.Start, claim.End})
				}
				c.alone[i][end] = where
			}
			c.of[i] = append(c.of[i], s)
		}
	}
	slices.SortFunc(c.of[i], compareStatements)
	return nil
}

func compareStatements(a, b *statement) int {
	return cmp.Or(cmp.Compare(a.Claim.Start, b.Claim.Start), cmp.Compare(a.Claim.End, b.Claim.End),
		strings.Compare(schema.IRI(a.Claim.IRI).LastPart(), schema.IRI(b.Claim.IRI).LastPart()), read.CompareTriples(a.Quad, b.Quad))
}

// align gives the parts of all statements names that both readings share: of what the
// second alone knows the first one's, if the text speaks of both in the same place and
// they are of one kind.
func (c *comparingReadings) align(a, b quad.IRI) {
	kinds := map[string][2][]speaking{}
	for i, source := range []quad.IRI{a, b} {
		for _, node := range slices.Sorted(maps.Keys(c.alone[i])) {
			kind, _, _ := strings.Cut(strings.TrimPrefix(string(node), string(source)+"/"), "/")
			both := kinds[kind]
			both[i] = append(both[i], speaking{node, spread(c.alone[i][node])})
			kinds[kind] = both
		}
	}
	to := map[quad.IRI]quad.IRI{}
	for _, both := range kinds {
		maps.Copy(to, paired(both[1], both[0]))
	}
	name := func(value quad.Value) string {
		if other := to[iriOf(value)]; other != "" {
			value = other
		}
		return quad.StringOf(c.v.canonical(value))
	}
	for _, list := range c.of {
		for _, s := range list {
			s.parts = [3]string{name(s.Quad.Subject), quad.StringOf(s.Quad.Predicate), cmp.Or(s.figures, name(s.Quad.Object))}
		}
	}
}

// compare pairs the statements: those that are the same first, then those of which two
// parts are.
func (c *comparingReadings) compare() {
	const subject, relation, object = 0, 1, 2
	for _, differs := range []int{-1, relation, object, subject} {
		for _, pair := range c.pairs(differs) {
			a, b := pair[0], pair[1]
			if a.done || b.done {
				continue
			}
			a.done, b.done = true, true
			words := howOtherwise(a, b)
			if differs >= 0 {
				words = slices.Insert(words, 0, []string{"subject", "relation", "object"}[differs])
			}
			if len(words) == 0 {
				c.same++
				continue
			}
			c.add(Comparison{Verdict: ReadOtherwise, Differs: words, Said: []Said{a.Said}, Other: []Said{b.Said}}, differs < 0)
		}
	}
	for i, list := range c.of {
		for _, s := range list {
			if !s.done {
				d := Comparison{Verdict: OneReading, Said: []Said{s.Said}}
				if i == 1 {
					d.Said, d.Other = nil, d.Said
				}
				c.add(d, true)
			}
		}
	}
	slices.SortStableFunc(c.differences, func(a, b Comparison) int {
		return cmp.Compare(a.first().Start, b.first().Start)
	})
}

func (d Comparison) first() *Claim { return slices.Concat(d.Said, d.Other)[0].Claim }

// add adds a difference: to that of the same claims, if claims are what differs.
func (c *comparingReadings) add(d Comparison, ofClaims bool) {
	claim := func(list []Said) *Claim {
		if len(list) == 0 {
			return nil
		}
		return list[0].Claim
	}
	i := slices.IndexFunc(c.differences, func(other Comparison) bool {
		return claim(other.Said) == claim(d.Said) && claim(other.Other) == claim(d.Other) && slices.Equal(other.Differs, d.Differs)
	})
	if i < 0 || !ofClaims {
		c.differences = append(c.differences, d)
		return
	}
	c.differences[i].Said = append(c.differences[i].Said, d.Said...)
	c.differences[i].Other = append(c.differences[i].Other, d.Other...)
}

// pairs are the statements of both that differ in one part alone, or in none for -1,
// those that differ least besides first.
func (c *comparingReadings) pairs(differs int) (list [][2]*statement) {
	key := func(s *statement) [3]string {
		parts := s.parts
		if differs >= 0 {
			parts[differs] = ""
		}
		return parts
	}
	second := map[[3]string][]*statement{}
	for _, s := range c.of[1] {
		if !s.done {
			second[key(s)] = append(second[key(s)], s)
		}
	}
	for _, a := range c.of[0] {
		if a.done {
			continue
		}
		for _, b := range second[key(a)] {
			if differs < 0 || meet(a.Claim, b.Claim) {
				list = append(list, [2]*statement{a, b})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y [2]*statement) int {
		return cmp.Compare(len(howOtherwise(x[0], x[1])), len(howOtherwise(y[0], y[1])))
	})
	return list
}

func meet(a, b *Claim) bool { return max(a.Start, b.Start) < min(a.End, b.End) }

// howOtherwise tells in what two claims of one statement differ.
func howOtherwise(a, b *statement) (words []string) {
	x, y := a.Claim, b.Claim
	for _, d := range []struct {
		word    string
		differs bool
	}{
		{"speaker", !slices.Equal(x.heard, y.heard)},
		{"stance", x.Stance != y.Stance},
		{"hedge", x.Hedge != y.Hedge},
		{"passage", !meet(x, y) && x.End+y.End > 0},
	} {
		if d.differs {
			words = append(words, d.word)
		}
	}
	return words
}
