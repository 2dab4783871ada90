package graph

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// statusFor are the status of an event as a claim has it: what it states itself,
// else other claims of the witness from its source, else any claim of its source.
func (v *View) statusFor(ctx context.Context, event quad.IRI, c *Claim, direct map[quad.IRI]*Claim) ([]string, error) {
	stated, err := v.statusOf(ctx, event)
	if err != nil || len(stated) == 0 {
		return nil, err
	}
	ranks := []func(label quad.IRI) bool{
		func(label quad.IRI) bool { return label == c.IRI },
		func(label quad.IRI) bool { return direct[label] != nil && direct[label].Source == c.Source },
		func(label quad.IRI) bool {
			return c.Source != "" && schema.IRI(label).Under(c.Source)
		},
	}
	for _, counts := range ranks {
		var list []string
		for _, s := range stated {
			if counts(s.label) {
				list = union(list, []string{s.status})
			}
		}
		if len(list) > 0 {
			return list, nil
		}
	}
	return nil, nil
}

// stated is the status of an event, and the claim that states it.
type stated struct {
	status string
	label  quad.IRI
}

func (v *View) statusOf(ctx context.Context, event quad.IRI) ([]stated, error) {
	if list, ok := v.status[event]; ok || event == "" {
		return list, nil
	}
	list := []stated(nil)
	if objects, err := v.objects(ctx, event, schema.Status); err != nil || len(objects) == 0 {
		v.status[event] = nil
		return nil, err
	}
	err := v.each(ctx, quad.Quad{Subject: event}, func(q quad.Quad) {
		if q.Predicate == schema.Status {
			list = append(list, stated{schema.IRI(iriOf(q.Object)).LastPart(), iriOf(q.Label)})
		}
	})
	v.status[event] = list
	return list, err
}

// doubtsOf reports whether a quantity or a date is approximate or uncertain.
func (v *View) doubtsOf(ctx context.Context, node quad.IRI) ([]string, error) {
	if doubts, ok := v.doubts[node]; ok || node == "" {
		return doubts, nil
	}
	var doubts []string
	for _, predicate := range []quad.IRI{schema.Approximate, schema.Uncertain} {
		objects, err := v.objects(ctx, node, predicate)
		if err != nil {
			return nil, err
		}
		if slices.Contains(objects, quad.Value(quad.Bool(true))) {
			doubts = append(doubts, schema.IRI(predicate).LastPart())
		}
	}
	v.doubts[node] = doubts
	return doubts, nil
}
