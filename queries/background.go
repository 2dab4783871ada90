package queries

import (
	"context"

	"kg/graph"
)

// withoutBackground gives the answers that need no background the evidence they
// have without it. To drop the ways that need it is not enough: a recursion keeps
// only its shortest ways, so one by what everybody knows can hide one by what
// sources say.
func (q *Query) withoutBackground(ctx context.Context, v *graph.View, params Params, answers *folds) error {
	told, err := v.WithoutBackground(ctx)
	if told == nil || err != nil {
		return err
	}
	without, err := q.fold(ctx, told, params)
	if err != nil {
		return err
	}
	for _, f := range answers.order {
		if other := without.byKey[f.key]; other != nil {
			f.answer = other.answer
		}
	}
	return nil
}
