package graph

import (
	"cmp"
	"context"
	"io"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// count counts the edges of the nodes that have names: see edgesOf.
func (b *building) count(ctx context.Context) error {
	for i := range b.nodes {
		n := &b.nodes[i]
		if b.first[i] == b.first[i+1] {
			continue
		}
		if n.rank == aClaim {
			if err := b.countStated(ctx, n); err != nil {
				return err
			}
			continue
		}
		n.edges = -n.facts
		for _, position := range []int{term.Subject, term.Object} {
			var p term.Pattern
			p.Quad[position] = n.id
			n.edges += int32(b.ids.Count(p))
		}
	}
	return ctx.Err()
}

// countStated counts the quads that a claim states, its figures' own aside.
func (b *building) countStated(ctx context.Context, n *built) error {
	claim, err := b.iri(n.id)
	if err != nil {
		return err
	}
	var p term.Pattern
	p.Quad[term.Label] = n.id
	each := b.ids.Each(ctx, p, func(q term.Quad) {
		subject, e := b.ids.Value(q[term.Subject])
		if err = cmp.Or(err, e); !schema.Under(iriOf(subject), claim) {
			n.edges++
		}
	})
	delete(b.values, n.id)
	return cmp.Or(each, err)
}

// write writes the index in the order in which equals are found: see compareHits
// and sort.
func (b *building) write(w io.Writer, of names.Snapshot, kinds map[quad.IRI]*kind) error {
	for i := range b.index.Sets {
		set := &b.index.Sets[i]
		for _, id := range set.Kinds {
			iri, err := b.iri(term.ID(id))
			if err != nil {
				return err
			}
			set.Flag = set.Flag || (&indexed{kinds: []*kind{kinds[iri]}}).happens()
		}
	}
	order, err := b.order()
	if err != nil {
		return err
	}
	return b.index.Write(w, of, namingRules, len(order), func(i int) names.Node {
		n := &b.nodes[order[i].node]
		return names.Node{ID: uint32(n.id), Rank: uint8(n.rank), Set: int(n.set), Edges: uint32(max(0, n.edges)), Names: b.namesOf(order[i].node)}
	})
}

// place is where a node stands: by rank, event and edges as one number, then by
// the first word of its name, which mostly tell, and then by what compareNodes
// reads.
type place struct {
	lead uint64
	word uint32
	node int32
}

func (b *building) order() (order []place, err error) {
	for i := range b.nodes {
		if b.first[i] == b.first[i+1] {
			continue
		}
		n := &b.nodes[i]
		lead := uint64(n.rank)<<33 | uint64(math.MaxUint32-uint32(max(0, n.edges)))
		if b.index.Sets[n.set].Flag {
			lead |= 1 << 32
		}
		order = append(order, place{lead, b.index.Rank(b.key(&b.names[b.first[i]])[0]), int32(i)})
	}
	slices.SortFunc(order, func(x, y place) int {
		if d := cmp.Or(cmp.Compare(x.lead, y.lead), cmp.Compare(x.word, y.word)); d != 0 {
			return d
		}
		d, e := b.compareNodes(x.node, y.node)
		err = cmp.Or(err, e)
		return d
	})
	return order, err
}

// compareNodes is the order of nodes that equal each other but for their names.
func (b *building) compareNodes(x, y int32) (int, error) {
	m, n := &b.nodes[x], &b.nodes[y]
	d := b.index.Compare(b.key(&b.names[b.first[x]]), b.key(&b.names[b.first[y]]))
	if d != 0 || x == y {
		return d, nil
	}
	one, err := b.ids.Value(m.id)
	if err != nil {
		return 0, err
	}
	other, err := b.ids.Value(n.id)
	return cmp.Compare(iriOf(one), iriOf(other)), err
}
