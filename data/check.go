package data

import (
	"context"
	"slices"

	"kg/data/internal/nearest"
	"kg/internal/sourcetext"
)

// check compares the passages of one source with its text.
type check struct {
	*Verified
	former     *former
	finder     *sourcetext.Finder
	order      []int                                // of the locators, by their start
	words      map[sourcetext.Key][]byte            // of passages that are not where the locator says; nil if they are not known
	spans      map[sourcetext.Key][]sourcetext.Span // of these passages in the text
	paragraphs []sourcetext.Span
	tokens     *nearest.Text
	neighbours *neighbours
}

// start gives verdicts to the passages that the source's own text has. The others have none
// yet.
func (c *check) start(ctx context.Context) error {
	c.Results = make([]Result, len(c.List))
	for i, l := range c.List {
		c.Results[i] = Result{Locator: l, Verdict: NoText}
	}
	if c.State = NoText; c.Text == nil {
		return nil
	}
	c.State, c.Body = Changed, c.Locators.Body
	if c.Text.Same {
		c.State = Same
	} else {
		if c.Text.Reextracted {
			c.State = Reextracted
		}
		c.former = c.former.and(c.Text.Original(c.SHA256))
	}
	c.finder = sourcetext.NewFinder(c.Text.Text)
	c.words, c.spans = map[sourcetext.Key][]byte{}, map[sourcetext.Key][]sourcetext.Span{}
	c.order = make([]int, len(c.List))
	for i := range c.order {
		c.order[i] = i
	}
	slices.SortStableFunc(c.order, func(a, b int) int { return c.List[a].Start - c.List[b].Start })
	for i := range c.Results {
		r := &c.Results[i]
		if r.Verdict = ""; c.Text.Holds(r.Locator) && r.Start < r.End {
			r.Verdict = Match
		}
	}
	if err := c.find(ctx); err != nil {
		return err
	}
	c.number()
	return nil
}

// find looks for the passages that are not where the locator says: for their words if these
// are known; near where they should be, for an insertion moves all that follows by one
// shift; and then everywhere.
func (c *check) find(ctx context.Context) error {
	shifts := recent{0}
	var left []sourcetext.Key
	for _, i := range c.order {
		r := &c.Results[i]
		k := sourcetext.KeyOf(r.Locator)
		if r.Verdict == Match {
			shifts.add(0)
			continue
		}
		if k.Length == 0 || c.words[k] != nil {
			continue
		}
		c.words[k] = c.former.words(r.Locator)
		if c.words[k] == nil {
			if start, ok := c.finder.Near(r.Start, k, shifts); ok {
				shifts.add(start - r.Start)
				c.words[k] = c.Text.Slice(start, start+k.Length)
			}
		}
		if c.words[k] == nil {
			left = append(left, k)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	starts, err := c.finder.Search(ctx, left)
	if err != nil {
		return err
	}
	for k, start := range starts {
		c.words[k] = c.Text.Slice(start, start+k.Length)
	}
	for k, words := range c.words {
		if words != nil {
			c.spans[k] = c.finder.Spans(words)
		}
	}
	return nil
}

// recent holds the last different shifts of passages, the latest first.
type recent []int

func (r *recent) add(shift int) {
	const most = 8
	if i := slices.Index(*r, shift); i >= 0 {
		*r = slices.Delete(*r, i, i+1)
	}
	*r = slices.Insert(*r, 0, shift)
	*r = (*r)[:min(len(*r), most)]
}

// unsettled reports whether a passage has no verdict yet.
func (c *check) unsettled() bool {
	return slices.ContainsFunc(c.Results, func(r Result) bool { return r.Verdict == "" })
}

// unfound returns the passages that the text does not have, with their words if known.
func (c *check) unfound() map[sourcetext.Key][]byte {
	list := map[sourcetext.Key][]byte{}
	for i := range c.Results {
		if k := sourcetext.KeyOf(c.Results[i].Locator); c.Results[i].Verdict == "" && k.Length > 0 {
			list[k] = c.words[k]
		}
	}
	return list
}

// finish gives verdicts to the passages that stand in no text: see neighbours.go.
func (c *check) finish(ctx context.Context) error {
	for i := range c.Results {
		r := &c.Results[i]
		if r.Verdict != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if words := c.words[sourcetext.KeyOf(r.Locator)]; words != nil && len(words) <= nearest.Longest {
			r.Nearest = c.nearest(string(words), r.Locator)
		} else if r.Nearest = c.betweenEnds(r.Locator); r.Nearest == nil {
			r.Nearest = c.between(r.Locator)
		}
		if r.Verdict = Altered; r.Nearest == nil {
			r.Verdict = Missing
		}
	}
	return nil
}
