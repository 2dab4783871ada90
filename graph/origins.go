package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/readings"
	"kg/schema"
)

// Origins are the independent origins of some claims. The origin of a claim is the
// last of its publisher, those it came via, and its speaker: ten papers that carry
// one agency's report have one origin. Of a derived claim it is those of the claims
// that it follows from.
//
// A speaker without a name is somebody else than the others of the same source; but
// two of different sources may be one person. So their number is a range. A text that
// several people read is one origin: where they hear other speakers in it, there are
// at least as many as the one hears who hears most.
type Origins struct {
	Least, Most int
	Named       []Speaker // those with a name, by name
	Unnamed     []Speaker // those that are only described
}

// String is the number and the names; empty for none, as of another graph's edges,
// of which nobody is known to say them.
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
func (v *View) Origins(ctx context.Context, claims []*Claim) (Origins, error) {
	origins := map[quad.IRI]*readings.Origin{}
	for _, c := range claims {
		if err := v.addOriginsOf(ctx, origins, c); err != nil {
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
func (v *View) addOriginsOf(ctx context.Context, origins map[quad.IRI]*readings.Origin, c *Claim) error {
	all := map[quad.IRI]*Claim{}
	if err := v.AddOrigins(ctx, all, c); err != nil {
		return err
	}
	for _, c := range byIRI(all) {
		if c.Speaker == "" && len(c.DerivedFrom) > 0 {
			continue
		}
		if err := v.addOrigin(ctx, origins, c); err != nil {
			return err
		}
	}
	return nil
}

func (v *View) addOrigin(ctx context.Context, origins map[quad.IRI]*readings.Origin, c *Claim) error {
	from := c.Speaker
	if from == "" && len(c.Via) > 0 {
		from = c.Via[len(c.Via)-1]
	}
	if from == "" {
		publisher, err := v.object(ctx, c.Source, schema.Publisher)
		if err != nil {
			return err
		}
		from = iriOf(publisher)
	}
	text, err := v.Root(ctx, c.Source)
	if err != nil {
		return err
	}
	canonical, err := v.Canonical(ctx, v.readings.Hears(from))
	iri := iriOf(canonical)
	if err != nil || iri == "" {
		return err
	}
	one := origins[iri]
	if one == nil {
		one = &readings.Origin{Source: v.readings.Owner(iri, c.Source)}
		called := iri
		if one.Source != "" {
			called = from // as the claim's own source has it
		}
		if one.Name, err = v.namer.Name(ctx, called, c.Source); err != nil {
			return err
		}
		origins[iri] = one
	}
	one.Hear(text, c.Source)
	return nil
}
