package xml

import "strings"

// Network is a graph whose nodes and edges have labels and typed cells.
type Network struct {
	NodeColumns, EdgeColumns []Column
	Nodes                    []Thing
	Edges                    []Link
}

// Column is an attribute: its name, one of the types of GEXF (string,
// long, double, boolean), and whether some cell has several values.
type Column struct {
	Name, Type string
	Many       bool
}

// Thing is a node with its cells, one for each column; an empty cell has no value.
type Thing struct {
	ID, Label, Kind string
	Cells           [][]string
}

// Link is an edge, likewise. Its label is the relation in words.
type Link struct {
	ID, Source, Target, Type, Label string
	Cells                           []string
}

// Between stands between the values of a cell that has several, where a format has no
// lists.
const Between = " | "

// Lossless reports whether XML can hold a text.
func Lossless(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	})
}

// Graph is the network with all of its cells as text, for GraphML.
func (n *Network) Graph() Graph {
	g := Graph{NodeFields: []string{"label", "kind"}, EdgeFields: []string{"label", "relation"}}
	for _, c := range n.NodeColumns {
		g.NodeFields = append(g.NodeFields, c.Name)
	}
	for _, c := range n.EdgeColumns {
		g.EdgeFields = append(g.EdgeFields, c.Name)
	}
	for _, t := range n.Nodes {
		values := []string{t.Label, t.Kind}
		for _, cell := range t.Cells {
			values = append(values, strings.Join(cell, Between))
		}
		g.Nodes = append(g.Nodes, Node{ID: t.ID, Values: values})
	}
	for _, l := range n.Edges {
		g.Edges = append(g.Edges, Edge{From: l.Source, To: l.Target, Values: append([]string{l.Label, l.Type}, l.Cells...)})
	}
	return g
}

// kind is the type of a column's cells: a text where one has several values.
func (c Column) kind() string {
	if c.Many {
		return "string"
	}
	return c.Type
}
