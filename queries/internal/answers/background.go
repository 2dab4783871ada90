package answers

import (
	"context"
	"regexp"
	"strings"

	"kg/graph"
)

// withoutBackground gives the groups that need no background the evidence that they have
// without it. Dropping the ways through background is not enough: a recursion keeps only
// its shortest ways, so a way through background can hide one by what sources say.
func (q *Question) withoutBackground(ctx context.Context, v *graph.View, gs *groups) error {
	hidden, err := v.WithoutBackground(ctx)
	if hidden == nil || err != nil {
		return err
	}
	drops := v.DropsByBackground(gs.asked) || q.limits()
	if !gs.background && !drops {
		return nil
	}
	// A group that no background is on has the same rows without it, if as many.
	var without *groups
	if !drops {
		without, err = q.group(ctx, hidden, gs, 0)
	}
	if drops || err == nil && gs.lostRows() {
		without, err = q.group(ctx, hidden, nil, 0)
	}
	if err == nil {
		err = alignKeys(ctx, gs, without)
	}
	if err != nil {
		return err
	}
	for g := range gs.all() {
		if g.beyond {
			continue
		}
		other, err := without.sameAs(ctx, g)
		if err == nil && other != nil {
			err = g.replace(ctx, other)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lostRows reports whether a group has another number of rows in the second run.
func (gs *groups) lostRows() bool {
	for g := range gs.all() {
		if !g.beyond && g.recounted > 0 && g.recounted != g.rows {
			return true
		}
	}
	return false
}

// replace makes the rows of another group count, with the values that it shows.
func (g *group) replace(ctx context.Context, other *group) error {
	if g.in.counted != "" {
		if _, err := g.count(); err != nil { // of all its rows
			return err
		}
	}
	if _, err := other.shown(ctx); err != nil {
		return err
	}
	c := g.cached()
	c.values, c.replacement, c.alias = other.cache.values, other, other.cache.alias
	return nil
}

// limits reports whether the query has steps that drop nodes by their number: with them,
// background can take ways from a group without being on any. Most texts do not even
// have the letters, which is quicker to see.
func (q *Question) limits() bool {
	return (strings.Contains(q.Text, "imit") || strings.Contains(q.Text, "skip")) && limitCall.MatchString(q.Text)
}

var limitCall = regexp.MustCompile(`\b(limit|skip|getLimit)\s*\(`)
