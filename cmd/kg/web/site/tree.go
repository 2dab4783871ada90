package site

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// remove removes a node with the dot before it, and any section that then has only its
// heading.
func remove(n *html.Node) {
	around := n.Parent
	if around == nil {
		return
	}
	if before := n.PrevSibling; before != nil && before.Type == html.TextNode {
		before.Data = strings.TrimSuffix(before.Data, " · ")
	}
	around.RemoveChild(n)
	goes := []atom.Atom{atom.Section, atom.P, atom.Li, atom.Ul, atom.Div, atom.Nav}
	if slices.Contains(goes, around.DataAtom) && !says(around) {
		remove(around)
	}
}

// says reports whether a node has content other than headings.
func says(n *html.Node) bool {
	for child := range n.ChildNodes() {
		switch child.DataAtom {
		case atom.H1, atom.H2, atom.H3:
			continue
		case atom.Img, atom.Input, atom.Svg:
			return true
		}
		if child.Type == html.TextNode && strings.TrimSpace(child.Data) != "" || says(child) {
			return true
		}
	}
	return false
}

// unwrap replaces a node by its children.
func unwrap(n *html.Node) {
	if n.Parent == nil {
		return
	}
	for child := n.FirstChild; child != nil; child = n.FirstChild {
		n.RemoveChild(child)
		n.Parent.InsertBefore(child, n)
	}
	n.Parent.RemoveChild(n)
}
