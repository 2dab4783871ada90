package picture

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// star has a hub with leaves by a relation, and a node that hangs on two.
func star(leaves int) *Picture {
	p := &Picture{Nodes: []Node{{Label: "Hub", Class: Place, Link: "/hub", Focus: true}, {Label: "Pair", Class: Person}, {Label: "Other", Class: Person}}}
	p.Edges = []Edge{{From: 1, To: 0, Label: "nationality"}, {From: 1, To: 2, Label: "knows"}}
	for i := range leaves {
		p.Nodes = append(p.Nodes, Node{Label: fmt.Sprintf("Leaf %02d", i), Class: Person})
		p.Edges = append(p.Edges, Edge{From: len(p.Nodes) - 1, To: 0, Label: "nationality"})
	}
	return p
}

func TestCollapse(t *testing.T) {
	t.Parallel()
	p := star(25)
	p.collapse()
	if len(p.Nodes) != 4 || len(p.Edges) != 3 || p.Drawn() != 27 {
		t.Fatalf("%d nodes, %d edges that stand for %d", len(p.Nodes), len(p.Edges), p.Drawn())
	}
	if n := p.Nodes[3]; n.Label != "25 of nationality" || n.Class != Person || n.Link != "/hub" {
		t.Errorf("the group is %+v", n)
	}
	few := star(fewAlike)
	if few.collapse(); len(few.Nodes) != fewAlike+3 {
		t.Errorf("%d alike become %d nodes", fewAlike, len(few.Nodes))
	}
}

// TestCollapseCounts: no edge is lost or counted twice, what is unsure is not mixed
// with what is sure, and what hangs on two is never in a group.
func TestCollapseCounts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := &Picture{}
		for i := range 2 + r.IntN(40) {
			p.Nodes = append(p.Nodes, Node{Label: fmt.Sprint(i), Class: Person, Focus: i == 0})
		}
		unsure := 0
		for range r.IntN(60) {
			e := Edge{From: r.IntN(len(p.Nodes)), To: r.IntN(min(3, len(p.Nodes))), Label: []string{"a", "b"}[r.IntN(2)], Unsure: r.IntN(4) == 0}
			if e.Unsure {
				unsure++
			}
			p.Edges = append(p.Edges, e)
		}
		before := len(p.Edges)
		p.collapse()
		if p.Drawn() != before {
			t.Fatalf("seed %d: %d edges become %d", seed, before, p.Drawn())
		}
		degree := map[int]int{}
		for _, e := range p.Edges {
			degree[e.From]++
			degree[e.To]++
			if e.Unsure {
				unsure -= max(e.Count, 1)
			}
		}
		if unsure != 0 {
			t.Fatalf("seed %d: unsure edges are off by %d", seed, unsure)
		}
		for _, e := range p.Edges {
			if e.Count > 0 && degree[e.From] != 1 && degree[e.To] != 1 {
				t.Fatalf("seed %d: a group hangs on two", seed)
			}
		}
	}
}
