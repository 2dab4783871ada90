package search

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"unicode/utf8"

	"kg/graph/internal/index"
	"kg/graph/internal/names"
	"kg/graph/internal/read"
)

// mostKept is the least number of hits held when only the first are asked for.
const mostKept = 1 << 14

// exact adds the hits of the file whose name equals the words as written, for searches
// that list these first.
func (s *searching) exact(ctx context.Context) error {
	f := s.x.Base
	least, weight := uint32(0), -1
	for _, word := range s.words.List {
		n, ok := f.R.Find(word)
		if !ok {
			return nil
		}
		if w := f.R.Weight(n); weight < 0 || w < weight {
			least, weight = n, w
		}
	}
	if weight < 0 {
		return nil
	}
	set := make(read.IDSet, f.R.Nodes()/64+1)
	f.R.Having(least, set.Add)
	return s.fromNodes(ctx, set)
}

// fromFile adds the hits of the file of names.
func (s *searching) fromFile(ctx context.Context) error { return s.fromNodes(ctx, s.candidates()) }

func (s *searching) fromNodes(ctx context.Context, set read.IDSet) error {
	f := s.x.Base
	if set == nil {
		for node := range f.R.Nodes() {
			if node%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			s.addNode(node)
		}
	}
	for i, some := range set {
		if i%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for ; some != 0; some &= some - 1 {
			s.addNode(i*64 + bits.TrailingZeros64(some))
		}
	}
	return nil
}

// addNode adds a node of the file by the name, or the text, that fits best.
func (s *searching) addNode(node int) {
	f := s.x.Base
	n := f.KindsOf(node)
	if s.options.Entities && n.Rank > index.ASource || !n.IsA(s.options.Kind) || !f.Has(node) {
		return
	}
	best := Hit{Fit: index.NoFit}
	s.list = f.R.Names(node, s.list)
	hidden := n.Rank == index.AClaim && s.options.Texts && s.g.LeavesOut(f.IRI(node))
	for i := range s.list {
		name := &s.list[i]
		text := name.As == index.AsText
		if text && (!s.options.Texts || hidden) {
			continue
		}
		s.key = f.R.AppendKey(s.key[:0], name.Words)
		c := index.Name{Key: string(s.key), Node: f.After + int32(node), As: name.As, Literal: name.Literal}
		if c.Key == s.words.Key {
			c.Text = s.x.TextOf(c)
		}
		var fits index.Fit
		if text {
			c.As = 0
			fits = s.words.Match(c, nil)
		} else {
			fits = s.fitNameOf(&c, &n)
		}
		if fits < index.NoFit && (best.Fit == index.NoFit || cmp.Or(cmp.Compare(fits, best.Fit), compareFiled(s.x, c, best.Name)) < 0) {
			best = Hit{Name: c, Layer: layerOf(n.Rank), Rank: n.Rank, Fit: fits, Event: n.Happens()}
		}
	}
	if best.Fit < index.NoFit {
		s.keep(best)
	}
}

// compareFiled is compareCalled of names whose texts may not be read yet.
func compareFiled(x *index.NameIndex, a, b index.Name) int {
	if d := cmp.Or(cmp.Compare(a.As, b.As), cmp.Compare(a.Key, b.Key)); d != 0 {
		return d
	}
	return cmp.Compare(x.TextOf(a), x.TextOf(b))
}

// keep notes a hit of the file, and drops the worst when there are many and only
// the first are asked for.
func (s *searching) keep(h Hit) {
	if s.options.Except != "" && s.x.Base.IRI(int(h.Node-s.x.Base.After)) == s.options.Except {
		s.met = true
		return
	}
	s.count++
	s.filed = append(s.filed, h)
	if limit := s.options.Limit; s.options.First && limit > 0 && len(s.filed) > 4*max(limit, mostKept) {
		slices.SortFunc(s.filed, func(a, b Hit) int { return cmp.Or(compareHits(a, b), cmp.Compare(a.Node, b.Node)) })
		s.filed = s.filed[:max(limit, mostKept)]
	}
}

// candidates are the nodes of the file that can match the words: those that can
// match the word that fewest do.
func (s *searching) candidates() read.IDSet {
	f := s.x.Base
	if len(s.words.List) == 0 {
		return nil
	}
	var least *wordMatch
	for i := range s.words.List {
		if w := s.wanted(i); least == nil || w.weight < least.weight {
			least = w
		}
	}
	set := make(read.IDSet, f.R.Nodes()/64+1)
	for _, n := range least.words {
		f.R.Having(n, set.Add)
	}
	if slices.Contains(least.sets, true) {
		for node := range f.R.Nodes() {
			if least.sets[f.R.SetOf(node)] {
				set.Add(node)
			}
		}
	}
	return set
}

// wordMatch is a condition on nodes with a match of a word: one of some words of the
// file, or one of its sets of kinds.
type wordMatch struct {
	words  []uint32
	sets   []bool
	weight int
}

func (s *searching) wanted(i int) *wordMatch {
	r, word := s.x.Base.R, s.words.List[i]
	w := &wordMatch{words: r.Containing(nil, word), sets: make([]bool, len(s.x.Base.Sets))}
	w.words = append(w.words, joinable(r, word)...)
	if s.words.Slips && utf8.RuneCountInString(word) >= index.FewestLetters {
		w.words = append(w.words, slippable(r, word)...)
	}
	slices.Sort(w.words)
	w.words = slices.Compact(w.words)
	for _, n := range w.words {
		w.weight += r.Weight(n)
	}
	for at, n := range s.x.Base.Sets {
		if w.sets[at] = s.words.OfKind(n.Kinds, i).Fit < index.NoFit; w.sets[at] {
			w.weight += r.Sets()[at].Nodes
		}
	}
	return w
}

// joinable returns words that begin a name's words which, written as one, equal a word or
// begin with it: see joined.
func joinable(r *names.Reader, word string) (list []uint32) {
	for at := 1; at < len(word); at++ {
		first, ok := r.Find(word[:at])
		if !ok {
			continue
		}
		// The next word begins with the rest, or is its beginning: the rarer ones.
		var next []uint32
		weight := 0
		add := func(n uint32) {
			next = append(next, n)
			weight += r.Weight(n)
		}
		for from, to := r.Beginning(word[at:]); from < to; from++ {
			add(from)
		}
		for end := at + 1; end < len(word); end++ {
			if n, ok := r.Find(word[at:end]); ok {
				add(n)
			}
		}
		switch {
		case len(next) == 0:
		case weight < r.Weight(first):
			list = append(list, next...)
		default:
			list = append(list, first)
		}
	}
	return list
}

// slippable are the words that are a slip away from a word, or begin so. A slip is
// in one half of a word, or swaps the letters where they meet.
func slippable(r *names.Reader, word string) (list []uint32) {
	letters := []rune(word)
	half := len(letters) / 2
	for from, to := r.Beginning(string(letters[:half-1])); from < to; from++ {
		list = append(list, from)
	}
	list = r.Containing(list, string(letters[half:]))
	return slices.DeleteFunc(list, func(n uint32) bool { return index.Slipped(string(r.Word(n)), word) == index.NoFit })
}
