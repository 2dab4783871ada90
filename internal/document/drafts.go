package document

import (
	"slices"

	"kg/internal/strict"
	"kg/schema"
)

// withoutDrafts returns the document without its drafts: without unconfirmed claims, and
// without the entities that only these mention. whole is the checked document with them.
// The result shares nothing with it that Check changes.
func (d *Document) withoutDrafts(whole *Document) *Document {
	confirmed, others := d.Source.ids(), map[string]bool{}
	for i := range whole.Claims {
		if cl := &whole.Claims[i]; cl.DraftedBy.Text == "" {
			cl.mentions(confirmed)
		} else {
			cl.mentions(others)
		}
	}
	rest := d.clone()
	rest.elsewhere = !whole.hasText()
	rest.Claims = slices.DeleteFunc(rest.Claims, func(cl Claim) bool { return cl.DraftedBy.Text != "" })
	rest.Entities = slices.DeleteFunc(rest.Entities, func(e Entity) bool { return others[e.ID.Text] && !confirmed[e.ID.Text] })
	return rest
}

// clone is a document that Check can change without changing d.
func (d *Document) clone() *Document {
	c := &Document{Base: d.Base, Source: d.Source, Entities: slices.Clone(d.Entities), Claims: slices.Clone(d.Claims), Skipped: d.Skipped}
	for i := range c.Claims {
		c.Claims[i].Edges = slices.Clone(c.Claims[i].Edges)
	}
	return c
}

// ids are the entities that a source names.
func (s *Source) ids() map[string]bool {
	return map[string]bool{s.Publisher.Text: true, s.Annotator.Text: true}
}

// mentions notes the words of a claim that can be ids of entities.
func (cl *Claim) mentions(ids map[string]bool) {
	for _, w := range slices.Concat([]strict.Word{cl.Speaker}, cl.AlsoBy, cl.Via) {
		ids[w.Text] = true
	}
	for _, e := range cl.Edges {
		ids[e.Subject.Text] = true
		if e.Object.Quantity == nil {
			ids[e.Object.Text] = true
		}
		for q := e.Object.Quantity; q != nil; q = q.Of {
			ids[q.OfThing.Text], ids[q.ComparedTo.Text] = true, true
			if q.SameSum != nil {
				ids[q.SameSum.OfThing.Text], ids[q.SameSum.ComparedTo.Text] = true, true
			}
		}
	}
}

// checkDrafts checks the document without drafts against the ontology: a claim may not
// depend on a draft, which has no effect.
func checkDrafts(o *schema.Ontology, given, whole *Document, base schema.Base, r *strict.Report) (*Checked, error) {
	drafts := map[string]bool{}
	for _, cl := range given.Claims {
		if cl.DraftedBy.Text != "" {
			drafts[cl.ID.Text] = true
		}
	}
	rest := given.withoutDrafts(whole)
	for _, cl := range rest.Claims {
		for _, w := range cl.DerivedFrom {
			if drafts[w.Text] {
				r.Addf(w.Pos, "claim %q is a draft, and a claim cannot be derived from it: confirm it first, by taking out its drafted-by", w.Text)
			}
		}
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	checked, err := check(o, rest, base, r)
	if err != nil {
		return nil, err
	}
	checked.drafts = len(drafts)
	return checked, nil
}

// Drafts is how many claims of the file are drafts, which it does not have otherwise.
func (c *Checked) Drafts() int { return c.drafts }
