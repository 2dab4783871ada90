package data

import (
	"cmp"
	"slices"

	"kg/internal/sourcetext"
)

// number gives the passages that were found their paragraphs and verdicts.
func (c *check) number() {
	if !c.Text.Same {
		c.Body = c.newBody()
	}
	c.paragraphs = c.Text.Text.ParagraphsOf(c.Locators, c.Body)
	for i := range c.Results {
		r := &c.Results[i]
		if r.Verdict == Match {
			switch n := c.rangeOf(sourcetext.Span{Start: r.Start, End: r.End}); {
			case n.Paragraph != r.Paragraph:
				r.Verdict, r.Nearest = WrongParagraph, n
			case r.Page > 0 && n.Page > 0 && n.Page != r.Page:
				r.Verdict, r.Nearest = WrongPage, n
			}
			continue
		}
		spans := c.spans[sourcetext.KeyOf(r.Locator)]
		if len(spans) == 0 {
			continue
		}
		r.Verdict, r.Nearest = Moved, c.rangeOf(spans[0])
		for _, at := range spans[1:] {
			r.Verdict = Ambiguous
			r.Nearest.Others = append(r.Nearest.Others, *c.rangeOf(at))
		}
	}
}

// moved returns how far a passage moved, if it stands at one position.
func (c *check) moved(r *Result) (shift int, ok bool) {
	switch r.Verdict {
	case Match, WrongParagraph, WrongPage:
		return 0, true
	}
	spans := c.spans[sourcetext.KeyOf(r.Locator)]
	if len(spans) != 1 {
		return 0, false
	}
	return spans[0].Start - r.Start, true
}

// newBody returns where paragraph 1 begins in a text that changed: where it began, or as far
// away as passages moved, whichever leaves most passages their paragraph. Ties go to the
// former, then to the shift of most passages.
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
		paragraphs, n := c.Text.Text.ParagraphsOf(c.Locators, body), 0
		for i := range c.Results {
			r := &c.Results[i]
			if by, ok := c.moved(r); ok && (sourcetext.Span{Start: r.Start + by, End: r.End + by}).In(paragraphs) == r.Paragraph {
				n++
			}
		}
		if n > kept {
			best, kept = body, n
		}
	}
	return best
}
