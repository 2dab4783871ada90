package picture

import (
	"context"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/schema"
)

// draw adds the facts to the picture.
func (g *gatherer) draw(facts []graph.Edge) (*Picture, error) {
	for _, f := range facts {
		if err := g.edge(f); err != nil {
			return nil, err
		}
	}
	for value, doubt := range g.doubts {
		if n, ok := g.numbers[value]; ok {
			g.pic.Nodes[n].Doubt = doubt
		}
	}
	return g.pic, nil
}

// edge adds a fact. Two claims for one edge are one line: solid when one of
// them plainly asserts it, and denied only when none asserts it.
func (g *gatherer) edge(f graph.Edge) error {
	subject, object := ends(f)
	from, err := g.node(subject)
	if err != nil {
		return err
	}
	to, err := g.node(object)
	if err != nil {
		return err
	}
	relation, err := g.reading(f.Relation(), f.Out)
	if err != nil {
		return err
	}
	e := Edge{From: from, To: to, Label: relation}
	if !f.Out {
		e.From, e.To = to, from
	}
	if err := g.behind(&e, f); err != nil {
		return err
	}
	key := [3]any{from, to, f.Relation()}
	i, ok := g.edges[key]
	if !ok {
		g.edges[key] = len(g.pic.Edges)
		g.pic.Edges = append(g.pic.Edges, e)
		return nil
	}
	have := &g.pic.Edges[i]
	have.Tip += "\n" + e.Tip
	have.Unsure = have.Unsure && e.Unsure
	have.Denied = have.Denied && e.Denied
	return nil
}

// behind says what stands behind an edge: who says so, and how sure they are; or the
// graph that has it.
func (g *gatherer) behind(e *Edge, f graph.Edge) error {
	if f.Claim == nil {
		label, err := g.view.Describe(g.ctx, f.Quad.Label)
		e.Tip = "graph " + label.Text
		return err
	}
	// What joins something that is only planned is no fact either.
	evidence, err := g.view.EdgeEvidence(g.ctx, f.Quad)
	if err != nil {
		return err
	}
	e.Link = g.link(f.Claim.IRI)
	e.Tip = f.Claim.Says + " – " + evidence.SaidBy() + ", " + evidence.Sure()
	if by := evidence.DeniedBy(); by != "" {
		e.Tip += "; denied by " + by
		e.Unsure = true
	}
	e.Unsure = e.Unsure || evidence.Sure() != string(schema.Asserts)
	e.Denied = f.Claim.Stance == schema.Denies
	return nil
}

// reading is a relation read forward or back.
type reading struct {
	relation quad.IRI
	forward  bool
}

// reading looks the words of a relation up once.
func (g *gatherer) reading(relation quad.IRI, forward bool) (string, error) {
	r := reading{relation, forward}
	if words, ok := g.readings[r]; ok {
		return words, nil
	}
	c, err := g.view.Reading(g.ctx, relation, forward)
	if err == nil {
		g.readings[r] = c.Text
	}
	return c.Text, err
}

// node returns the number of a value's node: what sources join is one. Literals are nodes of their own,
// one for each that differs.
func (g *gatherer) node(value quad.Value) (int, error) {
	value, err := g.view.Canonical(g.ctx, value)
	if err != nil {
		return 0, err
	}
	if n, ok := g.numbers[value]; ok {
		return n, nil
	}
	cell, err := g.view.DescribeAll(g.ctx, value, nil)
	if err != nil {
		return 0, err
	}
	n := Node{Value: value, Label: cell.Text, Tip: cell.Text, Class: Figure}
	if iri, ok := value.(quad.IRI); ok {
		kind, err := g.view.Kind(g.ctx, iri)
		if err != nil {
			return 0, err
		}
		if n.Class, err = g.class(iri, kind); err != nil {
			return 0, err
		}
		if kind != "" {
			n.Tip += " (" + graph.LastPart(kind) + ")"
		}
		n.Link = g.link(iri)
	}
	g.numbers[value] = len(g.pic.Nodes)
	g.pic.Nodes = append(g.pic.Nodes, n)
	return len(g.pic.Nodes) - 1, nil
}

// class finds how an entity is drawn. The first entity of a kind is looked up, the
// others of that kind are as it is.
func (g *gatherer) class(iri, kind quad.IRI) (Class, error) {
	if c, ok := g.classes[kind]; ok {
		return c, nil
	}
	c, err := ClassOf(g.ctx, g.view, iri)
	if err == nil {
		g.classes[kind] = c
	}
	return c, err
}

// ClassOf finds how an entity is drawn, by the kinds above its own.
func ClassOf(ctx context.Context, v *graph.View, entity quad.IRI) (Class, error) {
	for _, name := range []string{"Person", "Organisation", "Group", "Place", "Event", "Figure", "Record"} {
		is, err := v.IsA(ctx, entity, name)
		if err != nil {
			return "", err
		}
		if is {
			return Class(strings.ToLower(name)), nil
		}
	}
	return Thing, nil
}
