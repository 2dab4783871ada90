package graph

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
)

// mostChanged is how many nodes may have changed since the snapshot, so that the
// file of names is used: each of them is read from the graph, which takes some
// microseconds.
const mostChanged = 200_000

// namesFile has the names of the nodes of a snapshot, all but those that changed
// since or are hidden in part. Its nodes have the numbers after those of the index
// that it is part of.
type namesFile struct {
	r       *names.Reader
	ids     *store.IDs
	sets    []*indexed // for each set of kinds a node that has it
	changed map[uint32]bool
	after   int32 // nodes of the index
}

// namesEnd is what the name of the file of names ends with, after the store's.
const namesEnd = ".names"

// lastFile is the file of names that was read last: a process that writes goes on
// with the snapshot it has when there is another one on the disk.
type lastFile struct {
	mu sync.Mutex
	r  *names.Reader
}

// of gives the file of the names of a snapshot, nil if there is none.
func (l *lastFile) of(path string, snapshot names.Snapshot) *names.Reader {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.r == nil || !l.r.Is(snapshot, namingRules) {
		r, err := names.Open(path + namesEnd)
		if err != nil || !r.Is(snapshot, namingRules) {
			return nil
		}
		l.r = r
	}
	return l.r
}

// fromFile is the index that the file of names has, with what changed since; nil
// if there is none of this snapshot, or if it would not give what the graph does.
func (n *namesOf) fromFile(ctx context.Context) (x *index, err error) {
	qs, ok := n.whole.(*store.QuadStore)
	if !ok || qs.Path() == "" {
		return nil, nil
	}
	ids, err := qs.IDs()
	if err != nil {
		return nil, err
	}
	snapshot, identity := ids.Snapshot()
	if snapshot == nil || ids.Nodes() <= mostNameless {
		return nil, nil
	}
	r := n.file.of(qs.Path(), identity)
	if r == nil {
		return nil, nil // the next writer makes it anew
	}
	v := NewView(n.whole, "")
	for _, relation := range n.naming {
		if has, err := v.has(relation); has || err != nil {
			return nil, err
		}
	}
	defer n.damaged(&x, &err)
	f := &namesFile{r: r, ids: ids, changed: map[uint32]bool{}}
	ids.Differing(func(q term.Quad) bool {
		for _, position := range []int{term.Subject, term.Object, term.Label} {
			f.changed[uint32(q[position])] = true
		}
		return len(f.changed) <= mostChanged
	})
	if len(f.changed) > mostChanged {
		return nil, nil
	}
	return f.join(ctx, v, n.by())
}

// damaged makes damage of the file of names no error: there is no index then.
func (n *namesOf) damaged(x **index, err *error) {
	if p := recover(); p != nil {
		if _, is := p.(*names.DamageError); !is {
			panic(p)
		}
		n.broken, *x, *err = true, nil, nil
	}
}

// join reads the nodes that changed, and makes an index of both.
func (f *namesFile) join(ctx context.Context, v *View, naming []quad.IRI) (*index, error) {
	x := newIndex()
	for _, id := range f.r.Kinds() {
		value, err := f.ids.Value(term.ID(id))
		if err != nil {
			return nil, err
		}
		x.kind(iriOf(value))
	}
	var changed []quad.IRI
	for _, id := range slices.Sorted(maps.Keys(f.changed)) {
		value, err := f.ids.Value(term.ID(id))
		if err != nil {
			return nil, err
		}
		if iri := iriOf(value); iri != "" {
			changed = append(changed, iri)
			if err := x.readTypes(ctx, v, iri); err != nil {
				return nil, err
			}
		}
	}
	if err := x.readKinds(ctx, v); err != nil {
		return nil, err
	}
	x.sortKinds()
	for _, iri := range changed {
		if err := x.readAllNames(ctx, v, naming, iri); err != nil {
			return nil, err
		}
	}
	x.addIDs(0)
	if same, err := f.readSets(x); !same || err != nil {
		return nil, err
	}
	f.after, x.base = int32(len(x.nodes)), f
	return x, nil
}

// readSets reads the sets of kinds; same reports whether what happens is still
// the same, by which the file is in order.
func (f *namesFile) readSets(x *index) (same bool, err error) {
	for _, set := range f.r.Sets() {
		n := &indexed{}
		for _, id := range set.Kinds {
			value, err := f.ids.Value(term.ID(id))
			if err != nil {
				return false, err
			}
			n.kinds = append(n.kinds, x.kind(iriOf(value)))
		}
		n.kinds = inOrder(n.kinds)
		if n.happens() != set.Flag {
			return false, nil
		}
		f.sets = append(f.sets, n)
	}
	return true, nil
}

// has reports whether the file has the names of a node, which did not change.
func (f *namesFile) has(node int) bool { return len(f.changed) == 0 || !f.changed[f.r.ID(node)] }

// kindsOf is a node with the kinds and the rank of one of the file, and nothing
// else.
func (f *namesFile) kindsOf(node int) indexed {
	return indexed{rank: rank(f.r.Rank(node)), kinds: f.sets[f.r.SetOf(node)].kinds}
}

// iri is the node's; an IRI that cannot be read is damage of the store.
func (f *namesFile) iri(node int) quad.IRI {
	value, err := f.ids.Value(term.ID(f.r.ID(node)))
	if err != nil {
		panic(unread{err})
	}
	return iriOf(value)
}

// unread is what methods panic with that have no error to return: see asking.
type unread struct{ error }

// get is a node of the index.
func (x *index) get(i int32) *indexed {
	if !x.filed(i) {
		return &x.nodes[i]
	}
	node := int(i - x.base.after)
	n := x.base.kindsOf(node)
	n.iri = x.base.iri(node)
	return &n
}

// filed reports whether a node is one of the file of names.
func (x *index) filed(i int32) bool { return x.base != nil && i >= x.base.after }

// iri is that of a node.
func (x *index) iri(i int32) quad.IRI {
	if x.filed(i) {
		return x.base.iri(int(i - x.base.after))
	}
	return x.nodes[i].iri
}

// ofRank ranges over the nodes of a rank.
func (x *index) ofRank(is rank) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for i := range x.nodes {
			if x.nodes[i].rank == is && !yield(int32(i)) {
				return
			}
		}
		if x.base == nil {
			return
		}
		for node, to := x.base.r.OfRank(uint8(is)); node < to; node++ {
			if x.base.has(node) && !yield(x.base.after+int32(node)) {
				return
			}
		}
	}
}

// firstKey is the key of the name of a node that goes first.
func (x *index) firstKey(i int32) string {
	if !x.filed(i) {
		if first := x.nodes[i].first; first >= 0 {
			return x.names[first].key
		}
		return ""
	}
	list := x.base.r.Names(int(i-x.base.after), nil)
	return string(x.base.r.AppendKey(nil, list[0].Words))
}

// textOf is what a hit shows of what was matched.
func (x *index) textOf(c called) string {
	switch {
	case c.text != "" || !x.filed(c.node):
		return c.text
	case c.literal == 0:
		iri := x.base.iri(int(c.node - x.base.after))
		return cmp.Or(LastPart(iri), string(iri))
	}
	value, err := x.base.ids.Value(term.ID(c.literal))
	if err != nil {
		panic(unread{err})
	}
	return Text(value)
}

// countKinds adds how many nodes of a rank each kind has.
func (f *namesFile) countKinds(is rank, counts map[*kind]int) {
	bySet := make([]int, len(f.sets))
	for node, to := f.r.OfRank(uint8(is)); node < to; node++ {
		if f.has(node) {
			bySet[f.r.SetOf(node)]++
		}
	}
	for set, n := range bySet {
		if n == 0 {
			continue
		}
		for _, k := range f.sets[set].kinds {
			counts[k] += n
		}
	}
}

// asking runs what asks an index; if that finds the file of names damaged, again
// without it.
func (v *View) asking(ctx context.Context, ask func(*index) error) error {
	for {
		x, err := v.index(ctx)
		if err != nil {
			return err
		}
		err = caught(func() error { return ask(x) })
		if !errors.As(err, new(*names.DamageError)) {
			return err
		}
		v.names.mu.Lock()
		v.names.broken, v.names.index = true, nil
		v.names.mu.Unlock()
	}
}

// caught runs something, and makes an error of what the index panics with.
func caught(do func() error) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case unread:
			err = p.error
		case *names.DamageError:
			err = p
		default:
			panic(p)
		}
	}()
	return do()
}
