package picture

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// Most is how many edges a picture has at most: more cannot be read.
const Most = 60

// Linker gives the address behind a node or a claim; empty for none.
type Linker func(value quad.Value) string

// Fact is an edge and the claim that asserts it.
type Fact struct {
	Subject  quad.IRI
	Relation quad.IRI
	Object   quad.Value
	Claim    *graph.Claim
	Back     bool // it is walked, and so drawn and read, from object to subject
}

// Quad is the fact as the graph has it.
func (f Fact) Quad() quad.Quad {
	return quad.Quad{Subject: f.Subject, Predicate: f.Relation, Object: f.Object, Label: f.Claim.IRI}
}

// gatherer makes nodes and edges of facts.
type gatherer struct {
	ctx      context.Context
	view     *graph.View
	link     Linker
	pic      *Picture
	numbers  map[quad.Value]int
	edges    map[[3]any]int
	classes  map[quad.IRI]Class
	doubts   map[quad.Value]string
	readings map[reading]string
}

func newGatherer(ctx context.Context, v *graph.View, title string, link Linker) *gatherer {
	return &gatherer{
		ctx: ctx, view: v, link: link, pic: &Picture{Title: title},
		numbers: map[quad.Value]int{}, edges: map[[3]any]int{}, classes: map[quad.IRI]Class{}, doubts: map[quad.Value]string{},
		readings: map[reading]string{},
	}
}

// Around draws an entity and what claims join it to; where there is room, also
// what the events among its neighbours join it to.
func Around(ctx context.Context, v *graph.View, entity quad.IRI, link Linker) (*Picture, error) {
	cell, err := v.Describe(ctx, entity)
	if err != nil {
		return nil, err
	}
	g := newGatherer(ctx, v, "What "+cell.Text+" is joined to", link)
	if _, err := g.node(entity); err != nil {
		return nil, err
	}
	g.pic.Nodes[0].Focus = true
	facts, err := g.of(entity)
	if err != nil {
		return nil, err
	}
	g.pic.All = len(facts)
	if len(facts) > Most {
		facts = facts[:Most]
		g.pic.Rule = fmt.Sprintf("The %d surest of the %d edges of %s; all are in the list", Most, g.pic.All, cell.Text)
		return g.draw(facts)
	}
	g.pic.Rule = "Every edge of " + cell.Text
	more, whole, err := g.events(entity, facts)
	if err != nil {
		return nil, err
	}
	switch {
	case len(more) > 0 && whole:
		g.pic.Rule += ", and of the events it takes part in"
	case len(more) > 0:
		g.pic.Rule += fmt.Sprintf(", and of those events that fit into %d edges", Most)
	}
	return g.draw(append(facts, more...))
}

// of lists the facts of an entity, the surest first.
func (g *gatherer) of(entity quad.IRI) ([]Fact, error) {
	class, err := g.view.Class(g.ctx, entity)
	if err != nil {
		return nil, err
	}
	var facts []Fact
	for _, node := range class {
		edges, err := g.view.Edges(g.ctx, node)
		if err != nil {
			return nil, err
		}
		for _, e := range edges {
			f := Fact{Subject: node, Relation: e.Relation, Object: e.Other, Claim: e.Claim}
			if other, ok := e.Other.(quad.IRI); ok && !e.Out {
				f.Subject, f.Object = other, node
			}
			if e.Claim != nil {
				facts = append(facts, f)
			}
		}
	}
	return g.sorted(facts), nil
}

// sorted puts the surest first, drops codes, which are no nodes, and remembers
// the statuses that make an event no fact.
func (g *gatherer) sorted(facts []Fact) []Fact {
	facts = slices.DeleteFunc(facts, func(f Fact) bool {
		if f.Relation == schema.Status && f.Object != schema.Done && f.Object != schema.Ongoing {
			object, _ := f.Object.(quad.IRI)
			g.doubts[f.Subject] = graph.LastPart(object)
		}
		return isCode(f.Object) || strings.HasPrefix(string(f.Subject), string(f.Claim.IRI)+"/")
	})
	slices.SortStableFunc(facts, func(a, b Fact) int {
		return cmp.Or(
			cmp.Compare(stance(a.Claim), stance(b.Claim)), strings.Compare(a.Claim.Hedge, b.Claim.Hedge),
			cmp.Compare(a.Claim.Start, b.Claim.Start), cmp.Compare(a.Claim.IRI, b.Claim.IRI),
			cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.Subject, b.Subject), cmp.Compare(graph.Text(a.Object), graph.Text(b.Object)))
	})
	return facts
}

// stance ranks claims; a derived one, which has none, comes after those that
// somebody asserts.
func stance(c *graph.Claim) int {
	if c.Speaker == "" {
		return 1
	}
	return 2 * slices.Index(schema.Stances, c.Stance)
}

func isCode(value quad.Value) bool {
	iri, ok := value.(quad.IRI)
	return ok && strings.HasPrefix(string(iri), string(schema.OntologyIRI)+"#")
}

// events lists the facts of the events among the neighbours, each event's as a
// whole or not at all, and tells whether all fitted.
func (g *gatherer) events(entity quad.IRI, facts []Fact) (more []Fact, whole bool, err error) {
	seen := map[quad.IRI]bool{entity: true}
	whole = true
	for _, f := range facts {
		other := f.Subject
		if other == entity {
			object, ok := f.Object.(quad.IRI)
			if !ok {
				continue
			}
			other = object
		}
		if seen[other] {
			continue
		}
		seen[other] = true
		kind, err := g.view.Kind(g.ctx, other)
		if err != nil {
			return nil, false, err
		}
		class, err := g.class(other, kind)
		if err != nil {
			return nil, false, err
		}
		if class != Event {
			continue
		}
		next, err := g.of(other)
		if err != nil {
			return nil, false, err
		}
		next = slices.DeleteFunc(next, func(n Fact) bool { return slices.Contains(facts, n) || slices.Contains(more, n) })
		if len(facts)+len(more)+len(next) > Most {
			whole = false
			continue
		}
		more = append(more, next...)
	}
	return more, whole, nil
}

// OfClaims draws what claims assert: all of their edges, the surest first.
func OfClaims(ctx context.Context, v *graph.View, title string, claims []*graph.Claim, link Linker) (*Picture, error) {
	g := newGatherer(ctx, v, title, link)
	var facts []Fact
	for _, c := range claims {
		own, err := Asserted(ctx, v, c)
		if err != nil {
			return nil, err
		}
		facts = append(facts, own...)
	}
	facts = g.sorted(facts)
	g.pic.All, g.pic.Rule = len(facts), "Every edge that the claims assert"
	if len(facts) > Most {
		facts = facts[:Most]
		g.pic.Rule = fmt.Sprintf("The %d surest of the %d edges that the claims assert; all claims are in the list", Most, g.pic.All)
	}
	return g.draw(facts)
}

// OfFacts draws just these, such as a path, as they are walked.
func OfFacts(ctx context.Context, v *graph.View, title string, facts []Fact, focus []quad.Value, link Linker) (*Picture, error) {
	g := newGatherer(ctx, v, title, link)
	g.pic.All, g.pic.Rule = len(facts), "Every edge of the paths"
	p, err := g.draw(facts)
	if err != nil {
		return nil, err
	}
	for _, value := range focus {
		if n, ok := g.numbers[value]; ok {
			p.Nodes[n].Focus = true
		}
	}
	return p, nil
}

// Asserted lists the edges that a claim asserts, codes and the inner quads of
// its figures among them.
func Asserted(ctx context.Context, v *graph.View, c *graph.Claim) ([]Fact, error) {
	ref, err := v.ValueOf(c.IRI)
	if err != nil || ref == nil {
		return nil, err
	}
	var facts []Fact
	it := v.QuadIterator(quad.Label, ref).Iterate()
	defer it.Close()
	for it.Next(ctx) {
		q, err := v.Quad(it.Result())
		if err != nil {
			return nil, err
		}
		subject, sok := q.Subject.(quad.IRI)
		relation, rok := q.Predicate.(quad.IRI)
		if sok && rok {
			facts = append(facts, Fact{Subject: subject, Relation: relation, Object: q.Object, Claim: c})
		}
	}
	if err := it.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(facts, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Relation, b.Relation), cmp.Compare(graph.Text(a.Object), graph.Text(b.Object)))
	})
	return facts, ctx.Err()
}
