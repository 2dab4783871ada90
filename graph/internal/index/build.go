package index

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// AsText is a sentence of a claim or a note on it, in an index: matched only by searches
// in texts.
const AsText = AsID + 1

// namingRules identify by which predicates, and how, names are read into an index. The
// number has to change whenever fold.Words, or the code below, gives another result.
var namingRules = sha256.Sum256(fmt.Appendf(nil, "1 %q", slices.Concat(schema.Naming, []quad.IRI{schema.AltLabel, schema.Description, schema.Comment, schema.Note})))

// mostNamesBytes is about the most memory that the making of a file of names may take: a
// larger one is not made.
const mostNamesBytes = 900 << 20

// building makes the index of a snapshot that index would read, without the
// nodes that have no names. It has flat slices of numbers, and no text of a node
// but for the moment: there are tens of millions.
type building struct {
	ids    *store.IDs
	dict   *names.Dict
	from   term.ID // the first IRI
	nodes  []built // of each IRI, in the order of their terms
	names  []builtName
	words  []uint32 // keys: how many words, and in which way it is a name, then the words
	values map[term.ID]quad.IRI
	kinds  []uint32
	known  map[term.ID]bool // of kinds
	sets   []names.KindSet
	with   map[setAnd]uint16

	text, key []byte // for the moment
	list      []uint32

	compared struct { // likewise: see compareNodes
		names []names.Name
		words []uint32
		x, y  []byte
	}
}

// built is a node, or an IRI that is none.
type built struct {
	edges int32
	first uint32 // of its names in building.names, and one
	id    uint32 // see idWord
	set   uint16
	rank  Rank
	is    bool
}

type builtName struct {
	next    uint32 // of the same node, and one
	literal term.ID
	key     uint32 // in words
}

// idWord is set if the key of an id has several words; otherwise the key is the number of
// one word plus one, and 0 is none.
const idWord = 1 << 31

// setAnd is a set of kinds and one more.
type setAnd struct {
	set  uint16
	kind term.ID
}

// buildNames reads the names of a snapshot. The words are not in order yet.
func buildNames(ctx context.Context, ids *store.IDs) (*building, error) {
	from, to := ids.IRIs("")
	b := &building{ids: ids, dict: names.NewDict(), from: from, words: []uint32{0}, sets: []names.KindSet{{}},
		values: map[term.ID]quad.IRI{}, known: map[term.ID]bool{}, with: map[setAnd]uint16{}}
	if err := b.make(int(to - from)); err != nil {
		return nil, err
	}
	if err := b.counting(ctx, b.readAll); err != nil {
		return nil, err
	}
	return b, b.countAllStated(ctx)
}

// readAll reads the kinds and the names of nodes.
func (b *building) readAll(ctx context.Context) error {
	if err := b.readTypes(ctx); err != nil {
		return err
	}
	for predicate, as := range b.naming() {
		if err := b.readNames(ctx, predicate, as); err != nil {
			return err
		}
	}
	return b.addIDs()
}

// naming are the predicates of names, and in which way each is one.
func (b *building) naming() iter.Seq2[quad.IRI, uint8] {
	return func(yield func(quad.IRI, uint8) bool) {
		for i, predicate := range schema.Naming {
			if !yield(predicate, uint8(i)) {
				return
			}
		}
		_ = yield(schema.AltLabel, AsOther) && yield(schema.Description, AsDescription) && yield(schema.Comment, AsText) && yield(schema.Note, AsText)
	}
}

// make makes the nodes, and room for the names, unless they would take too much.
func (b *building) make(nodes int) error {
	count := uint64(0)
	for predicate := range b.naming() {
		p, err := b.pattern(predicate)
		if err != nil {
			return err
		}
		if p.Quad[term.Predicate] != term.None {
			count += b.ids.Count(p)
		}
	}
	if 52*uint64(nodes)+28*count > mostNamesBytes {
		return names.ErrTooMany
	}
	b.nodes, b.names = make([]built, nodes), make([]builtName, 0, count)
	own, end := b.ids.IRIs(string(schema.OntologyIRI) + "#")
	for id := own; id < end; id++ {
		b.nodes[id-b.from].rank = ATerm
	}
	id, err := b.ids.Find(schema.OntologyIRI)
	if n := b.node(id); n != nil {
		n.rank = ATerm
	}
	return err
}

func (b *building) pattern(predicate quad.IRI) (p term.Pattern, err error) {
	p.Quad[term.Predicate], err = b.ids.Find(predicate)
	return p, err
}

// each calls do with the quads of a predicate, by object.
func (b *building) each(ctx context.Context, predicate quad.IRI, do func(q term.Quad) error) error {
	p, err := b.pattern(predicate)
	if err != nil || p.Quad[term.Predicate] == term.None {
		return err
	}
	each := b.ids.Each(ctx, p, func(q term.Quad) {
		if err == nil {
			err = do(q)
		}
	})
	return errors.Join(err, each)
}

// iri returns a term as an IRI, empty if it is none; it is cached.
func (b *building) iri(id term.ID) (quad.IRI, error) {
	iri, known := b.values[id]
	if known {
		return iri, nil
	}
	value, err := b.ids.Value(id)
	iri = read.IRI(value)
	b.values[id] = iri
	return iri, err
}

// node is that of a term, nil if it is no IRI.
func (b *building) node(id term.ID) *built {
	if id < b.from || int(id-b.from) >= len(b.nodes) {
		return nil
	}
	return &b.nodes[id-b.from]
}

func (b *building) readTypes(ctx context.Context) error {
	ontology, err := b.ids.Find(schema.OntologyIRI)
	if err != nil {
		return err
	}
	var last term.ID // a kind is read once
	var of quad.IRI
	return b.each(ctx, schema.Type, func(q term.Quad) (err error) {
		if q[term.Object] != last {
			last = q[term.Object]
			of, err = b.iri(last)
		}
		n := b.node(q[term.Subject])
		if n == nil || of == "" || err != nil {
			return err
		}
		var label quad.Value
		if q[term.Label] == ontology && ontology != term.None {
			label = schema.OntologyIRI
		}
		is := rankOf(of, label)
		if is == ATerm {
			b.addKind(q[term.Subject])
		}
		n.is, n.rank = true, max(n.rank, is)
		n.edges--
		n.set, err = b.join(n.set, last)
		return err
	})
}

// addKind notes that a term is a kind.
func (b *building) addKind(id term.ID) {
	if !b.known[id] {
		b.known[id] = true
		b.kinds = append(b.kinds, uint32(id))
	}
}

// join is the set that has a kind more.
func (b *building) join(set uint16, kind term.ID) (uint16, error) {
	key := setAnd{set, kind}
	to, known := b.with[key]
	if known {
		return to, nil
	}
	b.addKind(kind)
	list := b.sets[set].Kinds
	if at, has := slices.BinarySearch(list, uint32(kind)); has {
		to = set
	} else {
		list = slices.Insert(slices.Clone(list), at, uint32(kind))
		found := slices.IndexFunc(b.sets, func(s names.KindSet) bool { return slices.Equal(s.Kinds, list) })
		if found < 0 {
			found = len(b.sets)
			b.sets = append(b.sets, names.KindSet{Kinds: list})
		}
		if found > math.MaxUint16 {
			return 0, names.ErrTooMany
		}
		to = uint16(found)
	}
	b.with[key] = to
	return to, nil
}
