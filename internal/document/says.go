package document

import (
	"strings"

	"kg/schema"
)

// says returns the text of a claim that has no words of its own: one sentence per edge.
func (c *checker) says(cl *Claim) string {
	c.indexEntities()
	var list, parts []string
	denied := schema.Stance(cl.Stance.Text) == schema.Denies
	for i := range cl.long {
		e := &cl.Edges[i]
		parts = append(parts, strings.ReplaceAll(e.Relation.Text, "-", " ")+" "+c.objectText(e))
		if i+1 < cl.long && cl.Edges[i+1].Subject.Text == e.Subject.Text {
			continue
		}
		joint := ": "
		if len(parts) == 1 {
			joint = " "
		}
		list = append(list, c.doc.nameOf(e.Subject.Text, len(list) > 0 || denied)+joint+strings.Join(parts, ", "))
		parts = nil
	}
	text := strings.Join(append(list, cl.texts...), "; ")
	if denied {
		text = "It is not so: " + text
	}
	return strings.TrimSuffix(text, ".") + "."
}

// objectText returns the object of an edge for display.
func (c *checker) objectText(e *Edge) string {
	rel := c.o.Relation(e.Relation.Text)
	if rel != nil && rel.Range != nil && len(rel.Range.Codes) == 0 && e.Object.Quantity == nil && e.Object.Date == nil {
		return c.doc.nameOf(e.Object.Text, true)
	}
	return e.Object.text()
}
