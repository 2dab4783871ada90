// Package network turns a graph into a network for tools that know nodes, edges and
// attributes. A quad between two entities is an edge, with its claim, speakers, how sure
// they are and the position in the text; a quad with a literal or a code is a cell of its
// node. Claims and sources are no nodes, nor is the ontology. What is denied or retracted is
// left out: in such a tool every line reads like a fact.
package network

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/decide"
	"kg/graph/internal/evidence"
	"kg/graph/internal/naming"
	"kg/graph/internal/read"
	"kg/graph/internal/stats"
	"kg/internal/xml"
	"kg/schema"
)

// Graph is what a network is made of.
type Graph struct {
	Names     *naming.Namer     // of the graph without denied and retracted edges
	Evidence  *evidence.Reader  // of the same graph
	Claims    *claims.Cache     // of the whole graph
	Decisions *decide.Decisions // nil for a graph without any
	// All calls do with the quads of each subject of the whole graph, and Exported with
	// those to be exported, in the order of canonical N-Quads.
	All, Exported func(ctx context.Context, do func([]quad.Quad) error) error
}

// builder gathers a network.
type builder struct {
	*Graph
	out     xml.Network
	losses  Losses
	records map[quad.IRI]bool // claims, sources, their parts, decisions
	nodes   map[quad.IRI]*node
	columns map[quad.IRI]*column
}

type node struct {
	kinds []string
	cells map[quad.IRI][]string // by predicate
}

type column struct {
	kind string // of all values so far: see xml.Column
	many bool
}

// The kinds of losses of network formats.
const (
	lostOntology  = "the ontology's description"
	lostRecord    = "what the record of a claim, source or decision says beside speaker, sure, source and place"
	lostRetracted = "an edge or value that is retracted"
	lostDenied    = "an edge or value that is denied"
	lostClaim     = "the claim that states a value"
	lostSource    = "the source or graph of a value or kind"
	lostLanguage  = "the language of a text"
	lostDatatype  = "the datatype of a value"
	lostCharacter = "a control character"
	lostSeveral   = "the bounds of several values in one cell"
)

// Build makes the network of a graph, in memory, and counts what it loses.
func Build(ctx context.Context, g *Graph) (*xml.Network, []stats.Count, error) {
	b := &builder{Graph: g, losses: Losses{}, records: map[quad.IRI]bool{}, nodes: map[quad.IRI]*node{}, columns: map[quad.IRI]*column{}}
	for _, c := range edgeColumns {
		b.out.EdgeColumns = append(b.out.EdgeColumns, xml.Column{Name: c, Type: "string"})
	}
	err := g.All(ctx, func(quads []quad.Quad) error {
		for _, q := range quads {
			if q.Predicate == schema.Type && slices.Contains(schema.Records, read.IRI(q.Object)) {
				b.records[read.IRI(q.Subject)] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	err = g.Exported(ctx, func(quads []quad.Quad) error {
		for _, q := range quads {
			if err := b.add(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = b.finish(ctx)
	}
	return &b.out, b.losses.List(), err
}

// retracted reports whether a decision leaves a label out.
func (b *builder) retracted(label quad.IRI) bool {
	return b.Decisions != nil && b.Decisions.Of(label) != nil
}

// add adds a quad to the network, or counts it as lost.
func (b *builder) add(ctx context.Context, q quad.Quad) error {
	subject, label := read.IRI(q.Subject), read.IRI(q.Label)
	if label == schema.OntologyIRI {
		b.losses.Add(label, lostOntology)
		return nil
	}
	if b.records[subject] {
		b.losses.Add(subject, lostRecord)
		return nil
	}
	claim, err := b.Claims.Claim(ctx, label)
	if err != nil {
		return err
	}
	switch {
	case b.retracted(label), claim != nil && b.retracted(claim.Source):
		b.losses.Add(subject, lostRetracted)
		return nil
	case claim != nil && claim.Denies():
		b.losses.Add(subject, lostDenied)
		return nil
	}
	object, isIRI := q.Object.(quad.IRI)
	switch {
	case q.Predicate == schema.Type:
		kind, err := b.Names.Describe(ctx, q.Object, nil)
		if node := b.node(subject); !slices.Contains(node.kinds, kind.Text) {
			node.kinds = append(node.kinds, kind.Text)
		}
		b.losses.Add(subject, lostSource)
		return err
	case isIRI && !schema.IRI(object).OfOntology() && !b.records[object]:
		return b.edge(ctx, q, claim)
	}
	return b.value(ctx, q, claim)
}

func (b *builder) node(iri quad.IRI) *node {
	n := b.nodes[iri]
	if n == nil {
		n = &node{cells: map[quad.IRI][]string{}}
		b.nodes[iri] = n
	}
	return n
}

// value adds a cell to a node.
func (b *builder) value(ctx context.Context, q quad.Quad, claim *claims.Claim) error {
	subject, predicate := read.IRI(q.Subject), read.IRI(q.Predicate)
	text, err := b.Names.Describe(ctx, q.Object, nil)
	if err != nil {
		return err
	}
	lost := lostSource
	if claim != nil {
		lost = lostClaim
	}
	b.losses.Add(subject, lost)
	kind := "string"
	switch q.Object.(type) {
	case quad.Int:
		kind = "long"
	case quad.Float:
		kind = "double"
	case quad.Bool:
		kind = "boolean"
	case quad.LangString:
		b.losses.Add(subject, lostLanguage)
	case quad.TypedString, quad.Time:
		b.losses.Add(subject, lostDatatype)
	}
	if !xml.Lossless(text.Text) {
		b.losses.Add(subject, lostCharacter)
	}
	n, c := b.node(subject), b.columns[predicate]
	if slices.Contains(n.cells[predicate], text.Text) {
		return nil
	}
	if c == nil {
		c = &column{kind: kind}
		b.columns[predicate] = c
	}
	if c.kind != kind {
		c.kind = "string"
	}
	if n.cells[predicate] = append(n.cells[predicate], text.Text); len(n.cells[predicate]) > 1 {
		c.many = true
		b.losses.Add(subject, lostSeveral)
	}
	return nil
}

var edgeColumns = []string{"predicate", "claim", "said_by", "sure", "denied_by", "source", "source_title", "locator", "graph"}

// edge adds an edge.
func (b *builder) edge(ctx context.Context, q quad.Quad, claim *claims.Claim) error {
	b.node(read.IRI(q.Subject))
	b.node(read.IRI(q.Object))
	reading, err := b.Names.Relation(ctx, read.IRI(q.Predicate), true)
	if err != nil {
		return err
	}
	cells := map[string]string{"predicate": string(read.IRI(q.Predicate)), "graph": string(read.IRI(q.Label))}
	if claim != nil {
		evidence, err := b.Evidence.OfEdge(ctx, q)
		if err != nil {
			return err
		}
		title, err := b.Names.Describe(ctx, claim.Source, nil)
		if err != nil {
			return err
		}
		cells["claim"], cells["graph"] = string(claim.IRI), ""
		cells["said_by"], cells["sure"], cells["denied_by"] = evidence.SaidBy(), evidence.Sure(), evidence.DeniedBy()
		cells["source"], cells["source_title"], cells["locator"] = string(claim.Source), title.Text, claim.LocatorText()
	}
	e := xml.Link{ID: fmt.Sprint("e", len(b.out.Edges)+1), Source: string(read.IRI(q.Subject)), Target: string(read.IRI(q.Object)),
		Type: typeOf(schema.IRI(read.IRI(q.Predicate)).LastPart()), Label: reading.Text}
	for _, c := range edgeColumns {
		e.Cells = append(e.Cells, cells[c])
	}
	b.out.Edges = append(b.out.Edges, e)
	return nil
}

// typeOf returns the name of a relation, or a word for one without a name.
func typeOf(name string) string {
	if name == "" {
		return "related"
	}
	return name
}

// finish makes the nodes and their columns.
func (b *builder) finish(ctx context.Context) error {
	nodes := slices.Sorted(maps.Keys(b.nodes))
	labels := map[quad.IRI]string{}
	used := map[quad.IRI]bool{}
	for _, iri := range nodes {
		name, err := b.Names.Describe(ctx, iri, nil)
		if err != nil {
			return err
		}
		labels[iri] = name.Text
		for p, cell := range b.nodes[iri].cells {
			if slices.Contains(schema.Naming, p) && len(cell) == 1 && cell[0] == name.Text {
				delete(b.nodes[iri].cells, p) // it is the node's label
				continue
			}
			used[p] = true
		}
	}
	predicates := slices.Sorted(maps.Keys(used))
	taken := map[string]bool{"id": true, "label": true, "kind": true}
	for _, p := range predicates {
		c := b.columns[p]
		b.out.NodeColumns = append(b.out.NodeColumns, xml.Column{Name: columnName(p, taken), Type: c.kind, Many: c.many})
	}
	for _, iri := range nodes {
		node := b.nodes[iri]
		out := xml.Thing{ID: string(iri), Label: labels[iri], Kind: strings.Join(node.kinds, xml.Between), Cells: make([][]string, len(predicates))}
		for i, p := range predicates {
			out.Cells[i] = node.cells[p]
		}
		b.out.Nodes = append(b.out.Nodes, out)
	}
	return nil
}

// notInNames matches what no tool takes in a name.
var notInNames = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\pL\pN_]+`) })

// columnName returns the last part of a predicate in letters, digits and '_', which all
// tools take, with a number if another column has it.
func columnName(predicate quad.IRI, taken map[string]bool) string {
	name := strings.Trim(notInNames().ReplaceAllString(schema.IRI(predicate).LastPart(), "_"), "_")
	if name == "" {
		name = "value"
	}
	unused := name
	for i := 2; taken[unused]; i++ {
		unused = fmt.Sprint(name, "_", i)
	}
	taken[unused] = true
	return unused
}
