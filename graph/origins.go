package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Origins are the independent origins of some claims. The origin of a claim is the
// last of its publisher, those it came via, and its speaker: ten papers that carry
// one agency's report have one origin. Of a derived claim it is those of the claims
// that it follows from.
//
// A speaker without a name is somebody else than the others of the same source; but
// two of different sources may be one person. So their number is a range.
type Origins struct {
	Least, Most int
	Named       []Named // those with a name, by name
	Unnamed     []Named // those that are only described
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
	origins := map[quad.IRI]*Claim{} // a claim by what it comes from
	for _, c := range claims {
		if err := v.addOriginsOf(ctx, origins, c); err != nil {
			return Origins{}, err
		}
	}
	o := Origins{}
	unnamed := map[quad.IRI]int{} // by source
	for _, iri := range slices.Sorted(maps.Keys(origins)) {
		c := origins[iri]
		name, err := v.nameOf(ctx, iri, []quad.IRI{c.Source})
		if err != nil {
			return o, err
		}
		if schema.Under(iri, c.Source) {
			unnamed[c.Source]++
			o.Unnamed = append(o.Unnamed, Named{iri, name})
			continue
		}
		o.Named = append(o.Named, Named{iri, name})
	}
	for _, list := range [][]Named{o.Named, o.Unnamed} {
		slices.SortFunc(list, func(a, b Named) int { return strings.Compare(a.Name, b.Name) })
	}
	o.Least, o.Most = len(o.Named), len(o.Named)+len(o.Unnamed)
	if len(unnamed) > 0 {
		o.Least += slices.Max(slices.Collect(maps.Values(unnamed)))
	}
	return o, nil
}

// addOriginsOf adds the origin of a claim, or those of what it is derived from.
func (v *View) addOriginsOf(ctx context.Context, origins map[quad.IRI]*Claim, c *Claim) error {
	all := map[quad.IRI]*Claim{}
	if err := v.addOrigins(ctx, all, c); err != nil {
		return err
	}
	for _, c := range all {
		if c.Speaker == "" && len(c.DerivedFrom) > 0 {
			continue
		}
		origin := c.Speaker
		if origin == "" && len(c.Via) > 0 {
			origin = c.Via[len(c.Via)-1]
		}
		if origin == "" {
			publisher, err := v.object(ctx, c.Source, schema.Publisher)
			if err != nil {
				return err
			}
			origin = iriOf(publisher)
		}
		one, err := v.Canonical(ctx, origin)
		if err != nil {
			return err
		}
		if iri := iriOf(one); iri != "" {
			origins[iri] = c
		}
	}
	return nil
}
