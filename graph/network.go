package graph

import (
	"context"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/internal/xml"
	"kg/schema"
)

// network is the store as a network of things, for tools that know nodes, edges and
// attributes. A quad between two things is an edge, with its claim, who says it, how
// sure and where; a quad with a literal or a code is a cell of its node. Claims and
// sources themselves are no nodes, nor is the ontology. What is denied or retracted is
// left out: in such a tool every line reads like a fact.
type network struct {
	v       *View // without what is denied or retracted
	whole   *View
	graph   xml.Network
	losses  losses
	records map[quad.IRI]bool // claims, sources, their parts, decisions
	nodes   map[quad.IRI]*netNode
	columns map[quad.IRI]*netColumn
}

type netNode struct {
	kinds []string
	cells map[quad.IRI][]string // by predicate
}

type netColumn struct {
	kind string // of all values so far: see xml.Column
	many bool
}

// What formats of networks lose.
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

// ExportCSV writes the network of the store as two tables, with the headers that
// Neo4j's importer reads: an id, a label, a column for each predicate that leads to
// literals or codes, the kind; start, end and type of each edge, its claim, who says
// it, how sure, who denies it, its source and place.
func (s *Store) ExportCSV(ctx context.Context, nodes, edges io.Writer, base schema.Base, o ExportOptions) ([]Count, error) {
	n, err := s.network(ctx, base, o)
	if err != nil {
		return nil, err
	}
	return n.losses.list(), xml.WriteTables(nodes, edges, &n.graph)
}

// network gathers the network of the store. It is held in memory.
func (s *Store) network(ctx context.Context, base schema.Base, o ExportOptions) (*network, error) {
	n := &network{
		v: s.View(base), whole: s.WholeView(base), losses: losses{}, records: map[quad.IRI]bool{},
		nodes: map[quad.IRI]*netNode{}, columns: map[quad.IRI]*netColumn{},
	}
	for _, c := range edgeColumns {
		n.graph.EdgeColumns = append(n.graph.EdgeColumns, xml.Column{Name: c, Type: "string"})
	}
	records := func(quads []quad.Quad) error {
		for _, q := range quads {
			if q.Predicate == schema.Type && slices.Contains(schema.Records, iriOf(q.Object)) {
				n.records[iriOf(q.Subject)] = true
			}
		}
		return nil
	}
	if err := s.EachSubject(ctx, ExportOptions{}, records); err != nil {
		return nil, err
	}
	err := s.EachSubject(ctx, o, func(quads []quad.Quad) error {
		for _, q := range quads {
			if err := n.add(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return n, n.finish(ctx)
}

// add adds what a quad says, or counts it as lost.
func (n *network) add(ctx context.Context, q quad.Quad) error {
	subject, label := iriOf(q.Subject), iriOf(q.Label)
	if label == schema.OntologyIRI {
		n.losses.add(label, lostOntology)
		return nil
	}
	if n.records[subject] {
		n.losses.add(subject, lostRecord)
		return nil
	}
	claim, err := n.whole.Claim(ctx, label)
	if err != nil {
		return err
	}
	switch {
	case n.whole.Retraction(label) != nil, claim != nil && n.whole.Retraction(claim.Source) != nil:
		n.losses.add(subject, lostRetracted)
		return nil
	case claim != nil && denies(claim):
		n.losses.add(subject, lostDenied)
		return nil
	}
	object, isIRI := q.Object.(quad.IRI)
	switch {
	case q.Predicate == schema.Type:
		kind, err := n.v.Describe(ctx, q.Object)
		if node := n.node(subject); !slices.Contains(node.kinds, kind.Text) {
			node.kinds = append(node.kinds, kind.Text)
		}
		n.losses.add(subject, lostSource)
		return err
	case isIRI && !schema.IRI(object).OfOntology() && !n.records[object]:
		return n.edge(ctx, q, claim)
	}
	return n.value(ctx, q, claim)
}

func (n *network) node(iri quad.IRI) *netNode {
	node := n.nodes[iri]
	if node == nil {
		node = &netNode{cells: map[quad.IRI][]string{}}
		n.nodes[iri] = node
	}
	return node
}

// value adds a cell to a node.
func (n *network) value(ctx context.Context, q quad.Quad, claim *Claim) error {
	subject, predicate := iriOf(q.Subject), iriOf(q.Predicate)
	text, err := n.v.Describe(ctx, q.Object)
	if err != nil {
		return err
	}
	lost := lostSource
	if claim != nil {
		lost = lostClaim
	}
	n.losses.add(subject, lost)
	kind := "string"
	switch q.Object.(type) {
	case quad.Int:
		kind = "long"
	case quad.Float:
		kind = "double"
	case quad.Bool:
		kind = "boolean"
	case quad.LangString:
		n.losses.add(subject, lostLanguage)
	case quad.TypedString, quad.Time:
		n.losses.add(subject, lostDatatype)
	}
	if !xml.Lossless(text.Text) {
		n.losses.add(subject, lostCharacter)
	}
	node, column := n.node(subject), n.columns[predicate]
	if slices.Contains(node.cells[predicate], text.Text) {
		return nil
	}
	if column == nil {
		column = &netColumn{kind: kind}
		n.columns[predicate] = column
	}
	if column.kind != kind {
		column.kind = "string"
	}
	if node.cells[predicate] = append(node.cells[predicate], text.Text); len(node.cells[predicate]) > 1 {
		column.many = true
		n.losses.add(subject, lostSeveral)
	}
	return nil
}

var edgeColumns = []string{"predicate", "claim", "said_by", "sure", "denied_by", "source", "source_title", "locator", "graph"}

// edge adds an edge.
func (n *network) edge(ctx context.Context, q quad.Quad, claim *Claim) error {
	n.node(iriOf(q.Subject))
	n.node(iriOf(q.Object))
	reading, err := n.v.Reading(ctx, iriOf(q.Predicate), true)
	if err != nil {
		return err
	}
	cells := map[string]string{"predicate": string(iriOf(q.Predicate)), "graph": string(iriOf(q.Label))}
	if claim != nil {
		evidence, err := n.v.EdgeEvidence(ctx, q)
		if err != nil {
			return err
		}
		title, err := n.v.Describe(ctx, claim.Source)
		if err != nil {
			return err
		}
		cells["claim"], cells["graph"] = string(claim.IRI), ""
		cells["said_by"], cells["sure"], cells["denied_by"] = evidence.SaidBy(), evidence.Sure(), evidence.DeniedBy()
		cells["source"], cells["source_title"], cells["locator"] = string(claim.Source), title.Text, claim.Place()
	}
	e := xml.Link{ID: fmt.Sprint("e", len(n.graph.Edges)+1), Source: string(iriOf(q.Subject)), Target: string(iriOf(q.Object)),
		Type: cell(schema.IRI(iriOf(q.Predicate)).LastPart()), Label: reading.Text}
	for _, c := range edgeColumns {
		e.Cells = append(e.Cells, cells[c])
	}
	n.graph.Edges = append(n.graph.Edges, e)
	return nil
}

// cell is a name, or a word for none.
func cell(name string) string {
	if name == "" {
		return "related"
	}
	return name
}

// finish makes the nodes and their columns of what was gathered.
func (n *network) finish(ctx context.Context) error {
	nodes := slices.Sorted(maps.Keys(n.nodes))
	labels := map[quad.IRI]string{}
	used := map[quad.IRI]bool{}
	for _, iri := range nodes {
		name, err := n.v.Describe(ctx, iri)
		if err != nil {
			return err
		}
		labels[iri] = name.Text
		for p, cell := range n.nodes[iri].cells {
			if slices.Contains(schema.Naming, p) && len(cell) == 1 && cell[0] == name.Text {
				delete(n.nodes[iri].cells, p) // it is the node's label
				continue
			}
			used[p] = true
		}
	}
	predicates := slices.Sorted(maps.Keys(used))
	taken := map[string]bool{"id": true, "label": true, "kind": true}
	for _, p := range predicates {
		c := n.columns[p]
		n.graph.NodeColumns = append(n.graph.NodeColumns, xml.Column{Name: columnName(p, taken), Type: c.kind, Many: c.many})
	}
	for _, iri := range nodes {
		node := n.nodes[iri]
		out := xml.Thing{ID: string(iri), Label: labels[iri], Kind: strings.Join(node.kinds, xml.Between), Cells: make([][]string, len(predicates))}
		for i, p := range predicates {
			out.Cells[i] = node.cells[p]
		}
		n.graph.Nodes = append(n.graph.Nodes, out)
	}
	return nil
}

var notInNames = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\pL\pN_]+`) })

// columnName is the last part of a predicate in letters, digits and '_', which all
// tools take, with a number if another has it.
func columnName(predicate quad.IRI, taken map[string]bool) string {
	name := strings.Trim(notInNames().ReplaceAllString(schema.IRI(predicate).LastPart(), "_"), "_")
	if name == "" {
		name = "value"
	}
	free := name
	for i := 2; taken[free]; i++ {
		free = fmt.Sprint(name, "_", i)
	}
	taken[free] = true
	return free
}
