package document

import "slices"

// Blank stands in a claims file for what a person still has to fill in. Check
// refuses it wherever something is needed, and says so.
const Blank = "???"

// blanks notes the claims whose edges are still blank, and takes them out of the
// document, which nobody can check as a whole then: it tells whether there are any.
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
