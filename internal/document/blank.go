package document

import "slices"

// Blank marks, in a claims file, a value that a person still has to fill in. Check
// rejects it wherever a value is required, and says so.
const Blank = "???"

// blanks reports the claims whose edges are still blank, and removes them from the
// document, which cannot be checked as a whole then; it reports whether there are any.
func (c *checker) blanks() bool {
	all := len(c.doc.Claims)
	c.doc.Claims = slices.DeleteFunc(c.doc.Claims, func(cl Claim) bool {
		for _, s := range cl.Sentences {
			if s.Text.Text == Blank {
				c.r.Addf(s.Text.Pos, "the edges of this claim are still blank (%s): fill them in, or take the claim out", Blank)
				return true
			}
		}
		return false
	})
	return len(c.doc.Claims) < all
}
