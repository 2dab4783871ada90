package change

import (
	"context"
	"fmt"
	"maps"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/decide"
	"kg/graph/internal/joins"
	"kg/graph/internal/read"
	"kg/internal/strict"
	"kg/schema"
)

// Matches returns what changes when decisions on two things are made, each in place of the
// one on the same two, and when nothing is decided any more on the pairs in undone: each
// decision as it was and as it is, nil for none. What would join things of kinds that
// exclude each other, or things that are decided to be different, is a
// *decide.ConflictError. shown has what people see of the graph.
func (g *Graph) Matches(ctx context.Context, shown *read.Quads, list []*schema.Decision, undone [][2]quad.IRI) ([][2]*schema.Decision, error) {
	next := maps.Clone(g.Decisions.Matches)
	var changes [][2]*schema.Decision
	for _, pair := range undone {
		if was := next[pair]; was != nil {
			changes = append(changes, [2]*schema.Decision{was, nil})
			delete(next, pair)
		}
	}
	for _, d := range list {
		pair := [2]quad.IRI{d.On, d.With}
		if was := next[pair]; was == nil || was.IRI != d.IRI {
			changes = append(changes, [2]*schema.Decision{was, d})
			next[pair] = d
		}
	}
	decided := *g.Decisions
	decided.Match(slices.Collect(maps.Values(next)))
	after := &joins.Reader{R: shown, Decisions: &decided}
	for _, c := range changes {
		if c[1] == nil {
			continue
		}
		if err := g.mayMatch(ctx, after, c[1]); err != nil {
			return changes, err
		}
	}
	return changes, nil
}

// mayMatch refuses a decision that goes against others, or against what the things are,
// in a graph in which it holds.
func (g *Graph) mayMatch(ctx context.Context, after *joins.Reader, d *schema.Decision) error {
	classes, err := after.Classes(ctx)
	if err != nil {
		return err
	}
	class := append([]quad.IRI{d.On}, classes[d.On]...)
	switch {
	case d.Verdict == schema.Different && slices.Contains(class, d.With):
		return g.refuse("%s and %s are joined otherwise, kg show tells by whom: undo that first", d.On, d.With)
	case d.Verdict != schema.Same:
		return nil
	}
	short := g.Base.Short
	for i, a := range class {
		for _, b := range class[i+1:] {
			if other := after.Decisions.Matches[[2]quad.IRI{min(a, b), max(a, b)}]; other != nil && other.Verdict == schema.Different {
				return &decide.ConflictError{Msg: strict.Sprintf("that would join %s and %s, which are decided to be different: %s", short(a), short(b), other.Because())}
			}
		}
	}
	parents := map[quad.Value]quad.Value{}
	err = after.R.Do(ctx, quad.Quad{Predicate: schema.SubClassOf, Label: schema.OntologyIRI}, func(q quad.Quad) { parents[q.Subject] = q.Object })
	if err != nil {
		return err
	}
	var kinds []quad.Quad
	for _, node := range class {
		err := after.R.Do(ctx, quad.Quad{Subject: node, Predicate: schema.Type}, func(q quad.Quad) {
			if agree.Within(q.Object, schema.ThingKind, parents) {
				kinds = append(kinds, q)
			}
		})
		if err != nil {
			return err
		}
	}
	if a, b, found := agree.Clash(kinds, parents); found {
		name := func(q quad.Quad) string { return schema.IRI(read.IRI(q.Object)).LastPart() }
		return &decide.ConflictError{Msg: fmt.Sprintf("%s is a %s and %s is a %s: only things of one kind can be the same",
			short(read.IRI(a.Subject)), name(a), short(read.IRI(b.Subject)), name(b))}
	}
	return nil
}

// MatchDeltas returns the deltas of changes that Matches found: all that was decided on
// each two things goes, and the new decisions come.
func (g *Graph) MatchDeltas(ctx context.Context, changes [][2]*schema.Decision) ([]cayley.Delta, error) {
	gone := map[[2]quad.IRI]bool{}
	var added []cayley.Delta
	for _, c := range changes {
		if c[0] != nil {
			gone[[2]quad.IRI{c[0].On, c[0].With}] = true
		}
		if c[1] != nil {
			added = append(added, Deltas(cayley.Add, c[1].Quads())...)
		}
	}
	var deltas []cayley.Delta
	for q, err := range g.R.Each(ctx, quad.Quad{Predicate: schema.Type, Object: schema.MatchClass}) {
		if err != nil {
			return nil, err
		}
		quads, err := g.R.List(ctx, quad.Quad{Subject: q.Subject, Label: q.Label})
		if err != nil {
			return nil, err
		}
		if d, err := schema.ReadDecision(read.IRI(q.Subject), quads); err == nil && gone[[2]quad.IRI{d.On, d.With}] {
			deltas = append(deltas, Deltas(cayley.Delete, quads)...)
		}
	}
	return append(deltas, added...), nil
}
