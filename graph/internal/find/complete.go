package find

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/index"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/internal/fold"
	"kg/schema"
)

const (
	// mostComplete is how many words are offered.
	mostComplete = 200
	// largeGraph is the number of quads from which on names are completed without the
	// index, which takes seconds to read for such a graph.
	largeGraph = 200_000
)

// Complete lists words that begin as typed and that name an entity or a source of a kind,
// the first ones in order: names, and the ids of those whose names do not begin so; with
// a colon in it, short forms. Each result has the completion in Matched, the Kind, and
// the Name if that differs; no IRI: one word may stand for several. Typed letters keep
// their case, and so does the rest: "kim" becomes "kim Jong Il". Terms and claims are
// completed from the form of their IRIs alone. A quotation mark before it is left out.
func (f *Finder) Complete(ctx context.Context, typed, kind string) ([]Found, error) {
	typed = strings.TrimLeft(typed, `"'`)
	stats, err := f.R.QS.Stats(ctx, false)
	if err != nil {
		return nil, err
	}
	if stats.Quads.Value >= largeGraph && typed != "" {
		return f.CompleteFromTerms(ctx, typed, kind)
	}
	c := f.completing(typed)
	return c.inOrder(c.fromIndex(ctx, kind))
}

// CompleteFromTerms is Complete for a large graph, without the index of names.
func (f *Finder) CompleteFromTerms(ctx context.Context, typed, kind string) ([]Found, error) {
	c := f.completing(typed)
	return c.inOrder(c.fromTerms(ctx, kind))
}

func (f *Finder) completing(typed string) *completing {
	return &completing{Finder: f, typed: typed, seen: map[Found]bool{}}
}

// inOrder returns the completions in order.
func (c *completing) inOrder(err error) ([]Found, error) {
	slices.SortFunc(c.list, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Matched, b.Matched), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return c.list[:min(len(c.list), mostComplete)], err
}

type completing struct {
	*Finder
	typed string
	list  []Found
	seen  map[Found]bool
}

// add adds a text as a completion if it begins as typed, except for case and accents, and
// reports whether it does.
func (c *completing) add(text, kind, name string) bool {
	rest, ok := afterFolded(text, c.typed)
	if !ok {
		return false
	}
	if name == text {
		name = ""
	}
	one := Found{Matched: c.typed + rest, Kind: kind, Name: name}
	if !c.seen[one] {
		c.seen[one] = true
		c.list = append(c.list, one)
	}
	return true
}

// afterFolded returns the rest of text after the typed letters, ignoring case.
func afterFolded(text, typed string) (rest string, ok bool) {
	want := fold.Name(typed)
	if strings.HasPrefix(text, typed) {
		return text[len(typed):], true
	}
	for at := range text {
		if n := utf8.RuneCountInString(text[:at]); n >= utf8.RuneCountInString(typed) {
			return text[at:], fold.Name(text[:at]) == want
		}
	}
	return "", fold.Name(text) == want && text != ""
}

// fromIndex searches the names of the graph.
func (c *completing) fromIndex(ctx context.Context, kind string) error {
	x, err := c.Names.Beginning(ctx, c.typed)
	if x == nil && err == nil {
		x, err = c.Names.ReadAll(ctx)
	}
	if err != nil {
		return err
	}
	meant, named := c.meant(fold.Name(c.typed)), map[int32]bool{}
	for _, name := range x.Names {
		if n := &x.Nodes[name.Node]; name.As < index.AsDescription && meant(n.Rank) && n.IsA(kind) && c.add(name.Text, n.KindName(), name.Text) {
			named[name.Node] = true
		}
	}
	for i := range x.Nodes {
		n := &x.Nodes[i]
		if !meant(n.Rank) || !n.IsA(kind) {
			continue
		}
		called := ""
		if n.First >= 0 {
			called = x.Names[n.First].Text
		}
		switch {
		case strings.Contains(c.typed, ":"):
			c.add(c.Base.Short(n.IRI), n.KindName(), called)
		case !named[int32(i)] && !c.add(called, n.KindName(), called):
			c.add(schema.IRI(n.IRI).LastPart(), n.KindName(), called)
		}
	}
	return nil
}

// fromTerms looks names up in the dictionary, which is sorted: as typed, and with a
// capital.
func (c *completing) fromTerms(ctx context.Context, kind string) error {
	for _, predicate := range append(slices.Clone(schema.Naming), schema.AltLabel, schema.Description) {
		for _, spelling := range spellings(c.typed) {
			for node, err := range c.Like(ctx, predicate, likeBeginning(spelling)) {
				if err == nil {
					err = c.addNode(ctx, node, predicate, kind)
				}
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// addNode adds the name that a predicate gives a node, if the node is of a kind.
func (c *completing) addNode(ctx context.Context, node, predicate quad.IRI, kind string) error {
	if _, _, _, record := schema.IRI(node).SplitClaim(); record || schema.IRI(node).OfOntology() || node == "" {
		return nil // a claim, a figure of one, or a term
	}
	value, err := c.R.Object(ctx, node, schema.Type)
	if err != nil {
		return err
	}
	of := read.IRI(value)
	if kind != "" && kind != "entity" {
		if is, err := c.Namer.Below(ctx, of, kind); err != nil || !is {
			return err
		}
	}
	described := ""
	if of != "" {
		if described, err = c.Namer.Name(ctx, of); err != nil {
			return err
		}
		if described == c.Base.Short(of) {
			described = schema.IRI(of).LastPart()
		}
	}
	names, err := c.R.Objects(ctx, node, predicate)
	if err != nil {
		return err
	}
	if predicate == schema.Description { // of a node without a name
		called, err := c.Namer.Name(ctx, node)
		if err == nil && slices.ContainsFunc(names, func(name quad.Value) bool { return term.TextOf(name) == called }) {
			c.add(called, described, called)
		}
		return err
	}
	for _, name := range names {
		c.add(term.TextOf(name), described, term.TextOf(name))
	}
	return nil
}

// spellings returns a text as typed, and with a capital if it begins with a small letter.
func spellings(typed string) []string {
	first, size := utf8.DecodeRuneInString(typed)
	if unicode.IsLower(first) {
		return []string{typed, string(unicode.ToUpper(first)) + typed[size:]}
	}
	return []string{typed}
}

// likeBeginning returns the LIKE pattern for a prefix, up to its first character that is
// special in patterns.
func likeBeginning(text string) string {
	if i := strings.IndexAny(text, `%?\`); i >= 0 {
		text = text[:i]
	}
	return text + "%"
}
