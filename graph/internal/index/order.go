package index

import (
	"cmp"
	"context"
	"slices"
	"sync"
)

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

// ListInOrder are the entities and sources by name of which is holds, which is a list
// of that name.
func (x *NameIndex) ListInOrder(ctx context.Context, name string, is func(*Node) bool) ([]int32, error) {
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
func (x *NameIndex) putInOrder(ctx context.Context) error {
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
func (x *NameIndex) ownInOrder() (own []int32) {
	for i := range x.Nodes {
		if x.Nodes[i].Rank <= ASource {
			own = append(own, int32(i))
		}
	}
	slices.SortFunc(own, x.compareNamed)
	return own
}

// compareNamed is the order of nodes by name.
func (x *NameIndex) compareNamed(a, b int32) int {
	return cmp.Or(cmp.Compare(x.FirstKey(a), x.FirstKey(b)), cmp.Compare(x.IRI(a), x.IRI(b)))
}

// filedInOrder are the nodes of the file, which has their order.
func (x *NameIndex) filedInOrder(ctx context.Context) ([]int32, error) {
	f := x.Base
	if f == nil {
		return nil, nil
	}
	nodes := make([]int32, 0, f.R.Ordered())
	for position := range f.R.Ordered() {
		if position%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		node := f.R.InOrder(position)
		f.R.ID(node) // so that damage is found here, where there is a way without the file
		if f.Has(node) {
			nodes = append(nodes, f.After+int32(node))
		}
	}
	return nodes, nil
}

// merged is one order of two. Of the file's nodes only those are read that stand near
// one in memory.
func (x *NameIndex) merged(own, filed []int32) []int32 {
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
func (x *NameIndex) choosing(is func(*Node) bool) func(int32) bool {
	if x.Base == nil {
		return func(i int32) bool { return is(&x.Nodes[i]) }
	}
	var filed [ASource + 1][]bool // by the number of the set of kinds
	for of := range filed {
		for _, set := range x.Base.Sets {
			filed[of] = append(filed[of], is(&Node{Rank: Rank(of), Kinds: set.Kinds}))
		}
	}
	return func(i int32) bool {
		if !x.Filed(i) {
			return is(&x.Nodes[i])
		}
		node := int(i - x.Base.After)
		return filed[x.Base.R.Rank(node)][x.Base.R.SetOf(node)]
	}
}
