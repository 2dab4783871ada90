package graph

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/store"
	"kg/schema"
)

// mostPart is how many nodes are read one by one that words may find. Where there are
// more, all names are read.
const mostPart = 20_000

// errMany ends a search for words that find more.
var errMany = errors.New("too many nodes are called so to read them one by one")

// somePart reads into an index the nodes that words may find, from a graph on a server.
type somePart struct {
	v     *View
	from  store.Source
	count map[quad.IRI]int64 // how many quads say that something is of a kind
	seen  map[quad.IRI]bool
}

// partial reports whether the nodes of the index itself are not all.
func (x *index) partial() bool { return x.base != nil || x.part != nil }

// partly is an index that reads what is looked for, nil where all names are at hand:
// in a file, or in memory.
func (n *namesOf) partly(ctx context.Context) (*index, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	qs, ok := n.whole.(*store.QuadStore)
	if !ok || qs.Source() == nil || n.index != nil || n.read != nil {
		return nil, nil
	}
	if n.part != nil {
		return n.part, nil
	}
	v := NewView(n.whole, "")
	for _, relation := range n.naming {
		if has, err := v.has(relation); has || err != nil {
			return nil, err
		}
	}
	kinds, ok, err := qs.Source().Kinds()
	if !ok || err != nil {
		return nil, err
	}
	x := newIndex()
	v.names.naming = n.naming
	x.part = &somePart{v: v, from: qs.Source(), count: map[quad.IRI]int64{}, seen: map[quad.IRI]bool{}}
	for _, k := range kinds {
		x.kind(k.IRI)
		x.part.count[k.IRI] = k.Count
	}
	if err := x.readKinds(ctx, v); err != nil {
		return nil, err
	}
	if x.part.from.Missing() { // what words name kinds is not known yet
		return nil, ErrAgain
	}
	n.part = x
	return x, nil
}

// askingWords is asking for what looks for words: of a graph on a server it reads the
// nodes alone that the words may find.
func (v *View) askingWords(ctx context.Context, ask func(*index) error) error {
	x, err := v.names.partly(ctx)
	if err != nil {
		return err
	}
	if x != nil {
		if err := ask(x); !errors.Is(err, errMany) {
			return err
		}
	}
	return v.asking(ctx, ask)
}

// add reads the nodes that the words may find. All words that name no kind must be in
// one name of a node; where each names one, a node has one of these or a name.
func (p *somePart) add(ctx context.Context, x *index, w *words) error {
	var wanted []string
	var kinds []quad.IRI
	least := int64(math.MaxInt64)
	for i, word := range w.list {
		named, count := p.kindsNamed(x, w, i)
		switch {
		case len(named) > 0 && count < least:
			wanted, kinds, least = []string{word}, named, count
		case len(named) == 0 && least >= 0:
			wanted, kinds, least = []string{word}, nil, -1
		case len(named) == 0:
			wanted = append(wanted, word)
		}
	}
	if least > mostPart {
		return errMany
	}
	var list []quad.IRI
	for _, kind := range kinds {
		err := p.v.each(ctx, quad.Quad{Predicate: schema.Type, Object: kind}, func(q quad.Quad) { list = append(list, iriOf(q.Subject)) })
		if err != nil {
			return err
		}
	}
	return p.called(ctx, x, w, wanted, list)
}

// kindsNamed are the kinds that word i names, with those below them, and how many
// things they have.
func (p *somePart) kindsNamed(x *index, w *words, i int) (list []quad.IRI, count int64) {
	for iri, k := range x.kinds {
		if n := p.count[iri]; n > 0 && w.ofKind([]*kind{k}, i).fit < noFit {
			list, count = append(list, iri), count+n
		}
	}
	slices.Sort(list)
	return list, count
}

// called reads nodes, and those that have all of some words in a name.
func (p *somePart) called(ctx context.Context, x *index, w *words, wanted []string, list []quad.IRI) error {
	var all names.Wanted
	for _, word := range wanted {
		ways := []names.AllOf{names.Part(word)}
		if w.slips && utf8.RuneCountInString(word) >= fewestLetters {
			ways = append(ways, names.Slips(word)...)
		}
		all = append(all, ways)
	}
	keep := func(name string) bool {
		return name != "" && !slices.ContainsFunc(wanted, func(word string) bool { return w.word(name, word) == noFit })
	}
	found, ok, err := p.from.Named(all, keep, mostPart)
	if err != nil {
		return err
	}
	if !ok {
		return errMany
	}
	return p.read(ctx, x, append(list, found...))
}

// read reads the names and kinds of nodes.
func (p *somePart) read(ctx context.Context, x *index, list []quad.IRI) error {
	from, kinds := len(x.nodes), len(x.kinds)
	list = slices.DeleteFunc(list, func(iri quad.IRI) bool {
		seen := p.seen[iri]
		p.seen[iri] = true
		return seen || iri == ""
	})
	for _, iri := range list {
		if err := x.readTypes(ctx, p.v, iri); err != nil {
			return err
		}
	}
	if len(x.kinds) > kinds { // terms of an ontology are kinds, too
		if err := x.readKinds(ctx, p.v); err != nil {
			return err
		}
	}
	x.sortKinds()
	for _, iri := range list {
		if err := x.readAllNames(ctx, p.v, p.v.names.by(), iri); err != nil {
			return err
		}
	}
	if err := p.readNameless(ctx, x, list); err != nil {
		return err
	}
	x.addIDs(from)
	if p.from.Missing() { // half of the nodes would be searched
		return ErrAgain
	}
	return nil
}

// readNameless is addNameless of some nodes.
func (p *somePart) readNameless(ctx context.Context, x *index, list []quad.IRI) error {
	stats, err := p.v.qs.Stats(ctx, false)
	if err != nil || stats.Nodes.Value > mostNameless {
		return err
	}
	s := &foreignStats{v: p.v, foreign: map[refs.Ref]bool{}}
	for _, iri := range list {
		node, err := p.v.qs.ValueOf(iri)
		if err == nil && node != nil {
			err = x.addIfNameless(ctx, s, iri, node)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// beginning is an index with the nodes whose names can begin as typed, but for case
// and accents; nil if all names are to be read for it.
func (n *namesOf) beginning(ctx context.Context, typed string) (*index, error) {
	// Some letters of other scripts become parts of those before them.
	const firstJoining = 0x1100
	w := newWords(typed)
	if strings.ContainsFunc(typed, func(r rune) bool { return r == ':' || r >= firstJoining }) || !strings.ContainsFunc(w.key, isLetter) {
		return nil, nil
	}
	x, err := n.partly(ctx)
	if x == nil || err != nil {
		return nil, err
	}
	if err = x.part.called(ctx, x, w, w.list, nil); errors.Is(err, errMany) {
		return nil, nil
	}
	return x, err
}

func isLetter(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }
