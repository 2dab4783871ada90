package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/names"
	"kg/schema"
)

// hit is a node that words find, by the name that fits best, or one of the texts
// of a claim.
type hit struct {
	called
	layer layer
	rank  rank
	fit   fit
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

func (r rank) layer() layer { return layer(max(r, aSource) - aSource) }

// search lists what words find, the best first; if there is nothing, what they
// find with slips forgiven. It may list the first alone that options ask for: all
// is how many there are.
func (v *View) search(ctx context.Context, x *index, text string, o FindOptions) (hits []hit, all int, err error) {
	s := &searching{v: v, x: x, words: newWords(text), form: v.form(text), options: o}
	hits, err = s.hits(ctx)
	if err == nil && len(hits) == 0 && !s.met {
		s.words.slips = true
		s.words.kinds = nil
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
func (v *View) searchNamed(ctx context.Context, x *index, text string, o FindOptions) ([]hit, error) {
	if x.base != nil {
		s := &searching{v: v, x: x, words: newWords(text), options: o, named: true}
		hits, err := s.hits(ctx)
		if err == nil {
			err = s.sort(ctx, hits)
		}
		if err != nil || len(hits) > 0 && hits[0].layer == someThing && hits[0].fit == asWritten {
			return hits, err
		}
	}
	hits, _, err := v.search(ctx, x, text, o)
	return hits, err
}

// searching is one search.
type searching struct {
	v       *View
	x       *index
	words   *words
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
	return schema.FoldName(v.Base.Short(iri))
}

// hits lists what the words find, in no order.
func (s *searching) hits(ctx context.Context) ([]hit, error) {
	s.best, s.filed, s.count = map[int32]hit{}, nil, 0
	if s.x.part != nil {
		if err := s.x.part.add(ctx, s.x, s.words); err != nil {
			return nil, err
		}
	}
	for i, name := range s.x.names {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s.add(name, s.fitName(&name))
	}
	if s.form != "" {
		for i := range s.x.nodes {
			short := s.v.Base.Short(s.x.nodes[i].iri)
			s.add(called{text: short, key: short, node: int32(i), as: asID}, fitForm(schema.FoldName(short), s.form))
		}
	}
	if s.options.Scope == Texts {
		sentences, err := s.v.sentences(ctx, s.x)
		if err != nil {
			return nil, err
		}
		for _, text := range sentences {
			s.add(text, s.words.match(text, nil))
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
	case s.x.base == nil:
		return nil
	case s.named:
		return s.exact(ctx)
	}
	return s.fromFile(ctx)
}

// fitName tells how well the words match a name. What only the kind matches is
// found by that.
func (s *searching) fitName(name *called) fit {
	return s.fitNameOf(name, &s.x.nodes[name.node])
}

func (s *searching) fitNameOf(name *called, n *indexed) fit {
	kinds := n.kinds
	if n.rank > aSource {
		kinds = nil
	}
	f := s.words.match(*name, kinds)
	switch {
	case f == exactly && schema.FoldName(LastPart(s.x.iri(name.node))) == s.words.fold:
		return asWritten
	case f == byKind, f == kindSlip:
		name.text = s.words.kindsNamed(kinds)
	case name.as == asID && f > exactly: // a part of an id is no word of a name
		return max(f, wordStarts)
	}
	return f
}

// add notes that a name fits, unless the node is not looked for or has a better
// one.
func (s *searching) add(name called, f fit) {
	n := &s.x.nodes[name.node]
	if f == noFit || n.rank == aFigure || s.options.Scope == Entities && n.rank > aSource || !n.isA(s.options.Kind) {
		return
	}
	if h, seen := s.best[name.node]; !seen || cmp.Or(cmp.Compare(f, h.fit), compareCalled(name, h.called)) < 0 {
		s.best[name.node] = hit{called: name, layer: n.rank.layer(), rank: n.rank, fit: f, event: n.happens()}
	}
}

func fitForm(short, form string) fit {
	switch {
	case short == form:
		return asWritten
	case strings.HasPrefix(short, form):
		return wordStarts
	case strings.Contains(short, form):
		return wordParts
	}
	return noFit
}

// addPassages adds the passages that have the words, each once, with the first of
// the claims that are taken from it.
func (s *searching) addPassages(ctx context.Context, hits []hit) ([]hit, error) {
	type place struct {
		source     quad.IRI
		start, end int
	}
	found := map[place]hit{}
	for i := range s.x.ofRank(aClaim) {
		iri := s.x.iri(i)
		if s.v.leavesOut(iri) {
			continue
		}
		c, err := s.v.Claim(ctx, iri)
		if err != nil {
			return nil, err
		}
		if c == nil || !s.x.get(i).isA(s.options.Kind) {
			continue
		}
		text, err := s.options.Passage(ctx, c)
		if err != nil {
			return nil, err
		}
		passage, at := called{text: text, key: schema.FoldWords(text), node: i}, place{c.Source, c.Start, c.End}
		f := s.words.match(passage, nil)
		if h, seen := found[at]; text != "" && f < noFit && (!seen || c.IRI < s.x.iri(h.node)) {
			found[at] = hit{called: passage, layer: somePassage, rank: aClaim, fit: f}
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
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(compareHits(a, b), cmp.Compare(a.node, b.node)) })
	whole := NewView(s.v.names.whole, s.v.Base)
	limit := s.options.Limit
	if limit <= 0 {
		limit = len(hits)
	}
	for from, to := 0, 0; from < min(limit, len(hits)); from = to {
		for to = from; to < len(hits) && compareHits(hits[from], hits[to]) == 0; to++ {
			if s.x.filed(hits[to].node) {
				continue
			}
			var err error
			if hits[to].edges, err = whole.edgesOf(ctx, s.x.get(hits[to].node)); err != nil {
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
	if s.x.filed(h.node) {
		return s.x.base.r.Edges(int(h.node - s.x.base.after))
	}
	return h.edges
}

// compareEqual is the order of hits that compareHits has for equals.
func (s *searching) compareEqual(a, b hit) int {
	if s.x.filed(a.node) && s.x.filed(b.node) && a.layer != somePassage {
		return cmp.Compare(a.node, b.node)
	}
	return cmp.Or(cmp.Compare(s.edges(b), s.edges(a)), cmp.Compare(s.x.firstKey(a.node), s.x.firstKey(b.node)), cmp.Compare(s.x.iri(a.node), s.x.iri(b.node)))
}

// compareHits is the order of hits, edges and names aside.
func compareHits(a, b hit) int {
	other := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.layer, b.layer), other(a.fit > asWritten)-other(b.fit > asWritten),
		cmp.Compare(a.rank, b.rank), cmp.Compare(a.fit, b.fit), other(a.event)-other(b.event))
}

// edgesOf counts the edges of a node: of a claim those it states.
func (v *View) edgesOf(ctx context.Context, n *indexed) (int, error) {
	if n.rank == aClaim {
		quads, err := v.Asserted(ctx, &Claim{IRI: n.iri})
		return len(quads), err
	}
	ref, err := v.qs.ValueOf(n.iri)
	if err != nil || ref == nil {
		return 0, err
	}
	edges := -n.facts
	for _, d := range []quad.Direction{quad.Subject, quad.Object} {
		size, err := v.qs.QuadIteratorSize(ctx, d, ref)
		if err != nil {
			return 0, err
		}
		edges += int(size.Value)
	}
	return edges, nil
}
