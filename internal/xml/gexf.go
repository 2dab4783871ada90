package xml

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteGEXF writes a network as GEXF 1.3.
func WriteGEXF(to io.Writer, g *Network) error {
	w := &errWriter{w: bufio.NewWriter(to)}
	w.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	w.element("", "gexf", ">", "xmlns", "http://gexf.net/1.3", "version", "1.3")
	w.element("  ", "graph", ">", "defaultedgetype", "directed", "mode", "static")
	w.attributes("node", append([]Column{{Name: "kind", Type: "string"}}, g.NodeColumns...))
	w.attributes("edge", append([]Column{{Name: "relation", Type: "string"}}, g.EdgeColumns...))
	w.raw("    <nodes>\n")
	for _, n := range g.Nodes {
		w.element("      ", "node", ">", "id", n.ID, "label", n.Label)
		cells := []string{n.Kind}
		for _, cell := range n.Cells {
			cells = append(cells, strings.Join(cell, Between))
		}
		w.values(cells)
		w.raw("      </node>\n")
	}
	w.raw("    </nodes>\n    <edges>\n")
	for _, e := range g.Edges {
		w.element("      ", "edge", ">", "id", e.ID, "source", e.Source, "target", e.Target, "label", e.Label)
		w.values(append([]string{e.Type}, e.Cells...))
		w.raw("      </edge>\n")
	}
	w.raw("    </edges>\n  </graph>\n</gexf>\n")
	if w.err == nil {
		w.err = w.w.Flush()
	}
	if w.err != nil {
		return fmt.Errorf("writing GEXF: %w", w.err)
	}
	return nil
}

func (w *errWriter) attributes(class string, columns []Column) {
	w.element("    ", "attributes", ">", "class", class)
	for i, c := range columns {
		w.element("      ", "attribute", "/>", "id", fmt.Sprint(i), "title", c.Name, "type", c.kind())
	}
	w.raw("    </attributes>\n")
}

func (w *errWriter) values(cells []string) {
	w.raw("        <attvalues>\n")
	for i, cell := range cells {
		if cell != "" {
			w.element("          ", "attvalue", "/>", "for", fmt.Sprint(i), "value", cell)
		}
	}
	w.raw("        </attvalues>\n")
}

// element writes an element without content, or its start with a rest of ">".
func (w *errWriter) element(indent, name, rest string, attributes ...string) {
	w.raw(indent + "<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		w.raw(" " + attributes[i] + `="`)
		w.text(attributes[i+1])
		w.raw(`"`)
	}
	w.raw(rest + "\n")
}
