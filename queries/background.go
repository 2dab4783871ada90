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
	drops := v.DropsByBackground(answers.asked) || q.limits()
	if !answers.known && !drops {
		return nil
	}
	// An answer that no background is on has the same rows without it, if as many.
	var without *folds
	if !drops {
		without, err = q.fold(ctx, told, params, answers, 0)
	}
	if drops || err == nil && answers.fewerAgain() {
		without, err = q.fold(ctx, told, params, nil, 0)
	}
	if err == nil {
		err = alignKeys(ctx, answers, without)
	}
	if err != nil {
		return err
	}
	for f := range answers.all() {
		if f.behind {
			continue
		}
		other, err := without.like(ctx, f)
		if err == nil && other != nil {
			err = f.replace(ctx, other)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fewerAgain reports whether an answer has not as many rows again: see Query.fold.
func (a *folds) fewerAgain() bool {
	for f := range a.all() {
		if !f.behind && f.again > 0 && f.again != f.rows {
			return true
		}
	}
	return false
}

// replace gives an answer the rows of another, with what they show.
func (f *fold) replace(ctx context.Context, other *fold) error {
	if f.of.counted != "" {
		if _, err := f.tally(); err != nil { // of all its rows
			return err
		}
	}
	if _, err := other.shown(ctx); err != nil {
		return err
	}
	s := f.look()
	s.values, s.instead, s.alias = other.seen.values, other, other.seen.alias
	return nil
}

// limits reports whether the query has steps that leave out what others lead to by
// number: there background can take ways from an answer without being on any. Most
// texts have not even the letters of one, which is quicker to tell.
func (q *Query) limits() bool {
	return (strings.Contains(q.Text, "imit") || strings.Contains(q.Text, "skip")) && limits.MatchString(q.Text)
}

var limits = regexp.MustCompile(`\b(limit|skip|getLimit)\s*\(`)
