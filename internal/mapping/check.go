package mapping

import (
	"maps"
	"slices"
	"strings"

	"kg/internal/document"
	"kg/internal/strict"
	"kg/internal/suggest"
	"kg/schema"
)

// check reports mistakes in a mapping that do not depend on its table.
func (m *Mapping) check(o *schema.Ontology, r *strict.Report) {
	names := map[string]bool{}
	for _, e := range m.entities {
		names[e.ID.Text] = true
	}
	for _, t := range m.things {
		if names[t.id.Text] {
			r.Addf(t.id.Pos, "%q is a thing of the rows and an entity: give one of them another name", t.id.Text)
		}
		if t.name == nil && t.description == nil {
			r.Addf(t.id.Pos, "thing %q needs a name, or a description of what has no name", t.id.Text)
		}
		m.checkKind(o, r, t)
		m.resolve(t)
	}
	for _, c := range m.claims {
		for _, e := range c.edges {
			m.checkEdge(o, r, e)
		}
		if s := c.speaker; s != nil && s.text == nil && m.byName[s.constant.Text] == nil && !names[s.constant.Text] {
			r.Addf(s.pos, "unknown speaker %q%s: one of the things or entities", s.constant.Text, strict.DidYouMean(s.constant.Text, m.called()))
		}
		m.resolveRule(c)
	}
}

// called returns the names of the row entities and the fixed entities.
func (m *Mapping) called() []string {
	list := slices.Collect(maps.Keys(m.byName))
	for _, e := range m.entities {
		list = append(list, e.ID.Text)
	}
	return list
}

// kindsOf returns the possible kinds of a thing, as words of the mapping.
func kindsOf(t *thing) (list []string) {
	switch {
	case t.kind == nil:
	case t.kind.text == nil:
		return []string{t.kind.constant.Text}
	case t.kind.values != nil:
		return slices.Sorted(maps.Values(t.kind.values))
	}
	return list // of a column, whose value may be any
}

func (m *Mapping) checkKind(o *schema.Ontology, r *strict.Report, t *thing) {
	for _, name := range kindsOf(t) {
		k := o.Kind(name)
		switch {
		case name == "": // which is noted
		case k == nil:
			r.Addf(t.kind.pos, "unknown kind %q%s", name, suggest.Kind(o, name))
		case k.Abstract || len(k.Codes) > 0:
			r.Addf(t.kind.pos, "no entity is of kind %s itself: choose one of the kinds below it", name)
		}
	}
}

// checkEdge checks that the subject is known, and that it can have the relation.
func (m *Mapping) checkEdge(o *schema.Ontology, r *strict.Report, e edgeRule) {
	t, kinds := m.byName[e.subject.Text], []string(nil)
	if t != nil {
		kinds = kindsOf(t)
	} else if i := slices.IndexFunc(m.entities, func(en document.Entity) bool { return en.ID.Text == e.subject.Text }); i >= 0 {
		kinds = []string{m.entities[i].Kind.Text}
	} else {
		r.Addf(e.subject.Pos, "unknown thing %q%s: one of the things or entities of the mapping", e.subject.Text, strict.DidYouMean(e.subject.Text, m.called()))
		return
	}
	rel := o.Relation(e.relation.Text)
	var first *schema.Kind
	serves := len(kinds) == 0
	for _, name := range kinds {
		if k := o.Kind(name); k != nil {
			first = k
			serves = serves || rel != nil && rel.Serves(k)
		}
	}
	switch {
	case rel == nil:
		r.Addf(e.relation.Pos, "unknown relation %q%s", e.relation.Text, suggest.Relation(o, e.relation.Text, first))
	case !serves && first != nil:
		r.Addf(e.relation.Pos, "%s belongs to kind %s, and %q is of kind %s: kg kinds %s lists its relations",
			rel.Name, rel.Kinds[0].Name, e.subject.Text, strings.Join(kinds, ", "), first.Name)
	default:
		m.checkObject(r, rel, e)
	}
}

// checkObject checks that an entity that every row leads to is known.
func (m *Mapping) checkObject(r *strict.Report, rel *schema.Relation, e edgeRule) {
	c := e.object
	if c == nil {
		return
	}
	toEntity := rel.Range != nil && len(rel.Range.Codes) == 0 && rel.Range.IRI != schema.QuantityClass && rel.Range.IRI != schema.DateClass
	known := m.called()
	if toEntity && c.text == nil && c.constant.Text != "" && !slices.Contains(known, c.constant.Text) {
		r.Addf(c.pos, "%s takes %s, and %q is none of the mapping's%s: a cell is written \"{column}\"", rel.Name, rel.Takes(), c.constant.Text, strict.DidYouMean(c.constant.Text, known))
	}
	if toEntity && c.text != nil && c.values == nil {
		r.Addf(c.pos, "%s takes %s: name a thing of the mapping, or say with values which entity each cell means", rel.Name, rel.Takes())
	}
	for _, key := range c.known {
		if id := c.values[key]; toEntity && !slices.Contains(known, id) {
			r.Addf(c.pos, "%q stands for %q, which is no thing or entity of the mapping%s", key, id, strict.DidYouMean(id, known))
		}
	}
	isQuantity := rel.Range != nil && rel.Range.IRI == schema.QuantityClass
	if isQuantity && c.text != nil && c.unit == nil {
		r.Addf(c.pos, "%s takes a quantity: say in what, such as {column: amount, unit: USD}, or unit: \"{currency}\"", rel.Name)
	}
	if s := m.byName[e.subject.Text]; s != nil && s.each != nil {
		if t := m.byName[c.constant.Text]; c.text == nil && t != nil && t.each != nil && t != s && !alikeEach(s, t) {
			r.Addf(c.pos, "%q and %q are both made for each value of a cell, and not of the same: which belongs to which?", s.id.Text, t.id.Text)
		}
	}
}

// alikeEach reports whether two things are made for each value of the same cell.
func alikeEach(a, b *thing) bool {
	one, other := "", ""
	a.each.text.columns(func(c *columnRef) { one += c.name + "\n" })
	b.each.text.columns(func(c *columnRef) { other += c.name + "\n" })
	return one == other && slices.Equal(a.each.split, b.each.split) && a.each.starts == b.each.starts
}

// resolve tells columns from ids of things declared before a thing.
func (m *Mapping) resolve(t *thing) {
	t.eachTemplate(func(text *template) { m.resolveText(text, t.number) })
}

func (m *Mapping) resolveRule(c *claimRule) {
	c.eachTemplate(func(text *template) { m.resolveText(text, len(m.things)) })
}

func (m *Mapping) resolveText(text *template, before int) {
	text.columns(func(c *columnRef) {
		if t := m.byName[c.name]; t != nil && t.number < before {
			c.thing = t
		}
	})
}

// eachTemplate calls use with every template of a thing.
func (t *thing) eachTemplate(use func(*template)) {
	for _, text := range t.ids {
		use(text)
	}
	use(t.description)
	for _, c := range slices.Concat([]*cellRule{t.each, t.kind, t.name}, t.also, t.sameAs) {
		c.eachTemplate(use)
	}
}

func (c *claimRule) eachTemplate(use func(*template)) {
	for _, text := range c.ids {
		use(text)
	}
	use(c.says)
	for _, cell := range []*cellRule{c.speaker, c.stance, c.hedge, c.note} {
		cell.eachTemplate(use)
	}
	for _, e := range c.edges {
		e.object.eachTemplate(use)
	}
}

func (c *cellRule) eachTemplate(use func(*template)) {
	if c != nil {
		use(c.text)
		use(c.unit)
	}
}
