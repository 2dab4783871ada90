package graph

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"
)

// Ordered are nodes in the order of their names, then of their IRIs. It has numbers
// for them, and reads neither a name nor an IRI that is not asked for.
type Ordered struct {
	x     *index
	nodes []int32
}

// OfKind lists the entities and sources of a kind, by its name, and of the kinds
// below it.
func (v *View) OfKind(ctx context.Context, name string) (*Ordered, error) {
	return v.ordered(ctx, "kind "+name, func(n *indexed) bool { return n.isA(name) })
}

// AllEntities lists those that Entities counts.
func (v *View) AllEntities(ctx context.Context) (*Ordered, error) {
	return v.ordered(ctx, "entities", func(n *indexed) bool { return n.rank == anEntity })
}

func (v *View) ordered(ctx context.Context, list string, is func(*indexed) bool) (o *Ordered, err error) {
	err = v.asking(ctx, func(x *index) error {
		nodes, err := x.listInOrder(ctx, list, is)
		o = &Ordered{x, nodes}
		return err
	})
	return o, err
}

// Len is how many there are.
func (o *Ordered) Len() int { return len(o.nodes) }

// Part is those from one place in the order up to another.
func (o *Ordered) Part(from, to int) (list []quad.IRI, err error) {
	err = caught(func() error {
		for _, i := range o.nodes[max(0, from):min(to, len(o.nodes))] {
			list = append(list, o.x.iri(i))
		}
		return nil
	})
	return list, err
}

// nameOrder is the entities and sources of an index in the order of their names. It is
// made once for an index, of four bytes each, and so are the lists of some of them.
type nameOrder struct {
	mu    sync.Mutex
	made  bool
	all   []int32
	lists map[string][]int32
	kept  int // nodes of the lists
}

// listsKept is how many times as many nodes the lists may have as there are.
const listsKept = 3

// listInOrder are the entities and sources by name of which is holds, which is a list
// of that name.
func (x *index) listInOrder(ctx context.Context, name string, is func(*indexed) bool) ([]int32, error) {
	o := &x.order
	o.mu.Lock()
	defer o.mu.Unlock()
	if list, made := o.lists[name]; made {
		return list, nil
	}
	if err := x.putInOrder(ctx); err != nil {
		return nil, err
	}
	var list []int32
	chosen := x.choosing(is)
	for _, i := range o.all {
		if chosen(i) {
			list = append(list, i)
		}
	}
	list = slices.Clip(list)
	if o.lists == nil || o.kept+len(list) > listsKept*len(o.all) || len(o.lists) == mostLists {
		o.lists, o.kept = map[string][]int32{}, 0
	}
	o.lists[name] = list
	o.kept += len(list)
	return list, nil
}

// mostLists bounds the lists of nothing: a kind may be any word.
const mostLists = 1 << 10

// putInOrder puts the entities and sources in the order of their names, once.
func (x *index) putInOrder(ctx context.Context) error {
	if x.order.made {
		return nil
	}
	own := x.ownInOrder()
	filed, err := x.filedInOrder(ctx)
	if err != nil {
		return err
	}
	x.order.all, x.order.made = x.merged(own, filed), true
	return nil
}

// ownInOrder are the nodes whose names are in memory.
func (x *index) ownInOrder() (own []int32) {
	for i := range x.nodes {
		if x.nodes[i].rank <= aSource {
			own = append(own, int32(i))
		}
	}
	slices.SortFunc(own, x.compareNamed)
	return own
}

// compareNamed is the order of nodes by name.
func (x *index) compareNamed(a, b int32) int {
	return cmp.Or(cmp.Compare(x.firstKey(a), x.firstKey(b)), cmp.Compare(x.iri(a), x.iri(b)))
}

// filedInOrder are the nodes of the file, which has their order.
func (x *index) filedInOrder(ctx context.Context) ([]int32, error) {
	f := x.base
	if f == nil {
		return nil, nil
	}
	nodes := make([]int32, 0, f.r.Ordered())
	for place := range f.r.Ordered() {
		if place%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		node := f.r.InOrder(place)
		f.r.ID(node) // so that damage is found here, where there is a way without the file
		if f.has(node) {
			nodes = append(nodes, f.after+int32(node))
		}
	}
	return nodes, nil
}

// merged is one order of two. Of the file's nodes only those are read that stand near
// one in memory.
func (x *index) merged(own, filed []int32) []int32 {
	if len(own) == 0 || len(filed) == 0 {
		return slices.Concat(own, filed)
	}
	all := make([]int32, 0, len(own)+len(filed))
	for _, node := range own {
		at, _ := slices.BinarySearchFunc(filed, node, x.compareNamed)
		all = append(append(all, filed[:at]...), node)
		filed = filed[at:]
	}
	return append(all, filed...)
}

// choosing is a choice among nodes by rank and kinds. For those of the file it is made
// once for all that have the same.
func (x *index) choosing(is func(*indexed) bool) func(int32) bool {
	if x.base == nil {
		return func(i int32) bool { return is(&x.nodes[i]) }
	}
	var filed [aSource + 1][]bool // by the number of the set of kinds
	for of := range filed {
		for _, set := range x.base.sets {
			filed[of] = append(filed[of], is(&indexed{rank: rank(of), kinds: set.kinds}))
		}
	}
	return func(i int32) bool {
		if !x.filed(i) {
			return is(&x.nodes[i])
		}
		node := int(i - x.base.after)
		return filed[x.base.r.Rank(node)][x.base.r.SetOf(node)]
	}
}
