package queries

import (
	"context"
	"regexp"
	"strings"

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
	if !answers.known && !v.DropsByBackground(answers.asked) && !q.limits() {
		return nil
	}
	without, err := q.fold(ctx, told, params)
	if err == nil {
		err = alignKeys(ctx, answers, without)
	}
	if err != nil {
		return err
	}
	for _, f := range answers.order {
		other, err := without.like(ctx, f)
		if err != nil {
			return err
		}
		if other != nil {
			f.values, f.rows, f.alias = other.values, other.rows, other.alias
		}
	}
	return nil
}

// limits reports whether the query has steps that leave out what others lead to by
// number: there background can take ways from an answer without being on any. Most
// texts have not even the letters of one, which is quicker to tell.
func (q *Query) limits() bool {
	return (strings.Contains(q.Text, "imit") || strings.Contains(q.Text, "skip")) && limits.MatchString(q.Text)
}

var limits = regexp.MustCompile(`\b(limit|skip|getLimit)\s*\(`)
