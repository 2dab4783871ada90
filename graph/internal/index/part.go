package index

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/graph/internal/pg"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/schema"
)

// MostPart is how many nodes are read one by one that words may find, or a twentieth of
// the terms, if these are more: to read them takes as long, then, as to read all names,
// which is done where there are more. Tests change it.
var MostPart = 20_000

const partOfTerms = 20

// errMany ends a search for words that find more.
var errMany = errors.New("too many nodes are called so to read them one by one")

// somePart reads into an index the nodes that words may find, from a graph on a server.
type somePart struct {
	r     *read.Quads
	of    *Names
	from  store.Feed
	count map[quad.IRI]int64 // how many quads say that something is of a kind
	seen  map[quad.IRI]bool
}

// Partial reports whether the nodes of the index itself are not all.
func (x *NameIndex) Partial() bool { return x.Base != nil || x.Part != nil }

// Partly returns an index that reads nodes on demand, nil where all names are available:
// in a file, or in memory.
func (n *Names) Partly(ctx context.Context) (*NameIndex, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	qs, ok := n.Whole.(*store.QuadStore)
	if !ok || qs.Source() == nil || n.index != nil || n.Read != nil {
		return nil, nil
	}
	if n.part != nil {
		return n.part, nil
	}
	r := read.Of(n.Whole)
	for _, relation := range n.Naming {
		if has, err := r.Has(relation); has || err != nil {
			return nil, err
		}
	}
	kinds, ok, err := qs.Source().Kinds()
	if !ok || err != nil {
		return nil, err
	}
	x := newIndex()
	x.Part = &somePart{r: r, of: n, from: qs.Source(), count: map[quad.IRI]int64{}, seen: map[quad.IRI]bool{}}
	for _, k := range kinds {
		x.kind(k.IRI)
		x.Part.count[k.IRI] = k.Count
	}
	if err := x.readKinds(ctx, r); err != nil {
		return nil, err
	}
	if x.Part.from.Missing() { // the words that name kinds are not known yet
		return nil, pg.ErrAgain
	}
	n.part = x
	return x, nil
}

// AskingWords is Asking for a search by words: of a graph on a server it reads only the
// nodes that the words may match.
func (n *Names) AskingWords(ctx context.Context, ask func(*NameIndex) error) error {
	x, err := n.Partly(ctx)
	if err != nil {
		return err
	}
	if x != nil {
		if err := ask(x); !errors.Is(err, errMany) {
			return err
		}
	}
	return n.Asking(ctx, ask)
}

// Add reads the nodes that the words may find. All words that name no kind must be in
// one name of a node; where each names one, a node has one of these or a name.
func (p *somePart) Add(ctx context.Context, x *NameIndex, w *Words) error {
	var wanted []string
	var kinds []quad.IRI
	least := int64(math.MaxInt64)
	for i, word := range w.List {
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
	most, err := p.most(ctx)
	if err != nil {
		return err
	}
	if least > int64(most) {
		return errMany
	}
	var list []quad.IRI
	for _, kind := range kinds {
		err := p.r.Do(ctx, quad.Quad{Predicate: schema.Type, Object: kind}, func(q quad.Quad) { list = append(list, read.IRI(q.Subject)) })
		if err != nil {
			return err
		}
	}
	return p.called(ctx, x, w, wanted, list)
}

// most is how many nodes are read one by one at most.
func (p *somePart) most(ctx context.Context) (int, error) {
	stats, err := p.r.QS.Stats(ctx, false)
	return max(MostPart, int(stats.Nodes.Value/partOfTerms)), err
}

// kindsNamed returns the kinds that word i names, with their subkinds, and how many
// members they have.
func (p *somePart) kindsNamed(x *NameIndex, w *Words, i int) (list []quad.IRI, count int64) {
	for iri, k := range x.Kinds {
		if n := p.count[iri]; n > 0 && w.OfKind([]*KindEntry{k}, i).Fit < NoFit {
			list, count = append(list, iri), count+n
		}
	}
	slices.Sort(list)
	return list, count
}

// called reads nodes, and those that have all of some words in a name.
func (p *somePart) called(ctx context.Context, x *NameIndex, w *Words, wanted []string, list []quad.IRI) error {
	var all names.Wanted
	for _, word := range wanted {
		ways := []names.AllOf{names.Part(word)}
		if w.Slips && utf8.RuneCountInString(word) >= FewestLetters {
			ways = append(ways, names.Slips(word)...)
		}
		all = append(all, ways)
	}
	keep := func(name string) bool {
		return name != "" && !slices.ContainsFunc(wanted, func(word string) bool { return w.word(name, word) == NoFit })
	}
	most, err := p.most(ctx)
	if err != nil {
		return err
	}
	found, ok, err := p.from.Named(all, keep, most)
	if err != nil {
		return err
	}
	if !ok {
		return errMany
	}
	return p.read(ctx, x, append(list, found...))
}

// read reads the names and kinds of nodes.
func (p *somePart) read(ctx context.Context, x *NameIndex, list []quad.IRI) error {
	from, kinds := len(x.Nodes), len(x.Kinds)
	list = slices.DeleteFunc(list, func(iri quad.IRI) bool {
		seen := p.seen[iri]
		p.seen[iri] = true
		return seen || iri == ""
	})
	for _, iri := range list {
		if err := x.readTypes(ctx, p.r, iri); err != nil {
			return err
		}
	}
	if len(x.Kinds) > kinds { // terms of an ontology are kinds, too
		if err := x.readKinds(ctx, p.r); err != nil {
			return err
		}
	}
	x.sortKinds()
	for _, iri := range list {
		if err := x.readAllNames(ctx, p.r, p.of.By(), iri); err != nil {
			return err
		}
	}
	if err := p.readNameless(ctx, x, list); err != nil {
		return err
	}
	x.addIDs(from)
	if p.from.Missing() { // half of the nodes would be searched
		return pg.ErrAgain
	}
	return nil
}

// readNameless is addNameless of some nodes.
func (p *somePart) readNameless(ctx context.Context, x *NameIndex, list []quad.IRI) error {
	stats, err := p.r.QS.Stats(ctx, false)
	if err != nil || uint64(stats.Nodes.Value) > MostNameless {
		return err
	}
	labels := p.r.Labels(p.of.Foreign())
	for _, iri := range list {
		node, err := p.r.QS.ValueOf(iri)
		if err == nil && node != nil {
			err = x.addIfNameless(ctx, p.r, labels, iri, node)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Beginning is an index with the nodes whose names can begin as typed, but for case
// and accents; nil if all names are to be read for it.
func (n *Names) Beginning(ctx context.Context, typed string) (*NameIndex, error) {
	// Some letters of other scripts become parts of those before them.
	const firstJoining = 0x1100
	w := NewWords(typed)
	if strings.ContainsFunc(typed, func(r rune) bool { return r == ':' || r >= firstJoining }) || !strings.ContainsFunc(w.Key, isLetter) {
		return nil, nil
	}
	x, err := n.Partly(ctx)
	if x == nil || err != nil {
		return nil, err
	}
	if err = x.Part.called(ctx, x, w, w.List, nil); errors.Is(err, errMany) {
		return nil, nil
	}
	return x, err
}

func isLetter(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }
