package index

import (
	"bytes"
	"cmp"
	"math"
	"os"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store/term"
)

func (n *built) named() bool { return n.first != 0 || n.id != 0 }

// write writes the index in the order in which equal matches are listed: see compareHits
// and sort. Memory that is not needed any more is released on the way.
func (b *building) write(f *os.File, of names.Snapshot, kinds map[quad.IRI]*KindEntry) error {
	for i := range b.sets {
		set := &b.sets[i]
		for _, id := range set.Kinds {
			iri, err := b.iri(term.ID(id))
			if err != nil {
				return err
			}
			set.Flag = set.Flag || (&Node{Kinds: []*KindEntry{kinds[iri]}}).Happens()
		}
	}
	b.list = make([]uint32, 1)
	b.sortWords()
	count := 0
	for i := range b.nodes {
		if b.nodes[i].named() {
			count++
		}
	}
	w, err := names.NewWriter(f, count, b.dict)
	if err != nil {
		return err
	}
	b.dict = nil
	order := b.order(count)
	w.Kinds, w.Sets = b.kinds, b.sets
	var list []names.Name
	for i := range order {
		n := &b.nodes[order[i].node]
		list = b.namesOf(n, list)
		w.Node(names.Node{ID: uint32(b.from) + order[i].node, Rank: uint8(n.rank), Set: int(n.set), Edges: uint32(max(0, n.edges)), Names: list})
		n.edges = int32(i) // where it is in the file: see byName
	}
	w.Order = b.byName(order)
	b.nodes, b.names, b.words = nil, nil, nil
	return w.End(of, namingRules)
}

// sortKey is the sort key of a node: rank, event and edges and the first word of its best
// name, then the second, which mostly decide, and then the fields that compareNodes
// reads.
type sortKey struct {
	lead   uint64
	second uint32
	node   uint32
}

// mostEdges bounds the number of edges in a sort key: nodes with more are equal.
const mostEdges = 1<<29 - 1

func (b *building) order(count int) []sortKey {
	order := make([]sortKey, 0, count)
	var list []names.Name
	for i := range b.nodes {
		n := &b.nodes[i]
		if !n.named() {
			continue
		}
		lead := uint64(n.rank)<<30 | uint64(mostEdges-min(max(0, n.edges), mostEdges))
		if b.sets[n.set].Flag {
			lead |= 1 << 29
		}
		list = b.namesOf(n, list)
		p := sortKey{lead: lead<<32 | uint64(list[0].Words[0]), node: uint32(i)}
		if len(list[0].Words) > 1 {
			p.second = min(list[0].Words[1], math.MaxUint32-1) + 1
		}
		order = append(order, p)
	}
	b.sortKeys(order)
	return order
}

func (b *building) sortKeys(list []sortKey) {
	slices.SortFunc(list, func(x, y sortKey) int {
		if x.lead != y.lead {
			return cmp.Compare(x.lead, y.lead)
		}
		if x.second != y.second {
			return cmp.Compare(x.second, y.second)
		}
		return b.compareNodes(x.node, y.node)
	})
}

// byName returns the entities and sources in the order of listings, by their numbers in
// the file: by the words of their best names, then by their IRIs. It sorts the keys of
// these, which come first, into that order.
func (b *building) byName(order []sortKey) []uint32 {
	end := slices.IndexFunc(order, func(p sortKey) bool { return b.nodes[p.node].rank > ASource })
	if end >= 0 {
		order = order[:end]
	}
	var list []names.Name
	for i := range order {
		p := &order[i]
		list = b.namesOf(&b.nodes[p.node], list)
		words := list[0].Words
		after := func(i int) uint32 { // a name that ends comes before those that go on
			if i < len(words) {
				return min(words[i], math.MaxUint32-1) + 1
			}
			return 0
		}
		p.lead, p.second = uint64(after(0))<<32|uint64(after(1)), after(2)
	}
	b.sortKeys(order)
	nodes := make([]uint32, len(order))
	for i, p := range order {
		nodes[i] = uint32(b.nodes[p.node].edges)
	}
	return nodes
}

// compareNodes is the order of nodes that equal each other but for their names.
func (b *building) compareNodes(x, y uint32) int {
	c := &b.compared
	c.names = b.namesOf(&b.nodes[x], c.names)
	c.words = append(c.words[:0], c.names[0].Words...) // which the next names overwrite
	c.names = b.namesOf(&b.nodes[y], c.names)
	if d := slices.Compare(c.words, c.names[0].Words); d != 0 || x == y {
		return d
	}
	c.x, _ = b.ids.AppendText(c.x[:0], b.from+term.ID(x))
	c.y, _ = b.ids.AppendText(c.y[:0], b.from+term.ID(y))
	return bytes.Compare(c.x, c.y)
}
