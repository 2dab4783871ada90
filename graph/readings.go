package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/readings"
	"kg/schema"
)

// textReadings are the sources that are other readings of one text: their claims are
// apart, and the text is one origin. A speaker without a name is each reading's own,
// though the text has one; so those who speak in the same passages are heard as one.
type textReadings struct {
	root  map[quad.IRI]quad.IRI   // of a reading: the first source of its text
	of    map[quad.IRI][]quad.IRI // of such a source: itself, if it is there, and its readings by IRI
	heard map[quad.IRI]quad.IRI   // of a speaker without a name: the one of an earlier reading
	ready bool
}

// Root is the source of whose text a source is another reading, however many readings
// of readings lie between; the source itself if it is none. The store need not have it.
func (v *View) Root(ctx context.Context, source quad.IRI) (quad.IRI, error) {
	if err := v.readReadings(ctx); err != nil {
		return "", err
	}
	return v.readings.text(source), nil
}

// Readings are a source and the others that read the same text, the first source
// first, then by IRI; nil if there is one alone. Those that are retracted or not in
// the store are left out.
func (v *View) Readings(ctx context.Context, source quad.IRI) ([]quad.IRI, error) {
	root, err := v.Root(ctx, source)
	return slices.Clone(v.readings.of[root]), err
}

// text is the first source of a source's text, once readings are read.
func (r *textReadings) text(source quad.IRI) quad.IRI { return cmp.Or(r.root[source], source) }

// readReadings reads which sources are readings, once.
func (v *View) readReadings(ctx context.Context) error {
	if v.readings.ready {
		return nil
	}
	r := textReadings{root: map[quad.IRI]quad.IRI{}, of: map[quad.IRI][]quad.IRI{}, heard: map[quad.IRI]quad.IRI{}, ready: true}
	next := map[quad.IRI]quad.IRI{}
	err := v.each(ctx, quad.Quad{Predicate: schema.ReadingOf}, func(q quad.Quad) {
		if q.Label == q.Subject {
			next[iriOf(q.Subject)] = iriOf(q.Object)
		}
	})
	if err != nil {
		return err
	}
	groups := map[quad.IRI][]quad.IRI{}
	for reading := range next {
		root := agree.RootOf(reading, next)
		if reading != root {
			r.root[reading] = root
			groups[root] = append(groups[root], reading)
		}
	}
	v.readings = r // claims are read below, and ask for it
	for root, list := range groups {
		slices.Sort(list)
		there, err := v.object(ctx, root, schema.Title)
		if err != nil {
			return err
		}
		if there != nil {
			list = slices.Insert(list, 0, root)
		}
		if len(list) < 2 {
			continue
		}
		v.readings.of[root] = list
		if err := v.hear(ctx, list); err != nil {
			return err
		}
	}
	return nil
}

// hear finds, for each speaker without a name of a reading, the one of an earlier
// reading who speaks in the same passages.
func (v *View) hear(ctx context.Context, list []quad.IRI) error {
	var known []readings.Speaking
	for _, source := range list {
		own, err := v.unnamedSpeakers(ctx, source)
		if err != nil {
			return err
		}
		maps.Copy(v.readings.heard, readings.Paired(own, known))
		for _, s := range own {
			if v.readings.heard[s.Who] == "" {
				known = append(known, s)
			}
		}
	}
	return nil
}

// unnamedSpeakers are the speakers of a source that only it knows, by IRI.
func (v *View) unnamedSpeakers(ctx context.Context, source quad.IRI) (list []readings.Speaking, err error) {
	where := map[quad.IRI][]readings.Passage{}
	for q, err := range v.Each(ctx, quad.Quad{Object: source, Predicate: schema.FromSource}) {
		if err != nil {
			return nil, err
		}
		c, err := v.readClaim(ctx, iriOf(q.Subject))
		if err != nil {
			return nil, err
		}
		if c == nil || c.Start >= c.End {
			continue
		}
		for _, who := range append([]quad.IRI{c.Speaker}, c.Via...) {
			if schema.IRI(who).Under(source) {
				where[who] = append(where[who], readings.Passage{Start: c.Start, End: c.End})
			}
		}
	}
	for _, who := range slices.Sorted(maps.Keys(where)) {
		list = append(list, readings.Speaking{Who: who, Where: readings.Spread(where[who])})
	}
	return list, nil
}

// hears is who a speaker is among all readings of the text.
func (v *View) hears(who quad.IRI) quad.IRI { return cmp.Or(v.readings.heard[who], who) }

// ownerOf is the source that alone knows a speaker, empty for one with a name.
func ownerOf(who quad.IRI, sources []quad.IRI) quad.IRI {
	for _, source := range sources {
		if strings.HasPrefix(string(who), string(source)+"/") {
			return source
		}
	}
	return ""
}
