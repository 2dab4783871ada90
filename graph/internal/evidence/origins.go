package evidence

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/graph/internal/readings"
	"kg/schema"
)

// Origins are the independent origins of some claims. The origin of a claim is the last of
// its publisher, those it came via, and its speaker: ten papers that carry one agency's
// report have one origin. A derived claim has the origins of the claims it follows from.
//
// Two speakers of one source who have no name are two; two of different sources may be one
// person. So the number is a range. A text that several people read is one origin: where
// their readings have different speakers, there are at least as many origins as the
// reading with the most has.
type Origins struct {
	Least, Most int
	Named       []Speaker // those with a name, by name
	Unnamed     []Speaker // those that are only described
}

// String returns the number and the names; empty for none, as for the edges of another
// graph, which no known speaker states.
func (o Origins) String() string {
	if o.Most == 0 {
		return ""
	}
	text := fmt.Sprint(o.Least)
	if o.Most > o.Least {
		text += fmt.Sprintf(" to %d", o.Most)
	}
	var names []string
	for _, n := range slices.Concat(o.Named, o.Unnamed) {
		names = append(names, n.Name)
	}
	if len(names) > 0 {
		text += ": " + strings.Join(names, "; ")
	}
	return text
}

// Origins counts the independent origins of claims.
func (r *Reader) Origins(ctx context.Context, of []*claims.Claim) (Origins, error) {
	if err := r.prepare(ctx); err != nil {
		return Origins{}, err
	}
	origins := map[quad.IRI]*readings.Origin{}
	for _, c := range of {
		if err := r.addOriginsOf(ctx, origins, c); err != nil {
			return Origins{}, err
		}
	}
	o := Origins{}
	for _, iri := range slices.Sorted(maps.Keys(origins)) {
		if one := origins[iri]; one.Source != "" {
			o.Unnamed = append(o.Unnamed, Speaker{IRI: iri, Name: one.Name})
		} else {
			o.Named = append(o.Named, Speaker{IRI: iri, Name: one.Name})
		}
	}
	for _, list := range [][]Speaker{o.Named, o.Unnamed} {
		slices.SortFunc(list, func(a, b Speaker) int { return strings.Compare(a.Name, b.Name) })
	}
	o.Least, o.Most = readings.Fewest(origins), len(o.Named)+len(o.Unnamed)
	return o, nil
}

// addOriginsOf adds the origin of a claim, or those of what it is derived from.
func (r *Reader) addOriginsOf(ctx context.Context, origins map[quad.IRI]*readings.Origin, c *claims.Claim) error {
	all := map[quad.IRI]*claims.Claim{}
	if err := r.Claims.AddOrigins(ctx, all, c); err != nil {
		return err
	}
	for _, c := range byIRI(all) {
		if c.Speaker == "" && len(c.DerivedFrom) > 0 {
			continue
		}
		if err := r.addOrigin(ctx, origins, c); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) addOrigin(ctx context.Context, origins map[quad.IRI]*readings.Origin, c *claims.Claim) error {
	from := c.Speaker
	if from == "" && len(c.Via) > 0 {
		from = c.Via[len(c.Via)-1]
	}
	if from == "" {
		publisher, err := r.R.Object(ctx, c.Source, schema.Publisher)
		if err != nil {
			return err
		}
		from = read.IRI(publisher)
	}
	iri := read.IRI(r.Joins.Canonical(r.texts.Hears(from)))
	if iri == "" {
		return nil
	}
	one := origins[iri]
	if one == nil {
		one = &readings.Origin{Source: r.texts.Owner(iri, c.Source)}
		called := iri
		if one.Source != "" {
			called = from // the IRI in the claim's own source
		}
		var err error
		if one.Name, err = r.Names.Name(ctx, called, c.Source); err != nil {
			return err
		}
		origins[iri] = one
	}
	one.Hear(r.texts.Root(c.Source), c.Source)
	return nil
}
