package queries

import (
	"context"
	"iter"
	"time"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// offerTime is how long a question is tried for somebody who waits.
const offerTime = 300 * time.Millisecond

// Offered names the questions, in order, to which the graph has an answer: a row when no
// parameter has a value. A question that takes long is offered, and so is one that needs
// a value. Patience is how long each is tried; 0 is what suits somebody who waits for a
// list. With little of it a slow machine offers more than a fast one: unsure are those
// of the names whose time ran out.
func (s Set) Offered(ctx context.Context, v *graph.View, patience time.Duration) (names, unsure []string, err error) {
	if patience == 0 {
		patience = offerTime
	}
	if empty, err := isEmpty(ctx, v); empty || err != nil {
		return nil, nil, err
	}
	views := []*graph.View{v}
	whole, err := v.WithDenied(ctx)
	if err != nil {
		return nil, nil, err
	}
	if whole != nil {
		views = append(views, whole)
	}
	for _, name := range s.Names() {
		for _, v := range views {
			tried, stop := context.WithTimeout(ctx, patience)
			offered, late := s[name].offers(tried, v), tried.Err() != nil
			stop()
			if offered {
				names = append(names, name)
				if late {
					unsure = append(unsure, name)
				}
				break
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
	}
	return names, unsure, nil
}

func isEmpty(ctx context.Context, v *graph.View) (bool, error) {
	for _, err := range v.Each(ctx, quad.Quad{}) {
		return false, err
	}
	return true, nil
}

// offers reports whether the question has a row, or fails to tell.
func (q *Query) offers(ctx context.Context, v *graph.View) bool {
	asked, err := v.Saved(ctx, q.Text, q.globals(nil))
	if err != nil {
		return true
	}
	next, stop := iter.Pull2(asked.Rows())
	defer stop()
	_, _, more := next() // a row, or what went wrong
	return more
}
