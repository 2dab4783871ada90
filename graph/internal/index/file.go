package index

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
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// mostChanged is how many nodes may have changed since the snapshot, so that the
// file of names is used: each of them is read from the graph, which takes some
// microseconds.
const mostChanged = 200_000

// NamesFile has the names of the nodes of a snapshot, all but those that changed
// since or are hidden in part. Its nodes have the numbers after those of the index
// that it is part of.
type NamesFile struct {
	R       *names.Reader
	ids     *store.IDs
	Sets    []*Node // for each set of kinds a node of it
	changed map[uint32]bool
	After   int32 // nodes of the index
}

// FileEnd is the suffix of the file of names, after the store's name.
const FileEnd = ".names"

// LastFile is the file of names that was read last: a process that writes goes on
// with the snapshot it has when there is another one on the disk.
type LastFile struct {
	mu sync.Mutex
	r  *names.Reader
}

// of gives the file of the names of a snapshot, nil if there is none.
func (l *LastFile) of(path string, snapshot names.Snapshot) *names.Reader {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.r == nil || !l.r.Is(snapshot, namingRules) {
		r, err := names.Open(path + FileEnd)
		if err != nil || !r.Is(snapshot, namingRules) {
			return nil
		}
		l.r = r
	}
	return l.r
}

// fromFile returns the index of the file of names, with later changes; nil if there is no
// file for this snapshot, or if its results would differ from the graph's.
func (n *Names) fromFile(ctx context.Context) (x *NameIndex, err error) {
	qs, ok := n.Whole.(*store.QuadStore)
	if !ok || qs.Path() == "" {
		return nil, nil
	}
	ids, err := qs.IDs()
	if err != nil {
		return nil, err
	}
	snapshot, identity := ids.Snapshot()
	if snapshot == nil || ids.Nodes() <= MostNameless {
		return nil, nil
	}
	r := n.file.of(qs.Path(), identity)
	if r == nil {
		return nil, nil // the next writer makes a new one
	}
	quads := read.Of(n.Whole)
	for _, relation := range n.Naming {
		if has, err := quads.Has(relation); has || err != nil {
			return nil, err
		}
	}
	defer n.damaged(&x, &err)
	f := &NamesFile{R: r, ids: ids, changed: map[uint32]bool{}}
	ids.Differing(func(q term.Quad) bool {
		for _, position := range []int{term.Subject, term.Object, term.Label} {
			f.changed[uint32(q[position])] = true
		}
		return len(f.changed) <= mostChanged
	})
	if len(f.changed) > mostChanged {
		return nil, nil
	}
	return f.join(ctx, quads, n.By())
}

// damaged makes damage of the file of names no error: there is no index then.
func (n *Names) damaged(x **NameIndex, err *error) {
	if p := recover(); p != nil {
		if _, is := p.(*names.DamageError); !is {
			panic(p)
		}
		n.Broken, *x, *err = true, nil, nil
	}
}

// join reads the nodes that changed, and makes an index of both.
func (f *NamesFile) join(ctx context.Context, r *read.Quads, naming []quad.IRI) (*NameIndex, error) {
	x := newIndex()
	for _, id := range f.R.Kinds() {
		value, err := f.ids.Value(term.ID(id))
		if err != nil {
			return nil, err
		}
		x.kind(read.IRI(value))
	}
	var changed []quad.IRI
	for _, id := range slices.Sorted(maps.Keys(f.changed)) {
		value, err := f.ids.Value(term.ID(id))
		if err != nil {
			return nil, err
		}
		if iri := read.IRI(value); iri != "" {
			changed = append(changed, iri)
			if err := x.readTypes(ctx, r, iri); err != nil {
				return nil, err
			}
		}
	}
	if err := x.readKinds(ctx, r); err != nil {
		return nil, err
	}
	x.sortKinds()
	for _, iri := range changed {
		if err := x.readAllNames(ctx, r, naming, iri); err != nil {
			return nil, err
		}
	}
	x.addIDs(0)
	if same, err := f.readSets(x); !same || err != nil {
		return nil, err
	}
	f.After, x.Base = int32(len(x.Nodes)), f
	return x, nil
}

// readSets reads the sets of kinds; same reports whether the kind of events is still the
// same, on which the file's order depends.
func (f *NamesFile) readSets(x *NameIndex) (same bool, err error) {
	for _, set := range f.R.Sets() {
		n := &Node{}
		for _, id := range set.Kinds {
			value, err := f.ids.Value(term.ID(id))
			if err != nil {
				return false, err
			}
			n.Kinds = append(n.Kinds, x.kind(read.IRI(value)))
		}
		n.Kinds = inOrder(n.Kinds)
		if n.Happens() != set.Flag {
			return false, nil
		}
		f.Sets = append(f.Sets, n)
	}
	return true, nil
}

// Has reports whether the file has the names of a node, which did not change.
func (f *NamesFile) Has(node int) bool { return len(f.changed) == 0 || !f.changed[f.R.ID(node)] }

// KindsOf is a node with the kinds and the rank of one of the file, and nothing
// else.
func (f *NamesFile) KindsOf(node int) Node {
	return Node{Rank: Rank(f.R.Rank(node)), Kinds: f.Sets[f.R.SetOf(node)].Kinds}
}

// IRI is the node's; an IRI that cannot be read is damage of the store.
func (f *NamesFile) IRI(node int) quad.IRI {
	value, err := f.ids.Value(term.ID(f.R.ID(node)))
	if err != nil {
		panic(unread{err})
	}
	return read.IRI(value)
}

// unread is the panic of methods that have no error to return: see asking.
type unread struct{ error }

// Get is a node of the index.
func (x *NameIndex) Get(i int32) *Node {
	if !x.Filed(i) {
		return &x.Nodes[i]
	}
	node := int(i - x.Base.After)
	n := x.Base.KindsOf(node)
	n.IRI = x.Base.IRI(node)
	return &n
}

// Filed reports whether a node is one of the file of names.
func (x *NameIndex) Filed(i int32) bool { return x.Base != nil && i >= x.Base.After }

// IRI is that of a node.
func (x *NameIndex) IRI(i int32) quad.IRI {
	if x.Filed(i) {
		return x.Base.IRI(int(i - x.Base.After))
	}
	return x.Nodes[i].IRI
}

// OfRank ranges over the nodes of a rank.
func (x *NameIndex) OfRank(is Rank) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for i := range x.Nodes {
			if x.Nodes[i].Rank == is && !yield(int32(i)) {
				return
			}
		}
		if x.Base == nil {
			return
		}
		for node, to := x.Base.R.OfRank(uint8(is)); node < to; node++ {
			if x.Base.Has(node) && !yield(x.Base.After+int32(node)) {
				return
			}
		}
	}
}

// FirstKey is the key of the name of a node that goes first.
func (x *NameIndex) FirstKey(i int32) string {
	if !x.Filed(i) {
		if first := x.Nodes[i].First; first >= 0 {
			return x.Names[first].Key
		}
		return ""
	}
	list := x.Base.R.Names(int(i-x.Base.After), nil)
	return string(x.Base.R.AppendKey(nil, list[0].Words))
}

// TextOf returns the text that a hit shows for a matched name.
func (x *NameIndex) TextOf(c Name) string {
	switch {
	case c.Text != "" || !x.Filed(c.Node):
		return c.Text
	case c.Literal == 0:
		iri := x.Base.IRI(int(c.Node - x.Base.After))
		return cmp.Or(schema.IRI(iri).LastPart(), string(iri))
	}
	value, err := x.Base.ids.Value(term.ID(c.Literal))
	if err != nil {
		panic(unread{err})
	}
	return term.TextOf(value)
}

// CountKinds adds how many nodes of a rank each kind has.
func (x *NameIndex) CountKinds(is Rank, counts map[*KindEntry]int) {
	for i := range x.Nodes {
		if n := &x.Nodes[i]; n.Rank == is {
			for _, k := range n.Kinds {
				counts[k]++
			}
		}
	}
	f := x.Base
	if f == nil {
		return
	}
	bySet := make([]int, len(f.Sets))
	for node, to := f.R.OfRank(uint8(is)); node < to; node++ {
		if f.Has(node) {
			bySet[f.R.SetOf(node)]++
		}
	}
	for set, n := range bySet {
		if n == 0 {
			continue
		}
		for _, k := range f.Sets[set].Kinds {
			counts[k] += n
		}
	}
}

// Asking runs a query on an index; if it finds the file of names damaged, again without
// the file.
func (n *Names) Asking(ctx context.Context, ask func(*NameIndex) error) error {
	for {
		x, err := n.Get(ctx)
		if err != nil {
			return err
		}
		err = caught(func() error { return ask(x) })
		if !errors.As(err, new(*names.DamageError)) {
			return err
		}
		n.mu.Lock()
		n.Broken, n.index = true, nil
		n.mu.Unlock()
	}
}

// caught runs do, and returns what the index panics with as an error.
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
