package document

import (
	"github.com/cayleygraph/quad"

	"kg/schema"
)

// Unused are the ids of the file's entities that nothing refers to: no claim, not
// the source, and no same-as.
func (c *Checked) Unused() (ids []string) {
	entities, used := map[quad.Value]bool{}, map[quad.Value]bool{}
	for _, e := range c.entities {
		entities[e.iri] = true
	}
	for _, q := range c.Quads() {
		if describes := q.Label == c.SourceIRI() && entities[q.Subject]; describes && q.Predicate != schema.SameAs {
			continue
		}
		used[q.Subject], used[q.Object] = true, true
	}
	for _, e := range c.doc.Entities {
		if !used[c.entities[e.ID.Text].iri] {
			ids = append(ids, e.ID.Text)
		}
	}
	return ids
}
