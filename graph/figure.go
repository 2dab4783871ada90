package graph

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/figures"
)

// readOfFigures are the terms by which people read a quantity or a date.
var readOfFigures = slices.Concat(figures.Terms, figures.Words)

// Same spells a value so that two compare which people read alike: a quantity or
// a date by what is read of it, though each claim has a node of its own for it.
func (v *View) Same(ctx context.Context, value quad.Value) (string, error) {
	if text, ok := v.alike[value]; ok {
		return text, nil
	}
	figure, err := figures.Spell(ctx, v.r, value, readOfFigures)
	if err != nil || figure == "" {
		return quad.StringOf(value), err
	}
	v.alike[value] = figure
	return figure, nil
}

// AppendSame is Same at the end of a text.
func (v *View) AppendSame(ctx context.Context, dst []byte, value quad.Value) ([]byte, error) {
	if iri, ok := value.(quad.IRI); ok && !figures.Is(iri) {
		return append(append(append(dst, '<'), iri...), '>'), nil
	}
	text, err := v.Same(ctx, value)
	return append(dst, text...), err
}

// datesOf are the dates of an event.
func (v *View) datesOf(ctx context.Context, event quad.IRI) ([]figures.EventDate, error) {
	if list, ok := v.dates[event]; ok {
		return list, nil
	}
	list, err := figures.Dates(ctx, v.r, event)
	if err == nil {
		v.dates[event] = list
	}
	return list, err
}

// excluded reports whether the dates of an event keep it from what was so on a day:
// see figures.Exclude.
func (v *View) excluded(ctx context.Context, event quad.IRI, day string) (bool, error) {
	if day == "" {
		return false, nil
	}
	dates, err := v.datesOf(ctx, event)
	return figures.Exclude(dates, day), err
}

// inOrder reports whether no event is certainly before one that comes earlier.
func (v *View) inOrder(ctx context.Context, events []quad.IRI) (bool, error) {
	list := make([][]figures.EventDate, len(events))
	for i, event := range events {
		var err error
		if list[i], err = v.datesOf(ctx, event); err != nil {
			return false, err
		}
	}
	return figures.InOrder(list), nil
}

// Within reports whether a node may be of a span of time, whose ends are given as
// YYYY, YYYY-MM or YYYY-MM-DD, both included, and are open where they are empty:
// whether one of its dates meets the span. What has no date may be of any.
func (v *View) Within(ctx context.Context, node quad.IRI, since, until string) (bool, error) {
	if since == "" && until == "" {
		return true, nil
	}
	dates, err := v.datesOf(ctx, node)
	return figures.Meet(dates, since, until), err
}
