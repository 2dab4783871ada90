package data

import (
	"cmp"
	"slices"
)

// number gives what was found its paragraph, and its verdict.
func (c *check) number() {
	if !c.Text.Same {
		c.Body = c.newBody()
	}
	c.paragraphs = c.Text.parts(c.Locators, c.Body)
	for i := range c.Results {
		r := &c.Results[i]
		if r.Verdict == Match {
			switch n := c.nearestAt(Span{r.Start, r.End}); {
			case n.Paragraph != r.Paragraph:
				r.Verdict, r.Nearest = WrongParagraph, n
			case r.Page > 0 && n.Page > 0 && n.Page != r.Page:
				r.Verdict, r.Nearest = WrongPage, n
			}
			continue
		}
		places := c.places[newWanted(r.Locator)]
		if len(places) == 0 {
			continue
		}
		r.Verdict, r.Nearest = Moved, c.nearestAt(places[0])
		for _, at := range places[1:] {
			r.Verdict = Ambiguous
			r.Nearest.Others = append(r.Nearest.Others, *c.nearestAt(at))
		}
	}
}

// moved is by how much a passage moved that stands at one place.
func (c *check) moved(r *Result) (shift int, ok bool) {
	switch r.Verdict {
	case Match, WrongParagraph, WrongPage:
		return 0, true
	}
	places := c.places[newWanted(r.Locator)]
	if len(places) != 1 {
		return 0, false
	}
	return places[0].Start - r.Start, true
}

// newBody is where paragraph 1 begins in a text that changed: where it began, or as
// much further as passages moved; whichever leaves most passages their paragraph.
// Of several the first is taken, then the one as which most passages moved.
func (c *check) newBody() int {
	counts := map[int]int{}
	if c.Table != "" && c.Locators.Body == 0 {
		return 0 // a table begins with its text, a sheet where it begins in the workbook
	}
	for i := range c.Results {
		if shift, ok := c.moved(&c.Results[i]); ok && shift != 0 {
			counts[shift]++
		}
	}
	shifts := []int{0}
	for shift := range counts {
		shifts = append(shifts, shift)
	}
	slices.SortFunc(shifts[1:], func(a, b int) int { return cmp.Or(counts[b]-counts[a], a-b) })
	const most = 16
	best, kept := c.Locators.Body, -1
	for _, shift := range shifts[:min(len(shifts), most)] {
		body := c.Locators.Body + shift
		if body < 0 || body > c.Text.Len() {
			continue
		}
		paragraphs, n := c.Text.parts(c.Locators, body), 0
		for i := range c.Results {
			r := &c.Results[i]
			if by, ok := c.moved(r); ok && (Span{r.Start + by, r.End + by}).In(paragraphs) == r.Paragraph {
				n++
			}
		}
		if n > kept {
			best, kept = body, n
		}
	}
	return best
}
