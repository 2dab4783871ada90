package schema

import (
	"cmp"
	"slices"
	"strings"
)

// Saying is a claim as people read it.
type Saying struct {
	Says, Speaker, Stance, Hedge string
	Edges                        []SaidEdge
}

// SaidEdge is an edge of a claim in words.
type SaidEdge struct{ Subject, Relation, Object string }

// Saying is a claim of the file as people read it; false if there is none with
// that id.
func (c *Checked) Saying(id string) (Saying, bool) {
	i := slices.IndexFunc(c.doc.Claims, func(cl Claim) bool { return cl.ID.Text == id })
	if i < 0 {
		return Saying{}, false
	}
	cl := &c.doc.Claims[i]
	s := Saying{Says: cl.Says.Text, Stance: cmp.Or(cl.Stance.Text, string(Asserts)), Hedge: cl.Hedge.Text}
	if len(cl.DerivedFrom) == 0 {
		s.Speaker = c.doc.nameOf(cmp.Or(cl.Speaker.Text, c.doc.Source.Publisher.Text), false)
	}
	for _, e := range cl.Edges {
		object := e.Object.text()
		if c.entities[object] != nil && e.Object.Quantity == nil && e.Object.Date == nil {
			object = c.doc.nameOf(object, true)
		}
		s.Edges = append(s.Edges, SaidEdge{c.doc.nameOf(e.Subject.Text, false), strings.ReplaceAll(e.Relation.Text, "-", " "), object})
	}
	return s, true
}
