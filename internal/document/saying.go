package document

import (
	"cmp"
	"slices"
	"strings"

	"kg/internal/strict"
	"kg/schema"
)

// Saying is a claim of the file for display: names replace the ids of
// entities, and a stance and a speaker for those left out. It has no more than these,
// its words, its hedge and its edges; it is false if there is none with that id.
func (c *Checked) Saying(id string) (Claim, bool) {
	i := slices.IndexFunc(c.doc.Claims, func(cl Claim) bool { return cl.ID.Text == id })
	if i < 0 {
		return Claim{}, false
	}
	cl := &c.doc.Claims[i]
	s := Claim{ID: cl.ID, Says: cl.Says, Stance: strict.Word{Text: cmp.Or(cl.Stance.Text, string(schema.Asserts))}, Hedge: cl.Hedge}
	if len(cl.DerivedFrom) == 0 {
		s.Speaker.Text = c.doc.nameOf(cmp.Or(cl.Speaker.Text, c.doc.Source.Publisher.Text), false)
	}
	for _, e := range cl.Edges {
		object := e.Object.text()
		if c.entities[object] != nil && e.Object.Quantity == nil && e.Object.Date == nil {
			object = c.doc.nameOf(object, true)
		}
		s.Edges = append(s.Edges, Edge{
			Subject: strict.Word{Text: c.doc.nameOf(e.Subject.Text, false)}, Relation: strict.Word{Text: strings.ReplaceAll(e.Relation.Text, "-", " ")},
			Object: Object{Word: strict.Word{Text: object}},
		})
	}
	return s, true
}
