package figures

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// EventDate is a date of an event: the first day it can be and the last, as YYYY-MM-DD,
// each empty where it is open.
type EventDate struct {
	First, Last string
	Lasts       bool   // an interval: the dated event begins and ends
	Loose       bool   // it is approximate, or uncertain
	Text        string // in EDTF
}

// Dates returns the dates of an event; none for a node that is no event, or has no date.
func Dates(ctx context.Context, r *read.Quads, event quad.IRI) (list []EventDate, err error) {
	nodes, err := r.Objects(ctx, event, schema.When)
	if err != nil {
		return nil, err
	}
	for _, node := range nodes {
		var d EventDate
		for q, err := range r.Each(ctx, quad.Quad{Subject: node}) {
			if err != nil {
				return nil, err
			}
			switch q.Predicate {
			case schema.Earliest:
				d.First = term.TextOf(q.Object)
			case schema.Latest:
				d.Last = term.TextOf(q.Object)
			case schema.Precision:
				d.Lasts = term.TextOf(q.Object) == "interval"
			case schema.Approximate, schema.Uncertain:
				d.Loose = d.Loose || q.Object == quad.Value(quad.Bool(true))
			case schema.EDTF:
				d.Text = term.TextOf(q.Object)
			}
		}
		list = append(list, d)
	}
	return list, nil
}

// Events reads the dates of the events of a graph that does not change, each once. It is
// not for concurrent use.
type Events struct {
	r     *read.Quads
	dates map[quad.IRI][]EventDate
}

// NewEvents makes an Events.
func NewEvents(r *read.Quads) *Events { return &Events{r, map[quad.IRI][]EventDate{}} }

// Dates returns the dates of an event.
func (e *Events) Dates(ctx context.Context, event quad.IRI) ([]EventDate, error) {
	if list, ok := e.dates[event]; ok {
		return list, nil
	}
	list, err := Dates(ctx, e.r, event)
	if err == nil {
		e.dates[event] = list
	}
	return list, err
}

// Excluded reports whether the dates of an event exclude it from a day: see Exclude.
func (e *Events) Excluded(ctx context.Context, event quad.IRI, day string) (bool, error) {
	if day == "" {
		return false, nil
	}
	dates, err := e.Dates(ctx, event)
	return Exclude(dates, day), err
}

// InOrder reports whether no event is certainly before one that comes earlier in the list.
func (e *Events) InOrder(ctx context.Context, events []quad.IRI) (bool, error) {
	list := make([][]EventDate, len(events))
	for i, event := range events {
		var err error
		if list[i], err = e.Dates(ctx, event); err != nil {
			return false, err
		}
	}
	return InOrder(list), nil
}

// Exclude reports whether the dates of an event rule it out on a day: each says that the
// event begins later, or that it lasted and had ended. A completed event stays completed,
// and a date known to the year excludes none of its days. Without a day, and without a
// date, nothing is excluded.
func Exclude(dates []EventDate, day string) bool {
	for _, d := range dates {
		later := d.First != "" && d.First > day
		ended := d.Lasts && d.Last != "" && d.Last < day
		if !later && !ended {
			return false
		}
	}
	return len(dates) > 0 && day != ""
}

// InOrder reports whether no event is certainly before one that comes earlier, by the
// dates of each.
func InOrder(events [][]EventDate) bool {
	latest := "" // of the first days of the events before
	for _, dates := range events {
		var first, last string
		for i, d := range dates { // sources may differ: any of their dates will do
			if i == 0 || d.First < first {
				first = d.First
			}
			if i == 0 || last != "" && (d.Last == "" || d.Last > last) {
				last = d.Last
			}
		}
		if last != "" && last < latest {
			return false
		}
		latest = max(latest, first)
	}
	return true
}

// Meet reports whether one of the dates meets a span of time, whose ends are given as
// YYYY, YYYY-MM or YYYY-MM-DD, both included, and are open where they are empty. An event
// without a date may meet any.
func Meet(dates []EventDate, since, until string) bool {
	for _, d := range dates {
		before := d.Last != "" && d.Last < since // a day is never before its own year
		after := until != "" && d.First != "" && d.First[:min(len(until), len(d.First))] > until
		if !before && !after {
			return true
		}
	}
	return len(dates) == 0
}
