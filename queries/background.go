package queries

import (
	"context"
	"regexp"

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
	if needs, err := q.mayNeedBackground(ctx, v, answers); err != nil || !needs {
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

// drops are the steps of a query that leave out what others lead to: there
// background can take ways from an answer without being on any.
var drops = regexp.MustCompile(`\b(except|difference|limit|skip|getLimit)\s*\(`)

// mayNeedBackground reports whether the answers could have other ways without
// background: if it is on one of those they have, or the query drops anything.
func (q *Query) mayNeedBackground(ctx context.Context, v *graph.View, answers *folds) (bool, error) {
	if drops.MatchString(q.Text) {
		return true, nil
	}
	for _, f := range answers.order {
		if on, err := v.OnBackground(ctx, f.answer); on || err != nil {
			return on, err
		}
	}
	return false, nil
}
