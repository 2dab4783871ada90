package xml

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Graph is a directed graph with fields, which are text, on its nodes and edges.
// The values of a node or an edge are in the order of its fields; an empty one is
// left out of the file.
type Graph struct {
	NodeFields, EdgeFields []string
	Nodes                  []Node
	Edges                  []Edge
}

// Node is a node under an ID that no other node has.
type Node struct {
	ID     string
	Values []string
}

// Edge leads from one node to another, by their IDs.
type Edge struct {
	From, To string
	Values   []string
}

// WriteGraphML writes a graph as GraphML 1.0 (graphml.graphdrawing.org). Characters that
// XML cannot represent are written as U+FFFD. Nodes and edges are numbered, n0 and e0,
// and keep their own ID in the field key: GraphML's are NMTOKENs, and no IRI is one, and
// igraph has a field id of its own. An edge to a node that is not in the graph is an
// error.
func WriteGraphML(w io.Writer, g Graph) error {
	out := &errWriter{w: bufio.NewWriter(w)}
	out.raw(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">` + "\n")
	nodeFields := append([]string{"key"}, g.NodeFields...)
	out.keys("node", nodeFields)
	out.keys("edge", g.EdgeFields)
	out.raw(` <graph edgedefault="directed">` + "\n")
	numbers := map[string]string{}
	for i, n := range g.Nodes {
		if numbers[n.ID] != "" {
			return fmt.Errorf("writing GraphML: two nodes have the id %q", n.ID)
		}
		numbers[n.ID] = "n" + strconv.Itoa(i)
		out.raw(`  <node id="` + numbers[n.ID] + `">`)
		out.data("node", append([]string{n.ID}, n.Values...))
		out.raw("</node>\n")
	}
	for i, e := range g.Edges {
		from, to := numbers[e.From], numbers[e.To]
		if from == "" || to == "" {
			return fmt.Errorf("writing GraphML: an edge from %q to %q has an end that is no node", e.From, e.To)
		}
		out.raw(`  <edge id="e` + strconv.Itoa(i) + `" source="` + from + `" target="` + to + `">`)
		out.data("edge", e.Values)
		out.raw("</edge>\n")
	}
	out.raw(" </graph>\n</graphml>\n")
	if out.err != nil {
		return fmt.Errorf("writing GraphML: %w", out.err)
	}
	return out.w.Flush()
}

// errWriter keeps the first error.
type errWriter struct {
	w   *bufio.Writer
	err error
}

func (o *errWriter) raw(s string) {
	if o.err == nil {
		_, o.err = o.w.WriteString(s)
	}
}

// text writes text of a source, which may have any characters.
func (o *errWriter) text(s string) {
	if o.err == nil {
		o.err = xml.EscapeText(o.w, []byte(strings.ToValidUTF8(s, "\uFFFD")))
	}
}

// keys declares fields; a field's key is its number behind the domain's name.
func (o *errWriter) keys(domain string, fields []string) {
	for i, name := range fields {
		o.raw(` <key id="` + domain + strconv.Itoa(i) + `" for="` + domain + `" attr.name="`)
		o.text(name)
		o.raw(`" attr.type="string"/>` + "\n")
	}
}

func (o *errWriter) data(domain string, values []string) {
	for i, value := range values {
		if value == "" {
			continue
		}
		o.raw(`<data key="` + domain + strconv.Itoa(i) + `">`)
		o.text(value)
		o.raw("</data>")
	}
}
