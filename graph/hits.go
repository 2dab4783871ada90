package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

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
// find with slips forgiven.
func (v *View) search(ctx context.Context, x *index, text string, o FindOptions) ([]hit, error) {
	s := &searching{v: v, x: x, words: newWords(text), form: v.form(text), options: o}
	hits, err := s.hits(ctx)
	if err == nil && len(hits) == 0 {
		s.words.slips = true
		s.words.kinds = nil
		hits, err = s.hits(ctx)
	}
	if err != nil {
		return nil, err
	}
	return hits, s.sort(ctx, hits)
}

// searching is one search.
type searching struct {
	v       *View
	x       *index
	words   *words
	form    string
	options FindOptions
	best    map[int32]hit
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
	s.best = map[int32]hit{}
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
	var hits []hit
	for _, h := range s.best {
		hits = append(hits, h)
	}
	if s.options.Scope == Texts && s.options.Passage != nil {
		return s.addPassages(ctx, hits)
	}
	return hits, nil
}

// fitName tells how well the words match a name. What only the kind matches is
// found by that.
func (s *searching) fitName(name *called) fit {
	n := &s.x.nodes[name.node]
	kinds := n.kinds
	if n.rank > aSource {
		kinds = nil
	}
	f := s.words.match(*name, kinds)
	switch {
	case f == exactly && schema.FoldName(LastPart(n.iri)) == s.words.fold:
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
	for i := range s.x.nodes {
		if s.x.nodes[i].rank != aClaim || s.v.leavesOut(s.x.nodes[i].iri) {
			continue
		}
		c, err := s.v.Claim(ctx, s.x.nodes[i].iri)
		if err != nil {
			return nil, err
		}
		if c == nil || !s.x.nodes[i].isA(s.options.Kind) {
			continue
		}
		text, err := s.options.Passage(ctx, c)
		if err != nil {
			return nil, err
		}
		passage, at := called{text: text, key: schema.FoldWords(text), node: int32(i)}, place{c.Source, c.Start, c.End}
		f := s.words.match(passage, nil)
		if h, seen := found[at]; text != "" && f < noFit && (!seen || c.IRI < s.x.nodes[h.node].iri) {
			found[at] = hit{called: passage, layer: somePassage, rank: aClaim, fit: f}
		}
	}
	for _, h := range found {
		hits = append(hits, h)
	}
	return hits, nil
}

// sort puts the best first. Edges are counted where they decide what is among the
// first that are asked for, and in what order.
func (s *searching) sort(ctx context.Context, hits []hit) error {
	slices.SortFunc(hits, compareHits)
	whole := NewView(s.v.names.whole, s.v.Base)
	limit := s.options.Limit
	if limit <= 0 {
		limit = len(hits)
	}
	for from, to := 0, 0; from < min(limit, len(hits)); from = to {
		for to = from; to < len(hits) && compareHits(hits[from], hits[to]) == 0; to++ {
			var err error
			if hits[to].edges, err = whole.edgesOf(ctx, &s.x.nodes[hits[to].node]); err != nil {
				return err
			}
		}
		slices.SortFunc(hits[from:to], func(a, b hit) int {
			m, n := &s.x.nodes[a.node], &s.x.nodes[b.node]
			return cmp.Or(cmp.Compare(b.edges, a.edges), cmp.Compare(s.x.names[m.first].key, s.x.names[n.first].key), cmp.Compare(m.iri, n.iri))
		})
	}
	return nil
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
