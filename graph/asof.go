package graph

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// span is a date of an event: the first day it can be and the last, as YYYY-MM-DD,
// each empty where it is open.
type span struct {
	first, last string
	lasts       bool // an interval: what it dates begins and ends
}

// spans are the dates of an event; none for what is no event, or has no date.
func (v *View) spans(ctx context.Context, event quad.IRI) ([]span, error) {
	if list, ok := v.dates[event]; ok {
		return list, nil
	}
	nodes, err := v.objects(ctx, event, schema.When)
	if err != nil {
		return nil, err
	}
	var list []span
	for _, node := range nodes {
		var s span
		for q, err := range v.Each(ctx, quad.Quad{Subject: node}) {
			if err != nil {
				return nil, err
			}
			switch q.Predicate {
			case schema.Earliest:
				s.first = Text(q.Object)
			case schema.Latest:
				s.last = Text(q.Object)
			case schema.Precision:
				s.lasts = Text(q.Object) == "interval"
			}
		}
		list = append(list, s)
	}
	v.dates[event] = list
	return list, nil
}

// excluded reports whether the dates of an event keep it from what was so on a day:
// each says that it begins later, or that it lasted and had ended. What was done
// before stays done, and a date that is known to the year excludes none of its days.
// Without a day, and without a date, nothing is excluded.
func (v *View) excluded(ctx context.Context, event quad.IRI, day string) (bool, error) {
	if day == "" {
		return false, nil
	}
	spans, err := v.spans(ctx, event)
	for _, s := range spans {
		later := s.first != "" && s.first > day
		ended := s.lasts && s.last != "" && s.last < day
		if !later && !ended {
			return false, err
		}
	}
	return len(spans) > 0, err
}

// inOrder reports whether no event is certainly before one that comes earlier.
func (v *View) inOrder(ctx context.Context, events []quad.IRI) (bool, error) {
	latest := "" // of the first days of the events before
	for _, event := range events {
		spans, err := v.spans(ctx, event)
		if err != nil {
			return false, err
		}
		var first, last string
		for i, s := range spans { // sources may differ: any of their dates will do
			if i == 0 || s.first < first {
				first = s.first
			}
			if i == 0 || last != "" && (s.last == "" || s.last > last) {
				last = s.last
			}
		}
		if last != "" && last < latest {
			return false, nil
		}
		latest = max(latest, first)
	}
	return true, nil
}
