package data

import (
	"context"
	"slices"
)

// check holds the passages of one source against its text.
type check struct {
	*Verified
	was        *formerly
	finder     *finder
	order      []int             // of the locators: that of the text
	words      map[wanted][]byte // of passages that are not where the locator says
	places     map[wanted][]Span // where those stand that stand somewhere
	paragraphs []Span
	alike      *alike
	neighbours *neighbours
}

// start gives every passage a verdict that its own text is enough for; those that
// it does not have are left without one.
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
		c.was = c.was.and(original(c.Text.Text, c.SHA256))
	}
	c.finder = newFinder(c.Text.Text)
	c.words, c.places = map[wanted][]byte{}, map[wanted][]Span{}
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

// find looks for the passages that are not where the locator says: for their words
// where these are known; near where they should be, for an insertion moves all
// that follows alike; and then everywhere.
func (c *check) find(ctx context.Context) error {
	shifts := recent{0}
	var left []wanted
	for _, i := range c.order {
		r := &c.Results[i]
		w := newWanted(r.Locator)
		if r.Verdict == Match {
			shifts.add(0)
			continue
		}
		if w.length == 0 || c.words[w] != nil {
			continue
		}
		c.words[w] = c.was.of(r.Locator)
		if c.words[w] == nil {
			if start, ok := c.near(r.Start, w, shifts); ok {
				shifts.add(start - r.Start)
				c.words[w] = c.Text.Slice(start, start+w.length)
			}
		}
		if c.words[w] == nil {
			left = append(left, w)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	hits, err := c.finder.search(ctx, left)
	if err != nil {
		return err
	}
	for w, start := range hits {
		c.words[w] = c.Text.Slice(start, start+w.length)
	}
	for w, words := range c.words {
		if words != nil {
			c.places[w] = c.finder.places(words)
		}
	}
	return nil
}

// around is how far from where it should be a passage is looked for first, in
// code points.
const around = 1000

// near looks for a passage where others moved to, and then around there.
func (c *check) near(start int, w wanted, shifts recent) (at int, ok bool) {
	use := func(from int, sum [32]byte) bool {
		if sum == w.sum {
			at, ok = from, true
		}
		return !ok
	}
	for _, shift := range shifts {
		if p := start + shift; c.finder.near(p, p, w.length, words, use) && c.finder.near(p, p, w.length, others, use) {
			continue
		}
		return at, ok
	}
	p := start + shifts[0]
	c.finder.near(p-around, p+around, w.length, words, use)
	return at, ok
}

// recent are the last different shifts of passages, the latest first.
type recent []int

func (r *recent) add(shift int) {
	const most = 8
	if i := slices.Index(*r, shift); i >= 0 {
		*r = slices.Delete(*r, i, i+1)
	}
	*r = slices.Insert(*r, 0, shift)
	*r = (*r)[:min(len(*r), most)]
}

// leaves reports whether there are passages that the text does not have.
func (c *check) leaves() bool {
	return slices.ContainsFunc(c.Results, func(r Result) bool { return r.Verdict == "" })
}

// unfound are the passages that the text does not have, and their words, if known.
func (c *check) unfound() map[wanted][]byte {
	list := map[wanted][]byte{}
	for i := range c.Results {
		if w := newWanted(c.Results[i].Locator); c.Results[i].Verdict == "" && w.length > 0 {
			list[w] = c.words[w]
		}
	}
	return list
}

// finish gives a verdict to what stands in no text: see nearest.go.
func (c *check) finish(ctx context.Context) error {
	for i := range c.Results {
		r := &c.Results[i]
		if r.Verdict != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if words := c.words[newWanted(r.Locator)]; words != nil && len(words) <= longestAligned {
			r.Nearest = c.nearest(string(words), r.Locator)
		} else if r.Nearest = c.drafted(r.Locator); r.Nearest == nil {
			r.Nearest = c.between(r.Locator)
		}
		if r.Verdict = Altered; r.Nearest == nil {
			r.Verdict = Missing
		}
	}
	return nil
}
