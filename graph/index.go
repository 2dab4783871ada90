package graph

import (
	"cmp"
	"context"
	"slices"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/schema"
)

// rank is what a node is to those who look for an entity: the first are meant.
type rank uint8

const (
	anEntity rank = iota
	aSource
	aTerm // of an ontology
	aClaim
	aFigure // or a place in a text, or a decision: these are found by their IRIs alone
)

// namesOf has the index of a graph, which is read when it is first asked for, and
// each name once. Views of one state share it.
type namesOf struct {
	whole  cayley.QuadStore
	naming []quad.IRI // beside schema.Naming
	file   *lastFile

	mu     sync.Mutex
	index  *index
	part   *index              // of a graph on a server: see partly
	read   *index              // of all names, read from the graph: see readAll
	broken bool                // the file of names is damaged
	claims map[*index][]called // the sentences and notes of claims, once they are read
}

// by lists the relations that name things, the best first.
func (n *namesOf) by() []quad.IRI { return slices.Concat(schema.Naming, n.naming) }

// index is what the nodes of a graph are called and of what kind they are. It
// is not changed once it is read, but for the order, which is made when it is asked for.
type index struct {
	nodes []indexed
	names []called
	kinds map[quad.IRI]*kind
	at    map[quad.IRI]int32 // in nodes
	base  *namesFile         // has the names of all other nodes; nil if nodes has all
	part  *somePart          // reads more nodes when they are looked for; nil if nodes has all
	order nameOrder
}

// indexed is a node that can be found.
type indexed struct {
	iri   quad.IRI
	rank  rank
	kinds []*kind // by name
	first int32   // the name among its names that goes first
	facts int     // quads that say of what kind it is and what it is called
}

// called is something that a node is called.
type called struct {
	text, key string // as it is written, and its schema.FoldWords
	node      int32
	as        uint8  // in which way: a name goes before a description, this before an id
	literal   uint32 // of a namesFile's names the term of text, which is not read yet
}

const (
	asOther = 100 + iota // another name
	asDescription
	asID
)

// index is what the nodes of the graph are called, denied edges too: from the file
// of names beside the store, if that has them, or read from the graph.
func (v *View) index(ctx context.Context) (*index, error) {
	n := v.names
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.index != nil {
		return n.index, nil
	}
	var err error
	if !n.broken {
		n.index, err = n.fromFile(ctx)
	}
	if n.index == nil && err == nil {
		n.index, err = n.all(ctx)
	}
	return n.index, err
}

// readAll is an index with all names in memory, for what goes through them.
func (v *View) readAll(ctx context.Context) (*index, error) {
	v.names.mu.Lock()
	defer v.names.mu.Unlock()
	return v.names.all(ctx)
}

func (n *namesOf) all(ctx context.Context) (*index, error) {
	if n.index != nil && n.index.base == nil {
		return n.index, nil
	}
	var err error
	if n.read == nil {
		n.read, err = readIndex(ctx, NewView(n.whole, ""), n.by())
	}
	return n.read, err
}

// ReadNames reads the names of the graph now. FindAll, Find and the others do
// when they are first asked, within the time that they have.
func (v *View) ReadNames(ctx context.Context) error {
	_, err := v.index(ctx)
	return err
}

func newIndex() *index { return &index{kinds: map[quad.IRI]*kind{}, at: map[quad.IRI]int32{}} }

func readIndex(ctx context.Context, v *View, naming []quad.IRI) (*index, error) {
	x := newIndex()
	if err := x.readTypes(ctx, v, nil); err != nil {
		return nil, err
	}
	if err := x.readKinds(ctx, v); err != nil {
		return nil, err
	}
	x.sortKinds()
	if err := x.readAllNames(ctx, v, naming, nil); err != nil {
		return nil, err
	}
	if err := x.addNameless(ctx, v); err != nil {
		return nil, err
	}
	x.addIDs(0)
	return x, nil
}

// sortKinds puts the kinds of each node in order, each once.
func (x *index) sortKinds() {
	for i := range x.nodes {
		x.nodes[i].kinds = inOrder(x.nodes[i].kinds)
	}
}

// readAllNames reads what nodes, or one of them, are called.
func (x *index) readAllNames(ctx context.Context, v *View, naming []quad.IRI, of quad.Value) error {
	for i, predicate := range naming {
		if err := x.readNames(ctx, v, of, predicate, uint8(min(i, asOther-1))); err != nil {
			return err
		}
	}
	if err := x.readNames(ctx, v, of, schema.AltLabel, asOther); err != nil {
		return err
	}
	return x.readNames(ctx, v, of, schema.Description, asDescription)
}

// node is that of an IRI, made if it is not there.
func (x *index) node(iri quad.IRI) *indexed {
	i, known := x.at[iri]
	if !known {
		i = int32(len(x.nodes))
		x.at[iri] = i
		x.nodes = append(x.nodes, indexed{iri: iri, first: -1})
		if schema.OfOntology(iri) {
			x.nodes[i].rank = aTerm
		}
	}
	return &x.nodes[i]
}

// rankOf is what a thing is of a kind, by who says so.
func rankOf(kind quad.IRI, label quad.Value) rank {
	switch {
	case slices.Contains(schema.Parts, kind), slices.Contains(schema.DecisionClasses, kind):
		return aFigure
	case kind == schema.ClaimClass:
		return aClaim
	case slices.Contains(schema.Vocabulary, kind), label == schema.OntologyIRI:
		return aTerm
	case kind == schema.SourceClass:
		return aSource
	}
	return anEntity
}

// readTypes tells what each node with a kind is, or one of them; what has none is
// an entity.
func (x *index) readTypes(ctx context.Context, v *View, of quad.Value) error {
	return v.each(ctx, quad.Quad{Subject: of, Predicate: schema.Type}, func(q quad.Quad) {
		kind := iriOf(q.Object)
		if kind == "" || iriOf(q.Subject) == "" {
			return
		}
		n, is := x.node(iriOf(q.Subject)), rankOf(kind, q.Label)
		if is == aTerm {
			x.kind(n.iri)
		}
		n.rank = max(n.rank, is)
		n.kinds = append(n.kinds, x.kind(kind))
		n.facts++
	})
}

// readNames reads what a predicate calls nodes, or one of them.
func (x *index) readNames(ctx context.Context, v *View, of quad.Value, predicate quad.IRI, as uint8) error {
	return v.each(ctx, quad.Quad{Subject: of, Predicate: predicate}, func(q quad.Quad) {
		iri := iriOf(q.Subject)
		if iri == "" {
			return
		}
		n := x.node(iri)
		n.facts++
		x.call(n, Text(q.Object), as)
	})
}

// call notes a name of a node, unless it is one of those that have none.
func (x *index) call(n *indexed, text string, as uint8) {
	key := schema.FoldWords(text)
	if key == "" || n.rank == aFigure {
		return
	}
	i := int32(len(x.names))
	x.names = append(x.names, called{text: text, key: key, node: x.at[n.iri], as: as})
	if n.first < 0 || compareCalled(x.names[i], x.names[n.first]) < 0 {
		n.first = i
	}
}

// compareCalled puts first what a node is called best.
func compareCalled(a, b called) int {
	return cmp.Or(cmp.Compare(a.as, b.as), cmp.Compare(a.key, b.key), cmp.Compare(a.text, b.text))
}

// addIDs makes the ends of IRIs names, unless they say what the name says, from a node
// on.
func (x *index) addIDs(from int) {
	for i := from; i < len(x.nodes); i++ {
		n := &x.nodes[i]
		id := cmp.Or(LastPart(n.iri), string(n.iri))
		if n.first < 0 || x.names[n.first].key != schema.FoldWords(id) {
			x.call(n, id, asID)
		}
	}
}

// sentences are what claims say, and the notes on them; none of what is retracted.
// Those that the file of names has are not among them.
func (v *View) sentences(ctx context.Context, x *index) ([]called, error) {
	n := v.names
	n.mu.Lock()
	defer n.mu.Unlock()
	if claims, known := n.claims[x]; known && x.part == nil {
		return claims, nil
	}
	of := []quad.Value{nil}
	if x.partial() {
		of = nil
		for i := range x.nodes {
			if x.nodes[i].rank == aClaim {
				of = append(of, x.nodes[i].iri)
			}
		}
	}
	var claims []called
	for _, one := range of {
		for _, predicate := range []quad.IRI{schema.Comment, schema.Note} {
			err := NewView(n.whole, "").each(ctx, quad.Quad{Subject: one, Predicate: predicate}, func(q quad.Quad) {
				if i, known := x.at[iriOf(q.Subject)]; known && x.nodes[i].rank == aClaim && !v.leavesOut(iriOf(q.Subject)) {
					text := Text(q.Object)
					claims = append(claims, called{text: text, key: schema.FoldWords(text), node: i})
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	if n.claims == nil {
		n.claims = map[*index][]called{}
	}
	n.claims[x] = claims
	return claims, nil
}
