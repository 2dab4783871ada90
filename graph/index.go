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

// names has the index of a graph, which is read when it is first asked for, and
// each name once. Views of one state share it.
type names struct {
	whole  cayley.QuadStore
	naming []quad.IRI // beside schema.Naming

	mu     sync.Mutex
	index  *index
	claims []called // the sentences and notes of claims; nil before they are read
}

// by lists the relations that name things, the best first.
func (n *names) by() []quad.IRI { return slices.Concat(schema.Naming, n.naming) }

// index is what the nodes of a graph are called and of what kind they are. It
// is not changed once it is read.
type index struct {
	nodes []indexed
	names []called
	kinds map[quad.IRI]*kind
	at    map[quad.IRI]int32 // in nodes
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
	as        uint8 // in which way: a name goes before a description, this before an id
}

const (
	asOther = 100 + iota // another name
	asDescription
	asID
)

// index reads the names of the graph, denied edges too.
func (v *View) index(ctx context.Context) (*index, error) {
	n := v.names
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.index != nil {
		return n.index, nil
	}
	x, err := readIndex(ctx, NewView(n.whole, ""), n.by())
	if err != nil {
		return nil, err
	}
	n.index = x
	return x, nil
}

// ReadNames reads the names of the graph now. FindAll, Find and the others do
// when they are first asked, within the time that they have.
func (v *View) ReadNames(ctx context.Context) error {
	_, err := v.index(ctx)
	return err
}

func readIndex(ctx context.Context, v *View, naming []quad.IRI) (*index, error) {
	x := &index{kinds: map[quad.IRI]*kind{}, at: map[quad.IRI]int32{}}
	if err := x.readTypes(ctx, v); err != nil {
		return nil, err
	}
	if err := x.readKinds(ctx, v); err != nil {
		return nil, err
	}
	for i := range x.nodes {
		slices.SortFunc(x.nodes[i].kinds, compareKinds)
		x.nodes[i].kinds = slices.Compact(x.nodes[i].kinds)
	}
	for i, predicate := range naming {
		if err := x.readNames(ctx, v, predicate, uint8(min(i, asOther-1))); err != nil {
			return nil, err
		}
	}
	if err := x.readNames(ctx, v, schema.AltLabel, asOther); err != nil {
		return nil, err
	}
	if err := x.readNames(ctx, v, schema.Description, asDescription); err != nil {
		return nil, err
	}
	if err := x.addNameless(ctx, v); err != nil {
		return nil, err
	}
	x.addIDs()
	return x, nil
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

// readTypes tells what each node with a kind is; what has none is an entity.
func (x *index) readTypes(ctx context.Context, v *View) error {
	return v.each(ctx, quad.Quad{Predicate: schema.Type}, func(q quad.Quad) {
		of := iriOf(q.Object)
		if of == "" || iriOf(q.Subject) == "" {
			return
		}
		n, is := x.node(iriOf(q.Subject)), anEntity
		switch {
		case slices.Contains(schema.Parts, of), slices.Contains(schema.DecisionClasses, of):
			is = aFigure
		case of == schema.ClaimClass:
			is = aClaim
		case slices.Contains(schema.Vocabulary, of), q.Label == schema.OntologyIRI:
			is = aTerm
			x.kind(n.iri)
		case of == schema.SourceClass:
			is = aSource
		}
		n.rank = max(n.rank, is)
		n.kinds = append(n.kinds, x.kind(of))
		n.facts++
	})
}

// readNames reads what a predicate calls nodes.
func (x *index) readNames(ctx context.Context, v *View, predicate quad.IRI, as uint8) error {
	return v.each(ctx, quad.Quad{Predicate: predicate}, func(q quad.Quad) {
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
	x.names = append(x.names, called{text, key, x.at[n.iri], as})
	if n.first < 0 || compareCalled(x.names[i], x.names[n.first]) < 0 {
		n.first = i
	}
}

// compareCalled puts first what a node is called best.
func compareCalled(a, b called) int {
	return cmp.Or(cmp.Compare(a.as, b.as), cmp.Compare(a.key, b.key), cmp.Compare(a.text, b.text))
}

// addIDs makes the ends of IRIs names, unless they say what the name says.
func (x *index) addIDs() {
	for i := range x.nodes {
		n := &x.nodes[i]
		id := cmp.Or(LastPart(n.iri), string(n.iri))
		if n.first < 0 || x.names[n.first].key != schema.FoldWords(id) {
			x.call(n, id, asID)
		}
	}
}

// sentences are what claims say, and the notes on them; none of what is retracted.
func (v *View) sentences(ctx context.Context, x *index) ([]called, error) {
	n := v.names
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.claims != nil {
		return n.claims, nil
	}
	claims := []called{}
	for _, predicate := range []quad.IRI{schema.Comment, schema.Note} {
		err := NewView(n.whole, "").each(ctx, quad.Quad{Predicate: predicate}, func(q quad.Quad) {
			if i, known := x.at[iriOf(q.Subject)]; known && x.nodes[i].rank == aClaim && !v.leavesOut(iriOf(q.Subject)) {
				text := Text(q.Object)
				claims = append(claims, called{text: text, key: schema.FoldWords(text), node: i})
			}
		})
		if err != nil {
			return nil, err
		}
	}
	n.claims = claims
	return claims, nil
}
