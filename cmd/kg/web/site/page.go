package site

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is a page without the parts that need a server.
type page struct {
	o    *Options
	root *html.Node
}

// anchor is an element with an address, and the attribute that has it.
type anchor struct {
	node *html.Node
	attr int
}

// parse reads a page and removes forms, other formats, and links to pages that a copy does
// not have.
func (o *Options) parse(b []byte) (*page, error) {
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	p := &page{o, root}
	for _, n := range p.all(func(n *html.Node) bool {
		return n.DataAtom == atom.Form || has(n, "formats") || n.DataAtom == atom.Div && has(n, "narrow")
	}) {
		if has(n, "ask") {
			keepDefaults(n)
		}
		remove(n)
	}
	p.each(func(l link, a *anchor) {
		if !l.outside && l.key == "" {
			p.without(l, a.node)
		}
	})
	return p, nil
}

// keepDefaults writes before a form the default values of its fields, by which the
// question was asked.
func keepDefaults(form *html.Node) {
	var name string
	for n := range form.Descendants() {
		switch {
		case n.DataAtom == atom.Label && n.FirstChild != nil:
			name = n.FirstChild.Data
		case n.DataAtom == atom.Input && value(n, "value") != "":
			note := element(atom.P, "class", "note")
			note.AppendChild(&html.Node{Type: html.TextNode, Data: name + ": " + value(n, "value")})
			form.Parent.InsertBefore(note, form)
		}
	}
}

// all returns the nodes that match, in the order of the page.
func (p *page) all(is func(*html.Node) bool) (list []*html.Node) {
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			list = append(list, n)
		}
	}
	return list
}

// each calls do for every address of the page.
func (p *page) each(do func(link, *anchor)) {
	for _, n := range p.all(func(*html.Node) bool { return true }) {
		for i, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" {
				do(p.o.linkOf(a.Val), &anchor{n, i})
				break // do may remove the attribute
			}
		}
	}
}

// ids returns the ids of the page, the targets of fragments.
func (p *page) ids() map[string]bool {
	ids := map[string]bool{}
	for _, n := range p.all(func(*html.Node) bool { return true }) {
		if id := value(n, "id"); id != "" {
			ids[id] = true
		}
	}
	return ids
}

// without removes a link without a target, with the words about it. A name, or the head of
// a column, stays as text.
func (p *page) without(l link, n *html.Node) {
	q, around := l.url.Query(), n.Parent
	switch path := l.url.Path; {
	case around == nil: // it went with another
	case inHeader(n), q.Has("limit"), q.Has("edges"):
		remove(n)
	case path == "/explore":
		remove(around)
	case strings.HasPrefix(path, "/query/") && (around.DataAtom == atom.Li || around.DataAtom == atom.P && only(n)):
		remove(around)
	default:
		unwrap(n)
	}
}

// page returns a page in its form for the copy.
func (c *crawl) page(f *file, key string, b []byte) ([]byte, error) {
	p, err := c.parse(b)
	if err != nil {
		return nil, fmt.Errorf("reading the page %s: %w", key, err)
	}
	p.each(func(l link, a *anchor) {
		href, ok := c.target(f, l)
		switch {
		case a.node.Parent == nil: // it went with another
		case !ok:
			p.without(l, a.node)
		case inHeader(a.node) && l.fragment != "" && !strings.Contains(href, "#"):
			remove(a.node) // the start page has no such part
		default:
			a.node.Attr[a.attr].Val = href
		}
	})
	c.tell(p, key)
	var out bytes.Buffer
	if err := html.Render(&out, p.root); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// tell adds a note to the page that it is a copy, and of which graph.
func (c *crawl) tell(p *page, key string) {
	words := "A copy without a server, made by kg " + c.Version + " from the graph with the SHA-256 "
	for _, n := range p.all(func(n *html.Node) bool { return has(n, "foot") || key == startKey && has(n, "hero") }) {
		note := element(atom.P, "class", "note copied")
		note.AppendChild(&html.Node{Type: html.TextNode, Data: words})
		digest := element(atom.Code, "class", "digest")
		digest.AppendChild(&html.Node{Type: html.TextNode, Data: c.Graph})
		note.AppendChild(digest)
		note.AppendChild(&html.Node{Type: html.TextNode, Data: ". Searching, exploring and questions with parameters need kg serve."})
		n.AppendChild(note)
	}
}

func element(a atom.Atom, key, val string) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String(), Attr: []html.Attribute{{Key: key, Val: val}}}
}

func value(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(value(n, "class")), class)
}

// inHeader reports whether a link is in the header of all pages.
func inHeader(n *html.Node) bool {
	for up := range n.Ancestors() {
		if up.DataAtom == atom.Header && has(up, "top") {
			return true
		}
	}
	return false
}

// only reports whether a node is the only content of its parent.
func only(n *html.Node) bool {
	return n.PrevSibling == nil && n.NextSibling == nil
}
