// Package search finds nodes by words: in the names of an index, those of a file of names
// among them, in the texts of claims, and in passages.
package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/index"
	"kg/graph/internal/names"
	"kg/internal/fold"
	"kg/schema"
)

// Hit is a node that words find, by the name that fits best, or one of the texts
// of a claim.
type Hit struct {
	index.Name
	Layer Layer
	Rank  index.Rank
	Fit   index.Fit
	Event bool
	Edges int // counted when they decide the order, and for display
}

// Layer is the kind of text of a hit: names that people search for, words of
// descriptions, and sentences of sources.
type Layer uint8

const (
	Thing Layer = iota
	Term
	Claim
	Passage
)

func layerOf(r index.Rank) Layer { return Layer(max(r, index.ASource) - index.ASource) }

// Options narrow a search: see FindOptions of package graph.
type Options struct {
	Entities bool // entities and sources alone
	Texts    bool // the sentences and notes of claims too, and passages
	Kind     string
	Limit    int
	Except   quad.IRI // which is no hit
	First    bool     // only the first Limit hits are used
	// Passage returns the words of a claim's passage, empty if they are not available,
	// and their position. If it is nil, passages are not searched.
	Passage func(ctx context.Context, claim quad.IRI) (string, Locator, error)
}

// Locator is the position of a passage.
type Locator struct {
	Source     quad.IRI
	Start, End int // code points
}

// Graph is the searched graph.
type Graph struct {
	Base      schema.Base
	Names     *index.Names
	LeavesOut func(claim quad.IRI) bool                             // whether a claim is left out as retracted
	Edges     func(ctx context.Context, n *index.Node) (int, error) // counts those of a node
}

// Search lists the matches of the words, the best first; if there are none, the matches
// with typing errors. It may list only the first that options ask for: all is how many
// there are.
func (g *Graph) Search(ctx context.Context, x *index.NameIndex, text string, o Options) (hits []Hit, all int, err error) {
	s := &searching{g: g, x: x, words: index.NewWords(text), form: Form(g.Base, text), options: o}
	hits, err = s.hits(ctx)
	if err == nil && len(hits) == 0 && !s.met {
		s.words.Slips = true
		s.words.Kinds = nil
		hits, err = s.hits(ctx)
	}
	if err != nil {
		return nil, 0, err
	}
	return hits, s.count, s.sort(ctx, hits)
}

// Named is Search with exact names before all else. If there is one, the other matches
// may be incomplete.
func (g *Graph) Named(ctx context.Context, x *index.NameIndex, text string, o Options) ([]Hit, error) {
	if x.Base != nil {
		s := &searching{g: g, x: x, words: index.NewWords(text), options: o, named: true}
		hits, err := s.hits(ctx)
		if err == nil {
			err = s.sort(ctx, hits)
		}
		if err != nil || len(hits) > 0 && hits[0].Layer == Thing && hits[0].Fit == index.AsWritten {
			return hits, err
		}
	}
	hits, _, err := g.Search(ctx, x, text, o)
	return hits, err
}

// Sort sorts the best hits of an index to the front, as Search does, for a caller that
// uses limit of them.
func (g *Graph) Sort(ctx context.Context, x *index.NameIndex, hits []Hit, limit int) error {
	return (&searching{g: g, x: x, options: Options{Limit: limit}}).sort(ctx, hits)
}

// searching is one search.
type searching struct {
	g       *Graph
	x       *index.NameIndex
	words   *index.Words
	form    string
	options Options
	named   bool // only exact names are wanted
	best    map[int32]Hit
	filed   []Hit // nodes of the file of names
	count   int
	met     bool // an unwanted match was found
	list    []names.Name
	key     []byte
}

// Form returns a typed IRI or short form, folded; empty for any other words.
func Form(base schema.Base, text string) string {
	iri, err := base.Expand(text)
	if err != nil {
		return ""
	}
	return fold.Name(base.Short(iri))
}

// hits lists the matches of the words, in no order.
func (s *searching) hits(ctx context.Context) ([]Hit, error) {
	s.best, s.filed, s.count = map[int32]Hit{}, nil, 0
	if s.x.Part != nil {
		if err := s.x.Part.Add(ctx, s.x, s.words); err != nil {
			return nil, err
		}
	}
	for i, name := range s.x.Names {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s.add(name, s.fitName(&name))
	}
	if s.form != "" {
		for i := range s.x.Nodes {
			short := s.g.Base.Short(s.x.Nodes[i].IRI)
			s.add(index.Name{Text: short, Key: short, Node: int32(i), As: index.AsID}, fitForm(fold.Name(short), s.form))
		}
	}
	if s.options.Texts {
		sentences, err := s.g.Names.Sentences(ctx, s.x, s.g.LeavesOut)
		if err != nil {
			return nil, err
		}
		for _, text := range sentences {
			s.add(text, s.words.Match(text, nil))
		}
	}
	if err := s.fromBase(ctx); err != nil {
		return nil, err
	}
	hits := s.filed
	for _, h := range s.best {
		hits = append(hits, h)
	}
	s.count += len(s.best)
	if s.options.Texts && s.options.Passage != nil {
		return s.addPassages(ctx, hits)
	}
	return hits, nil
}

func (s *searching) fromBase(ctx context.Context) error {
	switch {
	case s.x.Base == nil:
		return nil
	case s.named:
		return s.exact(ctx)
	}
	return s.fromFile(ctx)
}

// fitName returns how well the words match a name. A node that only its kind matches is
// found by the kind.
func (s *searching) fitName(name *index.Name) index.Fit {
	return s.fitNameOf(name, &s.x.Nodes[name.Node])
}

func (s *searching) fitNameOf(name *index.Name, n *index.Node) index.Fit {
	kinds := n.Kinds
	if n.Rank > index.ASource {
		kinds = nil
	}
	f := s.words.Match(*name, kinds)
	switch {
	case f == index.Exactly && fold.Name(schema.IRI(s.x.IRI(name.Node)).LastPart()) == s.words.Fold:
		return index.AsWritten
	case f == index.ByKind, f == index.KindSlip:
		name.Text = s.words.KindsNamed(kinds)
	case name.As == index.AsID && f > index.Exactly: // a part of an id is no word of a name
		return max(f, index.WordStarts)
	}
	return f
}

// add adds a match of a name, unless the node is excluded or has a better match.
func (s *searching) add(name index.Name, f index.Fit) {
	n := &s.x.Nodes[name.Node]
	if f == index.NoFit || n.Rank == index.AFigure || s.options.Entities && n.Rank > index.ASource || !n.IsA(s.options.Kind) {
		return
	}
	if h, seen := s.best[name.Node]; !seen || cmp.Or(cmp.Compare(f, h.Fit), index.CompareCalled(name, h.Name)) < 0 {
		s.best[name.Node] = Hit{Name: name, Layer: layerOf(n.Rank), Rank: n.Rank, Fit: f, Event: n.Happens()}
	}
}

func fitForm(short, form string) index.Fit {
	switch {
	case short == form:
		return index.AsWritten
	case strings.HasPrefix(short, form):
		return index.WordStarts
	case strings.Contains(short, form):
		return index.WordParts
	}
	return index.NoFit
}

// addPassages adds the passages that have the words, each once, with the first of
// the claims that are taken from it.
func (s *searching) addPassages(ctx context.Context, hits []Hit) ([]Hit, error) {
	found := map[Locator]Hit{}
	for i := range s.x.OfRank(index.AClaim) {
		iri := s.x.IRI(i)
		if s.g.LeavesOut(iri) {
			continue
		}
		if !s.x.Get(i).IsA(s.options.Kind) {
			continue
		}
		text, at, err := s.options.Passage(ctx, iri)
		if err != nil {
			return nil, err
		}
		passage := index.Name{Text: text, Key: fold.Words(text), Node: i}
		f := s.words.Match(passage, nil)
		if h, seen := found[at]; text != "" && f < index.NoFit && (!seen || iri < s.x.IRI(h.Node)) {
			found[at] = Hit{Name: passage, Layer: Passage, Rank: index.AClaim, Fit: f}
		}
	}
	for _, h := range found {
		hits = append(hits, h)
	}
	s.count += len(found)
	return hits, nil
}

// sort sorts the hits, the best first. Edges are counted where they decide which hits are
// among the first that are asked for, and in what order. Nodes of the file of names are
// in that order already.
func (s *searching) sort(ctx context.Context, hits []Hit) error {
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Or(compareHits(a, b), cmp.Compare(a.Node, b.Node)) })
	limit := s.options.Limit
	if limit <= 0 {
		limit = len(hits)
	}
	for from, to := 0, 0; from < min(limit, len(hits)); from = to {
		for to = from; to < len(hits) && compareHits(hits[from], hits[to]) == 0; to++ {
			if s.x.Filed(hits[to].Node) {
				continue
			}
			var err error
			if hits[to].Edges, err = s.g.Edges(ctx, s.x.Get(hits[to].Node)); err != nil {
				return err
			}
		}
		slices.SortFunc(hits[from:to], s.compareEqual)
	}
	for i := range hits[:min(limit, len(hits))] {
		hits[i].Edges = s.edges(hits[i])
	}
	return nil
}

// edges are those of a hit that sort has counted.
func (s *searching) edges(h Hit) int {
	if s.x.Filed(h.Node) {
		return s.x.Base.R.Edges(int(h.Node - s.x.Base.After))
	}
	return h.Edges
}

// compareEqual is the order of hits that compareHits has for equals.
func (s *searching) compareEqual(a, b Hit) int {
	if s.x.Filed(a.Node) && s.x.Filed(b.Node) && a.Layer != Passage {
		return cmp.Compare(a.Node, b.Node)
	}
	return cmp.Or(cmp.Compare(s.edges(b), s.edges(a)), cmp.Compare(s.x.FirstKey(a.Node), s.x.FirstKey(b.Node)), cmp.Compare(s.x.IRI(a.Node), s.x.IRI(b.Node)))
}

// compareHits orders hits, except by edges and names.
func compareHits(a, b Hit) int {
	other := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Layer, b.Layer), other(a.Fit > index.AsWritten)-other(b.Fit > index.AsWritten),
		cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Fit, b.Fit), other(a.Event)-other(b.Event))
}
