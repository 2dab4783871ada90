package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/schema"
)

// readings are the sources that are other readings of one text: their claims are
// apart, and the text is one origin. A speaker without a name is each reading's own,
// though the text has one; so those who speak in the same passages are heard as one.
type readings struct {
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
func (r *readings) text(source quad.IRI) quad.IRI { return cmp.Or(r.root[source], source) }

// readReadings reads which sources are readings, once.
func (v *View) readReadings(ctx context.Context) error {
	if v.readings.ready {
		return nil
	}
	r := readings{root: map[quad.IRI]quad.IRI{}, of: map[quad.IRI][]quad.IRI{}, heard: map[quad.IRI]quad.IRI{}, ready: true}
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

// passage is what two readings have in common: code points of one text.
type passage struct{ start, end int }

// shared is how many code points two lists of passages share, each in order and
// apart from each other.
func shared(a, b []passage) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		n += max(0, min(a[i].end, b[j].end)-max(a[i].start, b[j].start))
		if a[i].end < b[j].end {
			i++
		} else {
			j++
		}
	}
	return n
}

// spread are the code points of some passages, in order and apart.
func spread(list []passage) (merged []passage) {
	slices.SortFunc(list, func(a, b passage) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	for _, p := range list {
		if last := len(merged) - 1; last >= 0 && p.start <= merged[last].end {
			merged[last].end = max(merged[last].end, p.end)
			continue
		}
		merged = append(merged, p)
	}
	return merged
}

func length(list []passage) (n int) {
	for _, p := range list {
		n += p.end - p.start
	}
	return n
}

// speaking are the passages that speak of something without a name.
type speaking struct {
	who   quad.IRI
	where []passage
}

// paired finds, for what one reading alone knows, what another alone knows in the same
// passages: they share at least half of those that are shorter. The most alike are
// paired first, and then those of one id, so that equal readings are paired whole.
func paired(own, known []speaking) map[quad.IRI]quad.IRI {
	type pair struct {
		of, to quad.IRI
		alike  float64
		named  bool
	}
	var pairs []pair
	for _, a := range own {
		for _, b := range known {
			n, named := shared(a.where, b.where), schema.IRI(a.who).LastPart() == schema.IRI(b.who).LastPart()
			switch {
			case n > 0 && 2*n >= min(length(a.where), length(b.where)):
				pairs = append(pairs, pair{a.who, b.who, float64(n) / float64(length(a.where)+length(b.where)-n), named})
			case named && len(a.where)+len(b.where) == 0: // of conclusions alone, which stand nowhere
				pairs = append(pairs, pair{a.who, b.who, 0, true})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		if c := cmp.Compare(b.alike, a.alike); c != 0 || a.named == b.named {
			return c
		}
		if a.named {
			return -1
		}
		return 1
	})
	to, taken := map[quad.IRI]quad.IRI{}, map[quad.IRI]bool{}
	for _, p := range pairs {
		if to[p.of] == "" && !taken[p.to] {
			to[p.of], taken[p.to] = p.to, true
		}
	}
	return to
}

// hear finds, for each speaker without a name of a reading, the one of an earlier
// reading who speaks in the same passages.
func (v *View) hear(ctx context.Context, list []quad.IRI) error {
	var known []speaking
	for _, source := range list {
		own, err := v.unnamedSpeakers(ctx, source)
		if err != nil {
			return err
		}
		maps.Copy(v.readings.heard, paired(own, known))
		for _, s := range own {
			if v.readings.heard[s.who] == "" {
				known = append(known, s)
			}
		}
	}
	return nil
}

// unnamedSpeakers are the speakers of a source that only it knows, by IRI.
func (v *View) unnamedSpeakers(ctx context.Context, source quad.IRI) (list []speaking, err error) {
	where := map[quad.IRI][]passage{}
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
				where[who] = append(where[who], passage{c.Start, c.End})
			}
		}
	}
	for _, who := range slices.Sorted(maps.Keys(where)) {
		list = append(list, speaking{who, spread(where[who])})
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
