package mapping

import (
	"slices"
	"strings"

	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// claim makes a claim of the row, if it has an edge. again is true of a row that an
// earlier one has word for word: it would say the same twice.
func (row *rowOf) claim(c *claimRule, n *columnNames) (made, again bool) {
	clear(row.columns)
	row.notes = row.notes[:0]
	cl := document.Claim{Edges: row.room()}
	for i := range c.edges {
		row.edge(&cl, &c.edges[i])
	}
	if len(cl.Edges) == 0 && len(row.notes) == 0 {
		return false, false
	}
	columns := row.read(n)
	if len(cl.Edges) == 0 {
		row.r.Addf(row.at(0), "of claim %q no cell of the row can be read: %s", c.id.Text, strings.Join(row.notes, "; "))
		return false, false
	}
	if !row.claimID(c, &cl) {
		return false, false
	}
	sha := row.SHA256()
	if before, ok := row.claimed[cl.ID.Text]; ok {
		if before.SHA256 == sha {
			return false, true
		}
		row.r.Addf(cl.ID.Pos, "claim %q is that of row %d, too: give claim %q an id with columns that tell rows apart", cl.ID.Text, before.Paragraph, c.id.Text)
		return false, false
	}
	cl.At = row.passages.add(schema.Locator{Pos: cl.ID.Pos, Paragraph: row.Number, Columns: columns, Start: row.Start, End: row.End, SHA256: sha})
	row.claimed[cl.ID.Text] = cl.At
	row.words(c, &cl)
	if len(cl.Edges) <= cap(row.edges)-len(row.edges) {
		row.edges = row.edges[:len(row.edges)+len(cl.Edges)]
	}
	cl.Edges = slices.Clip(cl.Edges)
	row.tableRun.claims.add(cl)
	return true, false
}

// room is where the edges of the next claim go.
func (row *rowOf) room() []document.Edge {
	const many, few = 1024, 64
	if cap(row.edges)-len(row.edges) < few {
		row.edges = make([]document.Edge, 0, many)
	}
	return row.edges[len(row.edges):]
}

// read are the columns that the edges of the claim were read from: the same, as a rule,
// as of the claim that the rule made last.
func (row *rowOf) read(n *columnNames) []string {
	if n.names != nil && slices.Equal(n.of, row.columns) {
		return n.names
	}
	var names []string
	for i, ok := range row.columns {
		if ok {
			names = append(names, row.in.Columns()[i])
		}
	}
	if len(names) == 0 {
		names = []string{row.in.Columns()[0]}
	}
	n.of, n.names = append(n.of[:0], row.columns...), slices.Clip(names)
	return n.names
}

// claimID returns the id of a claim: the mapping's, or by its rule and the first thing of
// the row.
func (row *rowOf) claimID(c *claimRule, cl *document.Claim) bool {
	for _, id := range c.ids {
		if text, ok := id.fill(row, ""); ok {
			cl.ID = strict.Word{Text: row.slug(text), Pos: row.pos(id, instance{})}
			return true
		}
	}
	if len(c.ids) > 0 {
		row.r.Addf(row.at(0), "the columns of the id of claim %q are empty", c.id.Text)
		return false
	}
	for _, list := range row.things {
		if len(list) > 0 {
			cl.ID = strict.Word{Text: c.id.Text + "-" + list[0].id, Pos: list[0].pos}
			return true
		}
	}
	row.r.Addf(row.at(0), "claim %q needs an id: the row has none of the things of the mapping", c.id.Text)
	return false
}

// words fills in the fields of a claim other than its edges.
func (row *rowOf) words(c *claimRule, cl *document.Claim) {
	if c.says != nil {
		if text, ok := c.says.fill(row, ""); ok {
			cl.Says = strict.Word{Text: text, Pos: row.pos(c.says, instance{})}
		}
	}
	cl.Speaker, cl.Stance, cl.Hedge, cl.Note = row.word(c.speaker), row.word(c.stance), row.word(c.hedge), row.word(c.note)
	if t := row.byName[cl.Speaker.Text]; t != nil {
		cl.Speaker.Text = ""
		if list := row.things[t.number]; len(list) > 0 {
			cl.Speaker.Text = list[0].id
		}
	}
	if len(row.notes) > 0 {
		if cl.Note.Text != "" {
			row.notes = slices.Insert(row.notes, 0, cl.Note.Text)
		}
		cl.Note = strict.Word{Text: strings.Join(row.notes, "; "), Pos: cl.ID.Pos}
	}
}

// word is a single value.
func (row *rowOf) word(c *cellRule) strict.Word {
	values := row.values(c, instance{})
	if len(values) == 0 {
		return strict.Word{}
	}
	w, ok := row.meant(c, values[0])
	if !ok {
		return strict.Word{}
	}
	for _, more := range values[1:] {
		w.Text += "; " + more.Text
	}
	return w
}

// edge adds the edges of a rule to a claim: from each entity that its subject is in
// the row, to each that its object is, or to each value.
func (row *rowOf) edge(cl *document.Claim, e *edgeRule) {
	var subjects []instance
	t := e.of
	if t != nil {
		subjects = row.things[t.number]
	} else {
		subjects = []instance{{id: e.subject.Text, pos: e.subject.Pos.Beside()}}
	}
	for i, s := range subjects {
		add := func(o document.Object) {
			pos := o.Pos
			cl.Edges = append(cl.Edges, document.Edge{
				Subject: strict.Word{Text: s.id, Pos: s.pos}, Relation: strict.Word{Text: e.relation.Text, Pos: pos}, Object: o,
			})
		}
		if e.object.text != nil {
			row.objects(e, s, add)
			continue
		}
		to := e.to
		if to == nil {
			add(document.Object{Word: beside(e.object.constant)})
			continue
		}
		ends := row.things[to.number]
		if t != nil && t.each != nil && to.each != nil && len(ends) == len(subjects) {
			ends = ends[i : i+1] // they are made for the same values
		}
		for _, end := range ends {
			row.naming(to, end)
			add(document.Object{Word: strict.Word{Text: end.id, Pos: end.pos}})
		}
	}
}

// naming counts the column that names an entity to those of the claim that leads to it.
func (row *rowOf) naming(t *thing, of instance) {
	if t.each != nil {
		row.touch(t.each.text, of.value)
	} else if t.name != nil {
		row.touch(t.name.text, of.value)
	}
}

// touch counts the columns of a text, which may be nil, to those of the claim.
func (row *rowOf) touch(t *template, value string) {
	if t != nil {
		row.touchParts(t.parts, value)
	}
}

func (row *rowOf) touchParts(parts []templatePart, value string) {
	for _, p := range parts {
		if p.column != nil {
			row.cell(p.column, value)
		}
		row.touchParts(p.group, value)
	}
}

// objects are the values of a cell as the relation takes them.
func (row *rowOf) objects(e *edgeRule, of instance, add func(document.Object)) {
	rel := e.rel
	c := e.object
	if rel.Range != nil && rel.Range.IRI == schema.DateClass {
		row.dates(c, of, add)
		return
	}
	for _, w := range row.values(c, of) {
		w, ok := row.meant(c, w)
		if !ok {
			continue
		}
		if t := row.meantThing(c, w.Text); t != nil {
			for _, end := range row.things[t.number] {
				add(document.Object{Word: strict.Word{Text: end.id, Pos: w.Pos}})
			}
			continue
		}
		switch {
		case rel.Range != nil && rel.Range.IRI == schema.QuantityClass:
			if q, msg := row.quantity(c, w, of); msg != "" {
				row.unread(c, w, msg)
			} else {
				add(document.Object{Word: strict.Word{Pos: w.Pos}, Quantity: q})
			}
			continue
		case rel.Literal == "number":
			w.Text = c.plainNumber(w.Text)
		}
		if rel.Literal == "number" && c.orNote {
			if _, err := schema.ParseNumber(w.Text); err != nil {
				row.unread(c, w, err.Error())
				continue
			}
		}
		add(document.Object{Word: w})
	}
}

// meantThing returns the thing of the mapping that a value stands for, nil for none.
func (row *rowOf) meantThing(c *cellRule, name string) *thing {
	if c.values == nil {
		return nil
	}
	return row.byName[name]
}

// dates are those of a cell: several, if it has several or cannot decide.
func (row *rowOf) dates(c *cellRule, of instance, add func(document.Object)) {
	for _, w := range row.values(c, of) {
		list, err := row.readDates(w.Text, c.order)
		if err != nil {
			row.unread(c, w, err.Error())
			continue
		}
		for _, d := range list {
			value := row.dated.add(document.DateValue{EDTF: strict.Word{Text: d.date, Pos: w.Pos}})
			if d.printed != "" {
				value.Printed = strict.Word{Text: d.printed, Pos: w.Pos}
			}
			add(document.Object{Word: strict.Word{Pos: w.Pos}, Date: value})
		}
	}
}

// quantity reads a number with the unit of the mapping: 1,200, about 30, 400 to 500.
func (row *rowOf) quantity(c *cellRule, w strict.Word, of instance) (*document.Quantity, string) {
	unit, ok := c.unit.fill(row, of.value)
	if !ok {
		return nil, strict.Sprintf("the unit of %q is empty", w.Text)
	}
	q := &document.Quantity{Unit: strict.Word{Text: unit, Pos: w.Pos}}
	text := w.Text
	for _, about := range []string{"about ", "approximately ", "approx. ", "ca. ", "c. ", "~"} {
		if rest, ok := strings.CutPrefix(strings.ToLower(text), about); ok {
			q.Approximate, text = true, strings.TrimSpace(rest)
		}
	}
	number := func(s string) strict.Word { return strict.Word{Text: c.plainNumber(s), Pos: w.Pos} }
	if first, last, ranged := cutRange(text); ranged {
		q.Min, q.Max = number(first), number(last)
	} else {
		q.Value = number(text)
	}
	for _, n := range []strict.Word{q.Value, q.Min, q.Max} {
		if n.Text == "" {
			continue
		}
		if _, err := schema.ParseNumber(n.Text); err != nil {
			return nil, err.Error() + ": thousands says what stands between thousands, decimal what before the fraction"
		}
	}
	if q.Approximate || q.Min.Text != "" {
		q.Printed = w
	}
	return q, ""
}

// cutRange cuts 400 to 500, or 400-500.
func cutRange(s string) (first, last string, ok bool) {
	for _, sep := range []string{" to ", " – ", "–", " - ", "-"} {
		if first, last, ok = strings.Cut(s, sep); ok && first != "" && last != "" {
			return strings.TrimSpace(first), strings.TrimSpace(last), true
		}
	}
	return s, "", false
}

// plainNumber is a number with digits alone.
func (c *cellRule) plainNumber(s string) string {
	if c.thousands != "" {
		s = strings.ReplaceAll(s, c.thousands, "")
	}
	if c.decimal != "" && c.decimal != "." {
		s = strings.Replace(s, c.decimal, ".", 1)
	}
	return s
}
