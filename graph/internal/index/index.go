// Package index holds the names and kinds of a graph's nodes: read from the graph, from
// the file of names beside its store (see package names), or, for a graph on a server,
// node by node as they are searched. It rates how well words match a name, and maintains
// the order of names.
package index

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/internal/fold"
	"kg/schema"
)

// Rank is the class of a node in searches for an entity: the first ranks are meant.
type Rank uint8

const (
	AnEntity Rank = iota
	ASource
	ATerm // of an ontology
	AClaim
	AFigure // or a locator, or a decision: found by their IRIs alone
)

// Names has the index of a graph, which is read when it is first asked for, and
// each name once. Views of one state share it.
type Names struct {
	Whole   cayley.QuadStore
	Naming  []quad.IRI // in addition to schema.Naming
	file    *LastFile
	Foreign func() read.Foreign

	mu     sync.Mutex
	index  *NameIndex
	part   *NameIndex            // of a graph on a server: see partly
	Read   *NameIndex            // of all names, read from the graph: see readAll
	Broken bool                  // the file of names is damaged
	claims map[*NameIndex][]Name // the sentences and notes of claims, once they are read
}

// New returns the names of a store, which shows denied edges, too.
func New(whole cayley.QuadStore, naming []quad.IRI, file *LastFile, foreign func() read.Foreign) *Names {
	return &Names{Whole: whole, Naming: naming, file: file, Foreign: foreign}
}

// NameBy sets the relations that name entities in addition to schema.Naming.
func (n *Names) NameBy(relations []quad.IRI) { n.Naming = relations }

// By lists the relations that name entities, the best first.
func (n *Names) By() []quad.IRI { return slices.Concat(schema.Naming, n.Naming) }

// NameIndex holds the names and kinds of a graph's nodes. It does not change once it is
// read, except for the order, which is made on first use.
type NameIndex struct {
	Nodes []Node
	Names []Name
	Kinds map[quad.IRI]*KindEntry
	At    map[quad.IRI]int32 // in nodes
	Base  *NamesFile         // has the names of all other nodes; nil if nodes has all
	Part  *somePart          // reads more nodes on demand; nil if nodes has all
	order nameOrder
}

// Node is a node that can be found.
type Node struct {
	IRI   quad.IRI
	Rank  Rank
	Kinds []*KindEntry // by name
	First int32        // the name among its names that goes first
	Facts int          // quads that state its kinds and names
}

// Name is something that a node is called.
type Name struct {
	Text, Key string // as it is written, and its fold.Words
	Node      int32
	As        uint8  // in which way: a name goes before a description, this before an id
	Literal   uint32 // of a namesFile's names the term of text, which is not read yet
}

const (
	AsOther = 100 + iota // another name
	AsDescription
	AsID
)

// Get returns the index of the graph, denied edges included: from the file of names
// beside the store, if that is current, or read from the graph.
func (n *Names) Get(ctx context.Context) (*NameIndex, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.index != nil {
		return n.index, nil
	}
	var err error
	if !n.Broken {
		n.index, err = n.fromFile(ctx)
	}
	if n.index == nil && err == nil {
		n.index, err = n.all(ctx)
	}
	return n.index, err
}

// ReadAll returns an index with all names in memory, for iterating over them.
func (n *Names) ReadAll(ctx context.Context) (*NameIndex, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.all(ctx)
}

func (n *Names) all(ctx context.Context) (*NameIndex, error) {
	if n.index != nil && n.index.Base == nil {
		return n.index, nil
	}
	var err error
	if n.Read == nil {
		n.Read, err = readIndex(ctx, read.Of(n.Whole), n.By(), n.Foreign())
	}
	return n.Read, err
}

func newIndex() *NameIndex {
	return &NameIndex{Kinds: map[quad.IRI]*KindEntry{}, At: map[quad.IRI]int32{}}
}

func readIndex(ctx context.Context, r *read.Quads, naming []quad.IRI, foreign read.Foreign) (*NameIndex, error) {
	x := newIndex()
	if err := x.readTypes(ctx, r, nil); err != nil {
		return nil, err
	}
	if err := x.readKinds(ctx, r); err != nil {
		return nil, err
	}
	x.sortKinds()
	if err := x.readAllNames(ctx, r, naming, nil); err != nil {
		return nil, err
	}
	if err := x.addNameless(ctx, r, foreign); err != nil {
		return nil, err
	}
	x.addIDs(0)
	return x, nil
}

// sortKinds puts the kinds of each node in order, each once.
func (x *NameIndex) sortKinds() {
	for i := range x.Nodes {
		x.Nodes[i].Kinds = inOrder(x.Nodes[i].Kinds)
	}
}

// readAllNames reads the names of all nodes, or of one.
func (x *NameIndex) readAllNames(ctx context.Context, r *read.Quads, naming []quad.IRI, of quad.Value) error {
	for i, predicate := range naming {
		if err := x.readNames(ctx, r, of, predicate, uint8(min(i, AsOther-1))); err != nil {
			return err
		}
	}
	if err := x.readNames(ctx, r, of, schema.AltLabel, AsOther); err != nil {
		return err
	}
	return x.readNames(ctx, r, of, schema.Description, AsDescription)
}

// node is that of an IRI, made if it is not there.
func (x *NameIndex) node(iri quad.IRI) *Node {
	i, known := x.At[iri]
	if !known {
		i = int32(len(x.Nodes))
		x.At[iri] = i
		x.Nodes = append(x.Nodes, Node{IRI: iri, First: -1})
		if schema.IRI(iri).OfOntology() {
			x.Nodes[i].Rank = ATerm
		}
	}
	return &x.Nodes[i]
}

// rankOf returns the rank of a node of a kind, by the label that states it.
func rankOf(kind quad.IRI, label quad.Value) Rank {
	switch {
	case slices.Contains(schema.Parts, kind), slices.Contains(schema.DecisionClasses, kind):
		return AFigure
	case kind == schema.ClaimClass:
		return AClaim
	case slices.Contains(schema.Vocabulary, kind), label == schema.OntologyIRI:
		return ATerm
	case kind == schema.SourceClass:
		return ASource
	}
	return AnEntity
}

// readTypes reads the kinds of all nodes, or of one; a node without a kind is an entity.
func (x *NameIndex) readTypes(ctx context.Context, r *read.Quads, of quad.Value) error {
	return r.Do(ctx, quad.Quad{Subject: of, Predicate: schema.Type}, func(q quad.Quad) {
		kind := read.IRI(q.Object)
		if kind == "" || read.IRI(q.Subject) == "" {
			return
		}
		n, is := x.node(read.IRI(q.Subject)), rankOf(kind, q.Label)
		if is == ATerm {
			x.kind(n.IRI)
		}
		n.Rank = max(n.Rank, is)
		n.Kinds = append(n.Kinds, x.kind(kind))
		n.Facts++
	})
}

// readNames reads the names that a predicate gives all nodes, or one.
func (x *NameIndex) readNames(ctx context.Context, r *read.Quads, of quad.Value, predicate quad.IRI, as uint8) error {
	return r.Do(ctx, quad.Quad{Subject: of, Predicate: predicate}, func(q quad.Quad) {
		iri := read.IRI(q.Subject)
		if iri == "" {
			return
		}
		n := x.node(iri)
		n.Facts++
		x.call(n, term.TextOf(q.Object), as)
	})
}

// call notes a name of a node, unless it is one of those that have none.
func (x *NameIndex) call(n *Node, text string, as uint8) {
	key := fold.Words(text)
	if key == "" || n.Rank == AFigure {
		return
	}
	i := int32(len(x.Names))
	x.Names = append(x.Names, Name{Text: text, Key: key, Node: x.At[n.IRI], As: as})
	if n.First < 0 || CompareCalled(x.Names[i], x.Names[n.First]) < 0 {
		n.First = i
	}
}

// CompareCalled orders the names of a node, the best first.
func CompareCalled(a, b Name) int {
	return cmp.Or(cmp.Compare(a.As, b.As), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Text, b.Text))
}

// addIDs makes the ends of IRIs names, unless they repeat the name, from a node on.
func (x *NameIndex) addIDs(from int) {
	for i := from; i < len(x.Nodes); i++ {
		n := &x.Nodes[i]
		id := cmp.Or(schema.IRI(n.IRI).LastPart(), string(n.IRI))
		if n.First < 0 || x.Names[n.First].Key != fold.Words(id) {
			x.call(n, id, AsID)
		}
	}
}

// Sentences returns the texts of claims, and the notes on them; none of those left out.
// Those in the file of names are not among them.
func (n *Names) Sentences(ctx context.Context, x *NameIndex, leavesOut func(claim quad.IRI) bool) ([]Name, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if claims, known := n.claims[x]; known && x.Part == nil {
		return claims, nil
	}
	of := []quad.Value{nil}
	if x.Partial() {
		of = nil
		for i := range x.Nodes {
			if x.Nodes[i].Rank == AClaim {
				of = append(of, x.Nodes[i].IRI)
			}
		}
	}
	var claims []Name
	for _, one := range of {
		for _, predicate := range []quad.IRI{schema.Comment, schema.Note} {
			err := read.Of(n.Whole).Do(ctx, quad.Quad{Subject: one, Predicate: predicate}, func(q quad.Quad) {
				if i, known := x.At[read.IRI(q.Subject)]; known && x.Nodes[i].Rank == AClaim && !leavesOut(read.IRI(q.Subject)) {
					text := term.TextOf(q.Object)
					claims = append(claims, Name{Text: text, Key: fold.Words(text), Node: i})
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	if n.claims == nil {
		n.claims = map[*NameIndex][]Name{}
	}
	n.claims[x] = claims
	return claims, nil
}

// Alone is a node with its kinds and facts, of an IRI that may have neither.
func (n *Names) Alone(ctx context.Context, x *NameIndex, iri quad.IRI) (*Node, error) {
	if i, is := x.At[iri]; is {
		return &x.Nodes[i], nil
	}
	if !x.Partial() {
		return &Node{IRI: iri}, nil
	}
	one := newIndex()
	one.Kinds = maps.Clone(x.Kinds) // others read it
	whole := read.Of(n.Whole)
	if err := one.readTypes(ctx, whole, iri); err != nil {
		return nil, err
	}
	one.sortKinds()
	if err := one.readAllNames(ctx, whole, n.By(), iri); err != nil {
		return nil, err
	}
	if len(one.Nodes) == 0 {
		return &Node{IRI: iri}, nil
	}
	return &one.Nodes[0], nil
}
