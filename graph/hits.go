package graph

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

// hit is a node that words find, by the name that fits best, or one of the texts
// of a claim.
type hit struct {
	index.Name
	layer layer
	rank  index.Rank
	fit   index.Fit
	event bool
	edges int // counted when they decide, and for what is shown
}

// layer is where a hit stands: what somebody can look for by name, what things
// are described with, and what sources say.
type layer uint8

const (
	someThing layer = iota
	someTerm
	someClaim
	somePassage
)

func layerOf(r index.Rank) layer { return layer(max(r, index.ASource) - index.ASource) }

// search lists what words find, the best first; if there is nothing, what they
// find with slips forgiven. It may list the first alone that options ask for: all
// is how many there are.
func (v *View) search(ctx context.Context, x *index.Index, text string, o FindOptions) (hits []hit, all int, err error) {
	s := &searching{v: v, x: x, words: index.NewWords(text), form: v.form(text), options: o}
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

// searchNamed is search for those who want what is called as the words are
// written before all else. If there is such a thing, not all that else is found
// may be listed.
func (v *View) searchNamed(ctx context.Context, x *index.Index, text string, o FindOptions) ([]hit, error) {
	if x.Base != nil {
		s := &searching{v: v, x: x, words: index.NewWords(text), options: o, named: true}
		hits, err := s.hits(ctx)
		if err == nil {
			err = s.sort(ctx, hits)
		}
		if err != nil || len(hits) > 0 && hits[0].layer == someThing && hits[0].fit == index.AsWritten {
			return hits, err
		}
	}
	hits, _, err := v.search(ctx, x, text, o)
	return hits, err
}

// searching is one search.
type searching struct {
	v       *View
	x       *index.Index
	words   *index.Words
	form    string
	options FindOptions
	named   bool // only what is called as the words are written is wanted
	best    map[int32]hit
	filed   []hit // nodes of the file of names
	count   int
	met     bool // what is not wanted was found
	list    []names.Name
	key     []byte
}

// form is what was typed as an IRI or a short form, folded; empty for any other
// words.
func (v *View) form(text string) string {
	iri, err := v.Base.Expand(text)
	if err != nil {
		return ""
	}
	return fold.Name(v.Base.Short(iri))
}

// hits lists what the words find, in no order.
func (s *searching) hits(ctx context.Context) ([]hit, error) {
	s.best, s.filed, s.count = map[int32]hit{}, nil, 0
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
			short := s.v.Base.Short(s.x.Nodes[i].IRI)
			s.add(index.Name{Text: short, Key: short, Node: int32(i), As: index.AsID}, fitForm(fold.Name(short), s.form))
		}
	}
	if s.options.Scope == Texts {
		sentences, err := s.v.names.Sentences(ctx, s.x, s.v.leavesOut)
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
	if s.options.Scope == Texts && s.options.Passage != nil {
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

// fitName tells how well the words match a name. What only the kind matches is
// found by that.
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

// add notes that a name fits, unless the node is not looked for or has a better
// one.
func (s *searching) add(name index.Name, f index.Fit) {
	n := &s.x.Nodes[name.Node]
	if f == index.NoFit || n.Rank == index.AFigure || s.options.Scope == Entities && n.Rank > index.ASource || !n.IsA(s.options.Kind) {
		return
	}
	if h, seen := s.best[name.Node]; !seen || cmp.Or(cmp.Compare(f, h.fit), index.CompareCalled(name, h.Name)) < 0 {
		s.best[name.Node] = hit{Name: name, layer: layerOf(n.Rank), rank: n.Rank, fit: f, event: n.Happens()}
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
func (s *searching) addPassages(ctx context.Context, hits []hit) ([]hit, error) {
	type place struct {
		source     quad.IRI
		start, end int
	}
	found := map[place]hit{}
	for i := range s.x.OfRank(index.AClaim) {
		iri := s.x.IRI(i)
		if s.v.leavesOut(iri) {
			continue
		}
		c, err := s.v.Claim(ctx, iri)
		if err != nil {
			return nil, err
		}
		if c == nil || !s.x.Get(i).IsA(s.options.Kind) {
			continue
		}
		text, err := s.options.Passage(ctx, c)
		if err != nil {
			return nil, err
		}
		passage, at := index.Name{Text: text, Key: fold.Words(text), Node: i}, place{c.Source, c.Start, c.End}
		f := s.words.Match(passage, nil)
		if h, seen := found[at]; text != "" && f < index.NoFit && (!seen || c.IRI < s.x.IRI(h.Node)) {
			found[at] = hit{Name: passage, layer: somePassage, rank: index.AClaim, fit: f}
		}
	}
	for _, h := range found {
		hits = append(hits, h)
	}
	s.count += len(found)
	return hits, nil
}

// sort puts the best first. Edges are counted where they decide what is among the
// first that are asked for, and in what order. Nodes of the file of names have
// that order already.
func (s *searching) sort(ctx context.Context, hits []hit) error {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(compareHits(a, b), cmp.Compare(a.Node, b.Node)) })
	whole := NewView(s.v.names.Whole, s.v.Base)
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
			if hits[to].edges, err = whole.edgesOf(ctx, s.x.Get(hits[to].Node)); err != nil {
				return err
			}
		}
		slices.SortFunc(hits[from:to], s.compareEqual)
	}
	for i := range hits[:min(limit, len(hits))] {
		hits[i].edges = s.edges(hits[i])
	}
	return nil
}

// edges are those of a hit that sort has counted.
func (s *searching) edges(h hit) int {
	if s.x.Filed(h.Node) {
		return s.x.Base.R.Edges(int(h.Node - s.x.Base.After))
	}
	return h.edges
}

// compareEqual is the order of hits that compareHits has for equals.
func (s *searching) compareEqual(a, b hit) int {
	if s.x.Filed(a.Node) && s.x.Filed(b.Node) && a.layer != somePassage {
		return cmp.Compare(a.Node, b.Node)
	}
	return cmp.Or(cmp.Compare(s.edges(b), s.edges(a)), cmp.Compare(s.x.FirstKey(a.Node), s.x.FirstKey(b.Node)), cmp.Compare(s.x.IRI(a.Node), s.x.IRI(b.Node)))
}

// compareHits is the order of hits, edges and names aside.
func compareHits(a, b hit) int {
	other := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.layer, b.layer), other(a.fit > index.AsWritten)-other(b.fit > index.AsWritten),
		cmp.Compare(a.rank, b.rank), cmp.Compare(a.fit, b.fit), other(a.event)-other(b.event))
}

// edgesOf counts the edges of a node: of a claim those it states.
func (v *View) edgesOf(ctx context.Context, n *index.Node) (int, error) {
	if n.Rank == index.AClaim {
		quads, err := v.Asserted(ctx, &Claim{IRI: n.IRI})
		return len(quads), err
	}
	ref, err := v.qs.ValueOf(n.IRI)
	if err != nil || ref == nil {
		return 0, err
	}
	edges := -n.Facts
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		size, err := v.qs.QuadIteratorSize(ctx, d, ref)
		if err != nil {
			return 0, err
		}
		edges += int(size.Value)
	}
	return edges, nil
}
