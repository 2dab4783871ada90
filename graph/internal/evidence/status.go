package evidence

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/read"
	"kg/schema"
)

// StatusFor returns the status of an event as a claim has it: what the claim states
// itself, else what other claims of the witness from its source state, else any claim of
// its source.
func (r *Reader) StatusFor(ctx context.Context, event quad.IRI, c *claims.Claim, direct map[quad.IRI]*claims.Claim) ([]string, error) {
	stated, err := r.statusOf(ctx, event)
	if err != nil || len(stated) == 0 {
		return nil, err
	}
	nearest := []func(label quad.IRI) bool{
		func(label quad.IRI) bool { return label == c.IRI },
		func(label quad.IRI) bool { return direct[label] != nil && direct[label].Source == c.Source },
		func(label quad.IRI) bool {
			return c.Source != "" && schema.IRI(label).Under(c.Source)
		},
	}
	for _, counts := range nearest {
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

// eventStatus is the status of an event, and the claim that states it.
type eventStatus struct {
	status string
	label  quad.IRI
}

func (r *Reader) statusOf(ctx context.Context, event quad.IRI) ([]eventStatus, error) {
	if list, ok := r.status[event]; ok || event == "" {
		return list, nil
	}
	if r.status == nil {
		r.status = map[quad.IRI][]eventStatus{}
	}
	list := []eventStatus(nil)
	if objects, err := r.R.Objects(ctx, event, schema.Status); err != nil || len(objects) == 0 {
		r.status[event] = nil
		return nil, err
	}
	err := r.R.Do(ctx, quad.Quad{Subject: event}, func(q quad.Quad) {
		if q.Predicate == schema.Status {
			list = append(list, eventStatus{schema.IRI(read.IRI(q.Object)).LastPart(), read.IRI(q.Label)})
		}
	})
	r.status[event] = list
	return list, err
}

// doubtsOf returns "approximate" and "uncertain" for a quantity or a date that is so.
func (r *Reader) doubtsOf(ctx context.Context, node quad.IRI) ([]string, error) {
	if doubts, ok := r.doubts[node]; ok || node == "" {
		return doubts, nil
	}
	var doubts []string
	for _, predicate := range []quad.IRI{schema.Approximate, schema.Uncertain} {
		objects, err := r.R.Objects(ctx, node, predicate)
		if err != nil {
			return nil, err
		}
		if slices.Contains(objects, quad.Value(quad.Bool(true))) {
			doubts = append(doubts, schema.IRI(predicate).LastPart())
		}
	}
	if r.doubts == nil {
		r.doubts = map[quad.IRI][]string{}
	}
	r.doubts[node] = doubts
	return doubts, nil
}
