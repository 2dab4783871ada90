package picture

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// Most is how many edges a picture has at most: more cannot be read.
const Most = 60

// mostWeighed bounds the edges of a node among which the surest are chosen.
const mostWeighed = 2000

// mostAlike is how many edges of a node are drawn before equal neighbours become one.
const mostAlike = 300

// Linker returns the address that a node or a claim links to; empty for none.
type Linker func(value quad.Value) string

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

// Around draws an entity and what claims and other graphs join it to; where there is
// room, also what the events among its neighbours join it to.
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
	facts, all, err := g.of(entity)
	if err != nil {
		return nil, err
	}
	g.pic.All = all
	if all > Most {
		return g.many(cell.Text, facts, all)
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
	p, err := g.draw(append(facts, more...))
	if err != nil {
		return nil, err
	}
	if p.collapse(); p.Drawn() > len(p.Edges) {
		p.Rule += "; neighbours with equal edges are one node"
	}
	return p, g.origin()
}

// many draws the surest edges of a node that has more than a picture: where equal
// neighbours are one node there may be room for all.
func (g *gatherer) many(name string, facts []graph.Edge, all int) (*Picture, error) {
	weighed := ""
	if all > len(facts) {
		weighed = fmt.Sprintf("first %d of the ", mostWeighed)
	}
	p, err := g.draw(facts[:min(mostAlike, len(facts))])
	if err != nil {
		return nil, err
	}
	p.collapse()
	if p.keep(Most); p.Drawn() == all {
		p.Rule = "Every edge of " + name + "; neighbours with equal edges are one node"
	} else {
		p.Rule = fmt.Sprintf("The %d surest of the %s%d edges of %s; all are in the list", p.Drawn(), weighed, all, name)
	}
	return p, g.origin()
}

// of returns the facts of an entity, the surest first, and their number. Of a node with
// more than mostWeighed edges only the first are compared.
func (g *gatherer) of(entity quad.IRI) (facts []graph.Edge, all int, err error) {
	class, err := g.view.Class(g.ctx, entity)
	if err != nil {
		return nil, 0, err
	}
	left := 0
	for _, node := range class {
		p, err := g.view.Neighbours(g.ctx, node, graph.EdgeFilter{}, "", mostWeighed)
		if err != nil {
			return nil, 0, err
		}
		left += p.All - len(p.Edges)
		for _, e := range p.Edges {
			if e.Stated() {
				e.Out = true
				facts = append(facts, e)
			}
		}
	}
	facts = g.sorted(facts)
	return facts, len(facts) + left, nil
}

// sorted sorts the surest first, drops codes, which are no nodes, and records the statuses
// of events that are no facts.
func (g *gatherer) sorted(facts []graph.Edge) []graph.Edge {
	facts = slices.DeleteFunc(facts, func(f graph.Edge) bool {
		subject, object := ends(f)
		if iri, ok := object.(quad.IRI); ok && f.Relation() == schema.Status && iri != schema.Done && iri != schema.Ongoing {
			g.doubts[subject] = schema.IRI(iri).LastPart()
		}
		return f.IsCode() || f.Claim != nil && schema.IRI(subject).Under(f.Claim.IRI)
	})
	slices.SortStableFunc(facts, func(a, b graph.Edge) int {
		from, to := ends(a)
		otherFrom, otherTo := ends(b)
		return cmp.Or(a.Claim.CompareSure(b.Claim),
			cmp.Compare(a.Relation(), b.Relation()), cmp.Compare(from, otherFrom), cmp.Compare(graph.Text(to), graph.Text(otherTo)))
	})
	return facts
}

// ends returns the subject and the object of an edge.
func ends(e graph.Edge) (subject quad.IRI, object quad.Value) {
	subject, _ = e.Quad.Subject.(quad.IRI)
	return subject, e.Quad.Object
}

// events returns the facts of the events among the neighbours, all or none per event, and
// reports whether all fitted.
func (g *gatherer) events(entity quad.IRI, facts []graph.Edge) (more []graph.Edge, whole bool, err error) {
	seen := map[quad.IRI]bool{entity: true}
	whole = true
	for _, f := range facts {
		other, object := ends(f)
		if other == entity {
			iri, ok := object.(quad.IRI)
			if !ok {
				continue
			}
			other = iri
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
		next, _, err := g.of(other)
		if err != nil {
			return nil, false, err
		}
		next = slices.DeleteFunc(next, func(n graph.Edge) bool { return slices.Contains(facts, n) || slices.Contains(more, n) })
		if len(facts)+len(more)+len(next) > Most {
			whole = false
			continue
		}
		more = append(more, next...)
	}
	return more, whole, nil
}

// OfClaims draws all edges of claims, the surest first.
func OfClaims(ctx context.Context, v *graph.View, title string, claims []*graph.Claim, link Linker) (*Picture, error) {
	g := newGatherer(ctx, v, title, link)
	var facts []graph.Edge
	for _, c := range claims {
		quads, err := v.Asserted(ctx, c)
		if err != nil {
			return nil, err
		}
		for _, q := range quads {
			facts = append(facts, graph.Edge{Quad: q, Claim: c, Out: true})
		}
	}
	return g.surest(facts, "that the claims assert", "; all claims are in the list")
}

// OfAnswer draws the edges on which rows of an answer rest, all of them or a part: their
// own cells and what joins them, the surest first.
func OfAnswer(ctx context.Context, v *graph.View, title string, rows []*graph.Evidence, part bool, link Linker) (*Picture, error) {
	g := newGatherer(ctx, v, title, link)
	var facts []graph.Edge
	seen := map[quad.Quad]bool{}
	for _, row := range rows {
		for _, w := range row.Witnesses {
			for _, q := range w.Quads {
				if seen[q] {
					continue
				}
				seen[q] = true
				label, _ := q.Label.(quad.IRI)
				c, err := v.Claim(ctx, label)
				if err != nil {
					return nil, err
				}
				if c != nil { // a source's statement about the entity itself, such as its kind, is no edge
					facts = append(facts, graph.Edge{Quad: q, Claim: c, Out: true})
				}
			}
		}
	}
	if part {
		return g.surest(facts, "behind these answers", "")
	}
	return g.surest(facts, "behind the answer", "")
}

// surest draws the surest facts. The Rule says what they are edges of, and with rest where
// the others are.
func (g *gatherer) surest(facts []graph.Edge, what, rest string) (*Picture, error) {
	facts = g.sorted(facts)
	g.pic.All, g.pic.Rule = len(facts), "Every edge "+what
	if len(facts) > Most {
		facts = facts[:Most]
		g.pic.Rule = fmt.Sprintf("The %d surest of the %d edges %s%s", Most, g.pic.All, what, rest)
	}
	p, err := g.draw(facts)
	return p, errors.Join(err, g.origin())
}

// OfFacts draws the given facts, such as a path, in their order.
func OfFacts(ctx context.Context, v *graph.View, title string, facts []graph.Edge, focus []quad.Value, link Linker) (*Picture, error) {
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
	return p, g.origin()
}
