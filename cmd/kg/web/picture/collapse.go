package picture

import (
	"fmt"
	"slices"
	"strings"
)

// fewAlike is how many equal neighbours are still drawn one by one; mostNamed how
// many of more the tip names.
const (
	fewAlike  = 5
	mostNamed = 30
)

// likeness is the key of equal neighbours: the node they are joined to, the relation with
// its direction, and its sureness.
type likeness struct {
	on             int
	out            bool
	label          string
	unsure, denied bool
}

// collapse draws equal neighbours that are joined to one node only as one node with their
// number. Their edges become one edge, which counts them.
func (p *Picture) collapse() {
	degree := make([]int, len(p.Nodes))
	for _, e := range p.Edges {
		degree[e.From]++
		degree[e.To]++
	}
	alike := map[likeness][]int{} // edges
	for i, e := range p.Edges {
		for _, end := range []struct {
			leaf, on int
			out      bool
		}{{e.To, e.From, true}, {e.From, e.To, false}} {
			if leaf := p.Nodes[end.leaf]; degree[end.leaf] == 1 && !leaf.Focus && leaf.Doubt == "" && degree[end.on] > 1 {
				l := likeness{end.on, end.out, e.Label, e.Unsure, e.Denied}
				alike[l] = append(alike[l], i)
			}
		}
	}
	gone := map[int]bool{}
	for l, edges := range alike {
		if len(edges) > fewAlike {
			p.asOne(l, edges, gone)
		}
	}
	p.drop(gone)
}

// asOne makes the first of equal edges, with its leaf, represent all.
func (p *Picture) asOne(l likeness, edges []int, gone map[int]bool) {
	leafOf := func(i int) *Node {
		if l.out {
			return &p.Nodes[p.Edges[i].To]
		}
		return &p.Nodes[p.Edges[i].From]
	}
	first, edge := leafOf(edges[0]), &p.Edges[edges[0]]
	var names []string
	class := first.Class
	for n, i := range edges {
		if names = append(names, leafOf(i).Label); leafOf(i).Class != class {
			class = Thing
		}
		if gone[i] = n > 0; gone[i] {
			edge.quads, edge.sources = append(edge.quads, p.Edges[i].quads...), append(edge.sources, p.Edges[i].sources...)
		}
	}
	slices.Sort(names)
	if len(names) > mostNamed {
		names = append(names[:mostNamed], fmt.Sprintf("and %d more", len(edges)-mostNamed))
	}
	*first = Node{Label: fmt.Sprintf("%d of %s", len(edges), l.label), Tip: strings.Join(names, "\n"), Class: class, Link: p.Nodes[l.on].Link}
	edge.Count, edge.Link, edge.Tip = len(edges), "", fmt.Sprintf("%d edges: their claims are in the list", len(edges))
}

// keep keeps the first edges, and the nodes at their ends.
func (p *Picture) keep(most int) {
	gone := map[int]bool{}
	for i := range p.Edges {
		gone[i] = i >= most
	}
	p.drop(gone)
}

// drop removes edges, and the nodes that only they have.
func (p *Picture) drop(gone map[int]bool) {
	var edges []Edge
	has := map[int]bool{}
	for i, e := range p.Edges {
		if !gone[i] {
			edges = append(edges, e)
			has[e.From], has[e.To] = true, true
		}
	}
	number := map[int]int{}
	var nodes []Node
	for i, n := range p.Nodes {
		if has[i] || n.Focus {
			number[i] = len(nodes)
			nodes = append(nodes, n)
		}
	}
	for i := range edges {
		edges[i].From, edges[i].To = number[edges[i].From], number[edges[i].To]
	}
	p.Nodes, p.Edges = nodes, edges
}

// Drawn returns how many edges are drawn; edges drawn as one all count.
func (p *Picture) Drawn() (n int) {
	for _, e := range p.Edges {
		n += max(e.Count, 1)
	}
	return n
}
