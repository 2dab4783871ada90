package readings

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/schema"
)

// SharedTexts are groups of sources that are readings of one text: their claims are
// separate, and the text is one origin. A speaker without a name is a node of each
// reading, though one person in the text; so those who speak in the same passages are
// counted as one.
type SharedTexts struct {
	root  map[quad.IRI]quad.IRI   // of a reading: the first source of its text
	of    map[quad.IRI][]quad.IRI // of such a source: itself, if it is there, and its readings by IRI
	heard map[quad.IRI]quad.IRI   // of a speaker without a name: the one of an earlier reading
}

// Root is the first source of a source's text: the source itself if it is no reading of
// another's.
func (t *SharedTexts) Root(source quad.IRI) quad.IRI { return cmp.Or(t.root[source], source) }

// Of returns the sources that read the text of a first source, itself first if the graph
// has it, then by IRI; nil if there is only one. The caller must not change them.
func (t *SharedTexts) Of(root quad.IRI) []quad.IRI { return t.of[root] }

// Hears returns the representative of a speaker among all readings of the text.
func (t *SharedTexts) Hears(who quad.IRI) quad.IRI { return cmp.Or(t.heard[who], who) }

// Heard returns the speaker of a claim and those between, as all readings of the text
// know them.
func (t *SharedTexts) Heard(c *claims.Claim) []quad.IRI {
	heard := []quad.IRI{t.Hears(c.Speaker)}
	for _, via := range c.Via {
		heard = append(heard, t.Hears(via))
	}
	return heard
}

// Owner is the source that alone knows a speaker of a claim of one source, empty for one
// with a name.
func (t *SharedTexts) Owner(who, source quad.IRI) quad.IRI {
	for _, one := range append(slices.Clip(t.of[t.Root(source)]), source) {
		if schema.IRI(who).Under(one) {
			return one
		}
	}
	return ""
}

// Reader reads the SharedTexts of a graph that does not change, once.
type Reader struct {
	R     *read.Quads
	texts *SharedTexts
}

// Texts returns which sources of the graph are readings of a text.
func (r *Reader) Texts(ctx context.Context) (_ *SharedTexts, err error) {
	if r.texts == nil {
		r.texts, err = readTexts(ctx, r.R)
	}
	return r.texts, err
}

func readTexts(ctx context.Context, r *read.Quads) (*SharedTexts, error) {
	t := &SharedTexts{root: map[quad.IRI]quad.IRI{}, of: map[quad.IRI][]quad.IRI{}, heard: map[quad.IRI]quad.IRI{}}
	next := map[quad.IRI]quad.IRI{}
	err := r.Do(ctx, quad.Quad{Predicate: schema.ReadingOf}, func(q quad.Quad) {
		if q.Label == q.Subject {
			next[read.IRI(q.Subject)] = read.IRI(q.Object)
		}
	})
	if err != nil {
		return nil, err
	}
	groups := map[quad.IRI][]quad.IRI{}
	for reading := range next {
		root := agree.RootOf(reading, next)
		if reading != root {
			t.root[reading] = root
			groups[root] = append(groups[root], reading)
		}
	}
	for root, list := range groups {
		slices.Sort(list)
		there, err := r.Object(ctx, root, schema.Title)
		if err != nil {
			return nil, err
		}
		if there != nil {
			list = slices.Insert(list, 0, root)
		}
		if len(list) < 2 {
			continue
		}
		t.of[root] = list
		if err := t.hear(ctx, r, list); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// hear finds, for each unnamed speaker of a reading, the one of an earlier reading who
// speaks in the same passages.
func (t *SharedTexts) hear(ctx context.Context, r *read.Quads, list []quad.IRI) error {
	var known []Speaking
	for _, source := range list {
		own, err := unnamedSpeakers(ctx, r, source)
		if err != nil {
			return err
		}
		maps.Copy(t.heard, Paired(own, known))
		for _, s := range own {
			if t.heard[s.Who] == "" {
				known = append(known, s)
			}
		}
	}
	return nil
}

// unnamedSpeakers are the speakers of a source that only it knows, by IRI.
func unnamedSpeakers(ctx context.Context, r *read.Quads, source quad.IRI) (list []Speaking, err error) {
	where := map[quad.IRI][]Passage{}
	for q, err := range r.Each(ctx, quad.Quad{Object: source, Predicate: schema.FromSource}) {
		if err != nil {
			return nil, err
		}
		c, err := claims.Read(ctx, r, read.IRI(q.Subject))
		if err != nil {
			return nil, err
		}
		if c == nil || c.Start >= c.End {
			continue
		}
		for _, who := range append([]quad.IRI{c.Speaker}, c.Via...) {
			if schema.IRI(who).Under(source) {
				where[who] = append(where[who], Passage{c.Start, c.End})
			}
		}
	}
	for _, who := range slices.Sorted(maps.Keys(where)) {
		list = append(list, Speaking{who, Spread(where[who])})
	}
	return list, nil
}
