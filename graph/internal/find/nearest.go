package find

import (
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"kg/graph/internal/index"
	"kg/graph/internal/search"
	"kg/internal/fold"
	"kg/internal/strict"
)

// Nearest returns suggestions for words that All finds nothing for: the name or IRI that
// is nearest (strict.Nearest), or else the matches of the one of the first words that
// matches least. Entities and sources are suggested; terms and claims only by the form of
// their IRIs.
func (f *Finder) Nearest(ctx context.Context, text string) (near []Found, err error) {
	if !f.Frugal {
		return f.nearest(ctx, text)
	}
	err = f.Names.AskingWords(ctx, func(x *index.NameIndex) (err error) {
		switch {
		case !x.Partial():
			near, err = f.nearest(ctx, text)
		case f.form(text) == "": // the words of a form are those of all of its kind
			near, err = f.byOneWord(ctx, x, text)
		}
		return err
	})
	return near, err
}

// endOfForm returns the text after the last / or : of a short form or an IRI, and any
// other text unchanged.
func endOfForm(text string) string { return text[strings.LastIndexAny(text, "/:#")+1:] }

func (f *Finder) nearest(ctx context.Context, text string) ([]Found, error) {
	x, err := f.Names.ReadAll(ctx)
	if err != nil {
		return nil, err
	}
	if form := f.form(text); form != "" {
		return f.nearestName(ctx, x, form, f.meant(form), func(c index.Name) string { return f.Base.Short(x.Nodes[c.Node].IRI) })
	}
	things := func(r index.Rank) bool { return r <= index.ASource }
	near, err := f.nearestName(ctx, x, fold.Name(text), things, func(c index.Name) string { return c.Text })
	if err != nil || len(near) > 0 {
		return near, err
	}
	return f.byOneWord(ctx, x, text)
}

// byOneWord returns the matches of the one of the first words that matches least.
func (f *Finder) byOneWord(ctx context.Context, x *index.NameIndex, text string) ([]Found, error) {
	var least []search.Hit
	words := index.NewWords(text).List
	for _, word := range words[:min(len(words), mostNear)] {
		if utf8.RuneCountInString(word) < index.FewestLetters-1 {
			continue // articles and the like
		}
		hits, _, err := f.search().Search(ctx, x, word, search.Options{Entities: true, Limit: mostNear})
		if err != nil {
			return nil, err
		}
		if len(hits) > 0 && (least == nil || len(hits) < len(least)) {
			least = hits
		}
	}
	return f.near(ctx, x, least)
}

// nearestName returns the node with the spelling, a name or a short form, whose fold is
// nearest to a word.
func (f *Finder) nearestName(ctx context.Context, x *index.NameIndex, word string, meant func(index.Rank) bool, spelling func(index.Name) string) ([]Found, error) {
	by := map[string]index.Name{}
	var known []string
	for _, name := range x.Names {
		if !meant(x.Nodes[name.Node].Rank) {
			continue
		}
		folded := fold.Name(spelling(name))
		have, seen := by[folded]
		if !seen {
			known = append(known, folded)
		}
		if !seen || cmp.Or(index.CompareCalled(name, have), cmp.Compare(x.Nodes[name.Node].IRI, x.Nodes[have.Node].IRI)) < 0 {
			by[folded] = name
		}
	}
	name, ok := by[strict.Nearest(word, known)]
	if !ok {
		return nil, nil
	}
	one, err := f.foundOf(ctx, x, search.Hit{Name: name})
	one.Name = spelling(name)
	return []Found{one}, err
}

// meant returns a test for the ranks that a form can mean: claims and terms have forms of
// their own.
func (f *Finder) meant(form string) func(index.Rank) bool {
	prefix, _, short := strings.Cut(form, ":")
	first, last := index.AnEntity, index.ASource
	switch {
	case strings.Contains(form, "/claim/"):
		first, last = index.AClaim, index.AClaim
	case short && prefix != "kg" && f.Base.Prefixes()[prefix] != "":
		first, last = index.ATerm, index.ATerm
	}
	return func(r index.Rank) bool { return first <= r && r <= last }
}
