package graph

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// asText is a sentence of a claim or a note on it, in an index: it is looked for
// by those who want texts.
const asText = asID + 1

// namingRules tell by which predicates, and how, names are read into an index. The
// number is another one whenever schema.FoldWords, or what follows, gives
// something else.
var namingRules = sha256.Sum256(fmt.Appendf(nil, "1 %q", slices.Concat(schema.Naming, []quad.IRI{schema.AltLabel, schema.Description, schema.Comment, schema.Note})))

// building makes the index of a snapshot that index would read, without the
// nodes that have no names.
type building struct {
	ids    *store.IDs
	index  *names.Builder
	at     []int32 // by term: the node and one
	nodes  []built
	names  []builtName
	first  []int32 // by node: its first name in names, sorted
	words  []uint32
	values map[term.ID]quad.IRI // of kinds and labels
	kinds  map[term.ID]int      // see addKind
	sets   map[setAnd]int
}

type built struct {
	id    term.ID
	rank  rank
	set   int32
	facts int32
	edges int32
}

type builtName struct {
	node      int32
	literal   term.ID
	word, end uint32 // in words
	as        uint8
}

// setAnd is a set of kinds and one more.
type setAnd struct {
	set  int32
	kind term.ID
}

// buildNames makes the index of what a snapshot has.
func buildNames(ctx context.Context, ids *store.IDs) (*building, error) {
	b := &building{ids: ids, index: names.NewBuilder(), at: make([]int32, ids.Last()+1),
		values: map[term.ID]quad.IRI{}, kinds: map[term.ID]int{}, sets: map[setAnd]int{}}
	b.index.Sets = []names.Set{{}}
	if err := b.readTypes(ctx); err != nil {
		return nil, err
	}
	for i, predicate := range schema.Naming {
		if err := b.readNames(ctx, predicate, uint8(i)); err != nil {
			return nil, err
		}
	}
	for predicate, as := range map[quad.IRI]uint8{schema.AltLabel: asOther, schema.Description: asDescription, schema.Comment: asText, schema.Note: asText} {
		if err := b.readNames(ctx, predicate, as); err != nil {
			return nil, err
		}
	}
	if err := b.addIDs(); err != nil {
		return nil, err
	}
	b.index.Sort()
	b.sortNames()
	return b, b.count(ctx)
}

// each calls do with the quads of a predicate whose subjects are IRIs.
func (b *building) each(ctx context.Context, predicate quad.IRI, do func(q term.Quad) error) error {
	var p term.Pattern
	id, err := b.ids.Find(predicate)
	if err != nil || id == term.None {
		return err
	}
	p.Quad[term.Predicate] = id
	err = b.ids.Each(ctx, p, func(q term.Quad) {
		if err == nil {
			err = do(q)
		}
	})
	return err
}

// iri is a term as an IRI, empty if it is none; what is asked for often is kept.
func (b *building) iri(id term.ID) (quad.IRI, error) {
	iri, known := b.values[id]
	if known {
		return iri, nil
	}
	value, err := b.ids.Value(id)
	iri = iriOf(value)
	b.values[id] = iri
	return iri, err
}

// node is that of a term, made if it is not there; nil if it is no IRI.
func (b *building) node(id term.ID) (*built, error) {
	if at := b.at[id]; at > 0 {
		return &b.nodes[at-1], nil
	}
	value, err := b.ids.Value(id)
	iri := iriOf(value)
	if iri == "" || err != nil {
		return nil, err
	}
	n := built{id: id}
	if schema.OfOntology(iri) {
		n.rank = aTerm
	}
	b.nodes = append(b.nodes, n)
	b.at[id] = int32(len(b.nodes))
	return &b.nodes[len(b.nodes)-1], nil
}

func (b *building) readTypes(ctx context.Context) error {
	return b.each(ctx, schema.Type, func(q term.Quad) error {
		of, err := b.iri(q[term.Object])
		if err != nil || of == "" {
			return err
		}
		n, err := b.node(q[term.Subject])
		if n == nil || err != nil {
			return err
		}
		label, err := b.iri(q[term.Label])
		if err != nil {
			return err
		}
		is := rankOf(of, label)
		if is == aTerm {
			b.addKind(n.id)
		}
		n.rank = max(n.rank, is)
		n.set = b.with(n.set, q[term.Object])
		n.facts++
		return nil
	})
}

// addKind notes that a term is a kind.
func (b *building) addKind(id term.ID) {
	if _, known := b.kinds[id]; !known {
		b.kinds[id] = len(b.kinds)
		b.index.Kinds = append(b.index.Kinds, uint32(id))
	}
}

// with is the set that has a kind more.
func (b *building) with(set int32, kind term.ID) int32 {
	key := setAnd{set, kind}
	to, known := b.sets[key]
	if !known {
		b.addKind(kind)
		list := b.index.Sets[set].Kinds
		if at, has := slices.BinarySearch(list, uint32(kind)); has {
			to = int(set)
		} else {
			list = slices.Insert(slices.Clone(list), at, uint32(kind))
			to = slices.IndexFunc(b.index.Sets, func(s names.Set) bool { return slices.Equal(s.Kinds, list) })
			if to < 0 {
				to = len(b.index.Sets)
				b.index.Sets = append(b.index.Sets, names.Set{Kinds: list})
			}
		}
		b.sets[key] = to
	}
	return int32(to)
}

func (b *building) readNames(ctx context.Context, predicate quad.IRI, as uint8) error {
	return b.each(ctx, predicate, func(q term.Quad) error {
		if as == asText {
			if at := b.at[q[term.Subject]]; at == 0 || b.nodes[at-1].rank != aClaim {
				return nil
			}
		}
		n, err := b.node(q[term.Subject])
		if n == nil || err != nil {
			return err
		}
		if as != asText {
			n.facts++
		}
		value, err := b.ids.Value(q[term.Object])
		if err == nil {
			b.call(n, q[term.Object], Text(value), as)
		}
		return err
	})
}

// call notes a name, unless the node has none.
func (b *building) call(n *built, literal term.ID, text string, as uint8) {
	key := schema.FoldWords(text)
	if key == "" || n.rank == aFigure {
		return
	}
	from := len(b.words)
	b.words = b.index.Words(b.words, key)
	b.names = append(b.names, builtName{b.at[n.id] - 1, literal, uint32(from), uint32(len(b.words)), as})
}

// addIDs makes the ends of IRIs names.
func (b *building) addIDs() error {
	for i := range b.nodes {
		value, err := b.ids.Value(b.nodes[i].id)
		if err != nil {
			return err
		}
		iri := iriOf(value)
		b.call(&b.nodes[i], term.None, cmp.Or(LastPart(iri), string(iri)), asID)
	}
	return nil
}

func (b *building) key(n *builtName) []uint32 { return b.words[n.word:n.end] }

// sortNames puts the names of each node in the order of compareCalled, each once,
// without an id that says what the name says.
func (b *building) sortNames() {
	b.first = make([]int32, len(b.nodes)+1)
	for i := range b.names {
		b.first[b.names[i].node+1]++
	}
	for i := range b.nodes {
		b.first[i+1] += b.first[i]
	}
	list, at := make([]builtName, len(b.names)), slices.Clone(b.first)
	for _, name := range b.names {
		list[at[name.node]] = name
		at[name.node]++
	}
	for i := range b.nodes {
		slices.SortFunc(list[b.first[i]:b.first[i+1]], b.compareNames)
	}
	b.names = list
}

func (b *building) compareNames(x, y builtName) int {
	if d := cmp.Or(cmp.Compare(x.as, y.as), b.index.Compare(b.key(&x), b.key(&y))); d != 0 || x.literal == y.literal {
		return d
	}
	m, _ := b.ids.Value(x.literal)
	n, _ := b.ids.Value(y.literal)
	return cmp.Or(strings.Compare(Text(m), Text(n)), cmp.Compare(x.literal, y.literal))
}

// namesOf are the names of a node, the best first.
func (b *building) namesOf(i int32) (list []names.Name) {
	all := b.names[b.first[i]:b.first[i+1]]
	for at := range all {
		name := &all[at]
		again := at > 0 && all[at-1].as == name.as && all[at-1].literal == name.literal
		if again || name.as == asID && at > 0 && slices.Equal(b.key(&all[0]), b.key(name)) {
			continue
		}
		list = append(list, names.Name{Literal: uint32(name.literal), As: name.as, Words: b.key(name)})
	}
	return list
}
