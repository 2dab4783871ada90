package document

import (
	"slices"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
	"kg/internal/suggest"
)

// claimIDs checks the ids of claims, and keeps them if a claim is derived from others.
func (c *checker) claimIDs() {
	derived := false
	for i := range c.doc.Claims {
		cl := &c.doc.Claims[i]
		c.slug("claim id", cl.ID)
		derived = derived || len(cl.DerivedFrom) > 0
	}
	if !derived {
		return
	}
	c.claims = make(map[string]bool, len(c.doc.Claims))
	for i := range c.doc.Claims {
		c.claims[c.doc.Claims[i].ID.Text] = true
	}
}

// entity checks e and fills in its checked form en.
func (c *checker) entity(e *Entity, en *fileEntity) {
	c.slug("entity id", e.ID)
	if was := c.entities[e.ID.Text]; was != nil && was.line > 0 {
		c.r.Addf(e.ID.Pos, "%q is declared twice, here and in line %d", e.ID.Text, was.line)
		return
	}
	c.entities[e.ID.Text], en.line = en, e.ID.Pos.Line
	k := c.o.Kind(e.Kind.Text)
	switch {
	case !c.need("kind of "+e.ID.Text, e.Kind, e.ID.Pos):
		return
	case k == nil:
		word := e.Kind.Text
		c.r.AddUnknown(e.Kind.Pos, "kind", word, func() string { return suggest.Kind(c.o, word) })
		return
	case k.Abstract || len(k.Codes) > 0:
		c.r.Addf(e.Kind.Pos, "no entity is of kind %s itself: choose one of the kinds below it", k.Name)
		return
	}
	en.kind, en.name = k, e.Name.Text
	c.marks.add(en)
	if e.Name.Text != "" {
		en.iri = c.base.Named(k.Folder(), e.ID.Text)
	} else {
		en.iri = c.base.Unnamed(c.doc.Source.ID.Text, k, e.ID.Text)
		en.name = e.Description.Text
		if e.Description.Text == "" {
			c.r.Addf(e.ID.Pos, "%q needs a name, or a description if the source gives none", e.ID.Text)
		}
	}
	en.same, en.term = c.sameAs(e, en.iri), en.iri
}

// sameAs are the entities that e, which is iri, is joined to.
func (c *checker) sameAs(e *Entity, iri quad.IRI) (same []quad.IRI) {
	for _, w := range e.SameAs {
		if w.Text == "" {
			continue // which is noted
		}
		other, err := c.base.ParseEntity(w.Text)
		switch {
		case err != nil:
			c.r.Addf(w.Pos, "same-as: %v", err)
		case other == iri:
			c.r.Addf(w.Pos, "same-as joins %q to itself", e.ID.Text)
		case slices.Contains(same, other):
			c.r.Addf(w.Pos, "same-as has %s twice", w.Text)
		}
		same = append(same, other)
	}
	return same
}

// known resolves an entity of the file.
func (c *checker) known(w strict.Word) (*fileEntity, bool) {
	e := c.entities[w.Text]
	if e == nil && w.Text != "" && len(c.doc.Entities) > 0 {
		c.r.AddUnknown(w.Pos, "entity", w.Text, func() string { return strict.DidYouMean(w.Text, c.names()) })
	}
	return e, e != nil && e.kind != nil
}

// names are the ids of the entities of the file, in order.
func (c *checker) names() []string {
	if c.called == nil {
		for id, e := range c.entities {
			if e.kind != nil {
				c.called = append(c.called, id)
			}
		}
		slices.Sort(c.called)
	}
	return c.called
}
