package graph

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// ReadingDifference is what two readings of a text have otherwise: one statement, or
// all of a claim that differ in its speaker, stance, hedge or passage, or that one
// reading alone has.
type ReadingDifference struct {
	// Differs is in what: relation, object, subject, and then speaker, stance, hedge or
	// passage. It is empty where one reading alone has the statements.
	Differs []string
	Has     [2][]Said // by reading, as many of both; none of the one that lacks them
}

// Verdict is read otherwise, or one reading.
func (d ReadingDifference) Verdict() string {
	if len(d.Has[0]) == 0 || len(d.Has[1]) == 0 {
		return "one reading"
	}
	return "read otherwise"
}

// ComparedReadings are two readings side by side.
type ComparedReadings struct {
	Same        int // statements that both have in the same way
	Differences []ReadingDifference
}

// CompareReadings sets two readings of one text side by side, in the order of the
// text. A statement is an edge of a claim. What has no name is known by where the text
// speaks of it: see paired. A statement with the same ends and relation in both is the
// same, however far apart the passages are; one of which two of these are the same is
// read otherwise, if the passages overlap.
func (v *View) CompareReadings(ctx context.Context, a, b quad.IRI) (*ComparedReadings, error) {
	digests := [2]string{}
	for i, source := range []quad.IRI{a, b} {
		var err error
		if digests[i], err = v.TextDigest(ctx, source); err != nil {
			return nil, err
		}
	}
	if digests[0] != digests[1] {
		return nil, fmt.Errorf("comparing readings: %s and %s are of two texts, and their passages cannot be set side by side", v.Base.Short(a), v.Base.Short(b))
	}
	if _, err := v.classes(ctx); err != nil {
		return nil, err
	}
	c := &comparingReadings{v: v}
	for i, source := range []quad.IRI{a, b} {
		if err := c.gather(ctx, i, source); err != nil {
			return nil, err
		}
	}
	c.align(a, b)
	return c.compare(), nil
}

// comparingReadings is such a comparison under way.
type comparingReadings struct {
	v     *View
	of    [2][]*statement
	alone [2]map[quad.IRI][]passage // what a reading alone knows, and where
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
			if s.figures, err = c.v.figure(ctx, q.Object, slices.Concat(figureTerms, figureWords)); err != nil {
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
func (c *comparingReadings) compare() *ComparedReadings {
	out := &ComparedReadings{}
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
				out.Same++
				continue
			}
			out.add(ReadingDifference{words, [2][]Said{{a.Said}, {b.Said}}}, differs < 0)
		}
	}
	for i, list := range c.of {
		for _, s := range list {
			if !s.done {
				d := ReadingDifference{}
				d.Has[i] = []Said{s.Said}
				out.add(d, true)
			}
		}
	}
	slices.SortStableFunc(out.Differences, func(a, b ReadingDifference) int {
		return cmp.Compare(a.first().Start, b.first().Start)
	})
	return out
}

func (d ReadingDifference) first() *Claim { return slices.Concat(d.Has[0], d.Has[1])[0].Claim }

// add adds a difference: to that of the same claims, if claims are what differs.
func (c *ComparedReadings) add(d ReadingDifference, ofClaims bool) {
	claim := func(list []Said) *Claim {
		if len(list) == 0 {
			return nil
		}
		return list[0].Claim
	}
	i := slices.IndexFunc(c.Differences, func(other ReadingDifference) bool {
		return claim(other.Has[0]) == claim(d.Has[0]) && claim(other.Has[1]) == claim(d.Has[1]) && slices.Equal(other.Differs, d.Differs)
	})
	if i < 0 || !ofClaims {
		c.Differences = append(c.Differences, d)
		return
	}
	for side, list := range d.Has {
		c.Differences[i].Has[side] = append(c.Differences[i].Has[side], list...)
	}
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
