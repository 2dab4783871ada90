package picture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// Class is a class of nodes that are drawn alike: by shape, and also by colour.
type Class string

// The classes, from the ontology's kinds: a kind below one of these names is
// drawn as it.
const (
	Person       Class = "person"
	Organisation Class = "organisation"
	Group        Class = "group"
	Place        Class = "place"
	Event        Class = "event"
	Figure       Class = "figure"
	Record       Class = "record" // a source or a claim
	Thing        Class = "thing"  // all else
)

// look is the style of a class on paper; pages recolour nodes by their class.
type look struct {
	class             Class
	says              string // in the legend
	attributes        string
	fill, line, write string
}

var looks = []look{
	{Person, "person", "shape=ellipse", "#dbeafe", "#1d4ed8", "#172554"},
	{Organisation, "organisation", "shape=box", "#ede9fe", "#6d28d9", "#2e1065"},
	{Group, "group", "shape=box, peripheries=2", "#ccfbf1", "#0f766e", "#042f2e"},
	{Place, "place", "shape=hexagon", "#dcfce7", "#15803d", "#052e16"},
	{Event, "event", "shape=box", "#fef3c7", "#b45309", "#451a03"},
	{Figure, "quantity or date", "shape=note", "#ffffff", "#6b7280", "#111827"},
	{Record, "source or claim", "shape=tab", "#fce7f3", "#be185d", "#500724"},
	{Thing, "other thing", "shape=box", "#f3f4f6", "#4b5563", "#111827"},
}

func lookOf(c Class) look {
	for _, l := range looks {
		if l.class == c {
			return l
		}
	}
	return looks[len(looks)-1]
}

// Node is an entity, a figure or a literal.
type Node struct {
	Value quad.Value
	Label string
	Tip   string // a description
	Class Class
	Link  string // empty for none
	Focus bool   // the subject of the picture
	Doubt string // a status that makes it no fact: planned, promised, attempted
}

// Edge joins two nodes by their numbers.
type Edge struct {
	From, To int
	Label    string
	Tip      string
	Link     string // of a claim that asserts it; empty for none
	Unsure   bool   // no speaker plainly asserts it, or it is only planned
	Denied   bool   // a source denies it
	Count    int    // of edges drawn as this one, if there are several
	quads    []quad.Quad
	sources  []quad.IRI // of the claims behind it
}

// Picture is nodes and edges in the order in which they are drawn.
type Picture struct {
	Title string
	Nodes []Node
	Edges []Edge
	All   int    // number of edges, drawn or not
	Rule  string // which are drawn, in words
	// Sources are the titles and days of the sources behind the edges, and Digest is
	// the SHA-256 of the edges in canonical N-Quads: a file states its origin.
	Sources []string
	Digest  string
}

// At returns the picture with absolute links to a server, for a file outside of it.
func (p *Picture) At(origin string) *Picture {
	there := *p
	there.Nodes, there.Edges = slices.Clone(p.Nodes), slices.Clone(p.Edges)
	for i, n := range there.Nodes {
		if strings.HasPrefix(n.Link, "/") {
			there.Nodes[i].Link = origin + n.Link
		}
	}
	for i, e := range there.Edges {
		if strings.HasPrefix(e.Link, "/") {
			there.Edges[i].Link = origin + e.Link
		}
	}
	return &there
}

// Classes returns the classes that occur, in the order of the legend.
func (p *Picture) Classes() []Class {
	var list []Class
	for _, l := range looks {
		for _, n := range p.Nodes {
			if n.Class == l.class {
				list = append(list, l.class)
				break
			}
		}
	}
	return list
}

// Says returns the class in words.
func (c Class) Says() string { return lookOf(c).says }

// DOT writes the picture in the DOT language, with or without a legend.
func (p *Picture) DOT(legend bool) string {
	var b strings.Builder
	b.WriteString("digraph {\n")
	fmt.Fprintf(&b, "\tgraph [rankdir=LR, nodesep=0.25, ranksep=0.55, pad=0.15, bgcolor=%s, fontname=\"Helvetica\", fontsize=11];\n", background(legend))
	b.WriteString("\tnode [style=filled, fontname=\"Helvetica\", fontsize=12, margin=\"0.16,0.08\", height=0.3];\n")
	b.WriteString("\tedge [fontname=\"Helvetica\", fontsize=10, arrowsize=0.7, color=\"#6b7280\", fontcolor=\"#374151\"];\n")
	for i, n := range p.Nodes {
		fmt.Fprintf(&b, "\tn%d [%s];\n", i, n.attributes())
	}
	for _, e := range p.Edges {
		fmt.Fprintf(&b, "\tn%d -> n%d [%s];\n", e.From, e.To, e.attributes())
	}
	if legend {
		p.legend(&b)
	}
	b.WriteString("}\n")
	return b.String()
}

// background is none on a page, which has its own; a file of its own is white.
func background(legend bool) string {
	if legend {
		return "white"
	}
	return "transparent"
}

func (n Node) attributes() string {
	l := lookOf(n.Class)
	class, width, style := string(n.Class), "1", "filled"
	if n.Focus {
		class, width = class+" focus", "2.5"
	}
	label := wrap(n.Label, 26, 4)
	switch {
	case n.Doubt != "":
		label, class, style = label+"\n("+n.Doubt+")", class+" unsure", "filled,dashed"
	case n.Class == Event:
		style = "filled,rounded"
	}
	s := fmt.Sprintf("label=%s, tooltip=%s, class=%s, %s, style=%s, fillcolor=%q, color=%q, fontcolor=%q, penwidth=%s",
		quote(label), quoteTwice(n.Tip), quote(class), l.attributes, quote(style), l.fill, l.line, l.write, width)
	if n.Link != "" {
		s += ", URL=" + quote(n.Link)
	}
	return s
}

func (e Edge) attributes() string {
	label, class, style := e.Label, "plain", "solid"
	switch {
	case e.Denied:
		label, class, style = "denied: "+label, "denied", "dotted"
	case e.Unsure:
		class, style = "unsure", "dashed"
	}
	s := fmt.Sprintf("label=%s, tooltip=%s, labeltooltip=%s, class=%s, style=%s",
		quote(wrap(label, 24, 3)), quoteTwice(e.Tip), quoteTwice(e.Tip), quote(class), style)
	if e.Link != "" {
		s += ", URL=" + quote(e.Link)
	}
	return s
}

// legend returns one node: a table of the classes and sorts of edges that occur, above
// which edges are drawn and which are left out.
func (p *Picture) legend(b *strings.Builder) {
	fmt.Fprintf(b, "\tlabel=%s; labelloc=b; labeljust=l; fontcolor=\"#374151\";\n", quoteLeft(p.origin()))
	b.WriteString("\tlegend [shape=plain, style=\"\", class=legend, tooltip=legend, fontsize=10, label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"3\" cellpadding=\"3\">")
	for _, c := range p.Classes() {
		l := lookOf(c)
		fmt.Fprintf(b, "<tr><td bgcolor=%q color=%q><font color=%q>%s</font></td></tr>", l.fill, l.line, l.write, l.says)
	}
	if slices.ContainsFunc(p.Edges, func(e Edge) bool { return e.Unsure && !e.Denied }) {
		b.WriteString("<tr><td border=\"0\" align=\"left\">dashed: hedged, planned or derived</td></tr>")
	}
	if slices.ContainsFunc(p.Edges, func(e Edge) bool { return e.Denied }) {
		b.WriteString("<tr><td border=\"0\" align=\"left\">dotted: denied</td></tr>")
	}
	b.WriteString("</table>>];\n")
}

// origin returns the description in a file: its title, which edges it has, from which
// sources, and their digest.
func (p *Picture) origin() string {
	lines := []string{wrap(p.Title, 90, 3), wrap(p.Rule+".", 90, 4)}
	sources := p.Sources
	if len(sources) > 6 {
		sources = append(slices.Clone(sources[:5]), fmt.Sprintf("and %d more sources", len(sources)-5))
	}
	if len(sources) > 0 {
		lines = append(lines, wrap("From: "+strings.Join(sources, "; "), 90, 6))
	}
	if p.Digest != "" {
		lines = append(lines, "SHA-256 of its edges as N-Quads: "+p.Digest)
	}
	return strings.Join(lines, "\n")
}

// quote writes a string of the DOT language that Graphviz shows as it is:
// neither its escapes (\N, \l) nor its entities (&amp;) are read in it.
func quote(s string) string { return `"` + escaped.Replace(clean(s)) + `"` }

var escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;", "\n", `\n`)

// quoteLeft is quote for lines that begin at the left.
func quoteLeft(s string) string {
	var b strings.Builder
	for _, line := range strings.Split(s, "\n") {
		b.WriteString(escaped.Replace(clean(line)) + `\l`)
	}
	return `"` + b.String() + `"`
}

// quoteTwice is quote for tips, which Graphviz reads twice.
func quoteTwice(s string) string { return quote(strings.ReplaceAll(s, `\`, `\\`)) }

// clean replaces characters that XML cannot represent.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// wrap breaks a label at spaces into lines of about width letters, at most
// lines of them; a longer label ends in an ellipsis.
func wrap(s string, width, lines int) string {
	var out []string
	line := ""
	for _, word := range strings.Fields(s) {
		if r := []rune(word); len(r) > 2*width {
			word = string(r[:2*width-1]) + "…"
		}
		if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
			out = append(out, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	out = append(out, line)
	if len(out) > lines {
		out = append(out[:lines-1], out[lines-1]+" …")
	}
	return strings.Join(out, "\n")
}
