package picture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/internal/rdf"
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

// origin records the sources of the edges of the picture, and their digest.
func (g *gatherer) origin() error {
	var sources []quad.IRI
	var quads []quad.Quad
	for _, e := range g.pic.Edges {
		sources, quads = append(sources, e.sources...), append(quads, e.quads...)
	}
	slices.Sort(sources)
	for _, source := range slices.Compact(sources) {
		title, err := g.view.Describe(g.ctx, source)
		if err != nil {
			return err
		}
		day, err := g.view.Issued(g.ctx, source)
		if err != nil {
			return err
		}
		if day.Text != "" {
			title.Text += ", " + day.Words()
		}
		g.pic.Sources = append(g.pic.Sources, title.Text)
	}
	var b bytes.Buffer
	if err := rdf.Write(&b, "nq", quads, g.view.Base); err != nil {
		return err
	}
	if len(quads) > 0 {
		g.pic.Digest = fmt.Sprintf("%x", sha256.Sum256(b.Bytes()))
	}
	return nil
}

// edge adds a fact. Two claims for one edge are one line: solid if one of them plainly
// asserts it, and denied only if none asserts it.
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
	e.quads = []quad.Quad{f.Quad}
	if f.Claim != nil {
		e.sources = []quad.IRI{f.Claim.Source}
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
	have.quads, have.sources = append(have.quads, e.quads...), append(have.sources, e.sources...)
	return nil
}

// behind fills in the link, the tip and the sureness of an edge from its evidence, or
// names the graph that has it.
func (g *gatherer) behind(e *Edge, f graph.Edge) error {
	if f.Claim == nil {
		label, err := g.view.Describe(g.ctx, f.Quad.Label)
		e.Tip = "graph " + label.Text
		return err
	}
	// An edge of an entity that is only planned is no fact either.
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

// brief returns the name of a term, or without a name the last part of its IRI: a picture
// has no room for more.
func brief(text string, term quad.Value) string {
	if iri, ok := term.(quad.IRI); ok && text == string(iri) {
		return schema.IRI(iri).LastPart()
	}
	return text
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
	c.Text = strings.ReplaceAll(c.Text, string(relation), schema.IRI(relation).LastPart()) // as brief does, read back too
	if err == nil {
		g.readings[r] = c.Text
	}
	return c.Text, err
}

// node returns the number of a value's node: nodes that sources join are one. Each
// distinct literal is a node.
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
	n := Node{Value: value, Label: brief(cell.Words(), value), Tip: cell.Words(), Class: Figure}
	if iri, ok := value.(quad.IRI); ok {
		kind, err := g.view.Kind(g.ctx, iri)
		if err != nil {
			return 0, err
		}
		if n.Class, err = g.class(iri, kind); err != nil {
			return 0, err
		}
		if kind != "" {
			n.Tip += " (" + schema.IRI(kind).LastPart() + ")"
		}
		n.Link = g.link(iri)
	}
	g.numbers[value] = len(g.pic.Nodes)
	g.pic.Nodes = append(g.pic.Nodes, n)
	return len(g.pic.Nodes) - 1, nil
}

// class returns how an entity is drawn. It is looked up for the first entity of a kind,
// and cached for the others.
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

// ClassOf returns how an entity is drawn, by its kind and superkinds.
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
