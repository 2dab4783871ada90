package mapping

import (
	"fmt"
	"slices"
	"strings"

	"kg/internal/fold"
	"kg/internal/strict"
	"kg/internal/suggest"
	"kg/schema"
)

var plainYAML = strict.Pattern(`^[A-Za-z][A-Za-z0-9_]*( [A-Za-z0-9_]+)*$`)

// yamlWord is a word for YAML, in quotes unless it is plain.
func yamlWord(s string) string {
	switch strings.ToLower(s) {
	case "yes", "no", "on", "off", "true", "false", "null", "y", "n":
	default:
		if plainYAML().MatchString(s) {
			return s
		}
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// inBraces is a column in a text; false for a name that cannot stand in braces.
func inBraces(name string) (string, bool) {
	return "{" + name + "}", !strings.ContainsAny(name, "{}")
}

// cellOf is a column as a value: its cells, split if many have a semicolon.
func (c *columnStats) cellOf() string {
	more := ""
	if c.split > 0 {
		more += ", split: ';'"
	}
	if c.dotted > 0 {
		more += ", trim: '.'"
	}
	return "{column: " + yamlWord(c.name) + more + "}"
}

// mainThing drafts the main entity of every row: its id and its names.
func (d *tableDrafter) mainThing() {
	name := d.headed("name", "full name", "company name", "vessel name", "company", "vessel", "title", "label", "caption")
	text := ""
	if name != nil {
		text, name.used = name.cellOf(), true
	} else if first, last := d.headed("first name", "given name", "forename"), d.headed("last name", "family name", "surname"); first != nil && last != nil {
		text, first.used, last.used = "'["+"{"+first.name+"} ]{"+last.name+"}'", true, true
		name = last
	} else if name = d.longest(); name != nil {
		text, name.used = name.cellOf(), true
		d.decide = append(d.decide, fmt.Sprintf("what names a row: column %q is a guess", name.name))
	}
	id := d.headed("id", "identifier", "record id", "number", "no", "nr", "ref", "reference", "imo number", "registration number")
	if id != nil && (!id.unique || id.cells < d.rows) {
		id = nil
	}
	if id == nil {
		id = name
	} else if headWords(id.name) != "imo number" && headWords(id.name) != "registration number" {
		id.used = true
		d.claims = append(d.claims, "known:\n    edges:\n      thing: {identifier: "+id.cellOf()+"}")
	}
	column, ok := "row", false
	if id != nil {
		if column, ok = inBraces(id.name); !ok {
			column = "row"
		}
	}
	if !ok || !id.unique || id.cells < d.rows || id.many {
		column += "-{" + rowNumber + "}"
		d.decide = append(d.decide, "what tells rows apart: no column has a value of its own in each, so the number of the row is in the id; a row that moves would be another thing")
	}
	lines := []string{"thing:", "    kind: " + d.kindOf, "    id: " + yamlWord(column), "    name: " + text}
	if also := d.headed("alias", "aliases", "aka", "also known as", "other names", "weak alias", "previous name"); also != nil {
		also.used = true
		lines = append(lines, "    also: "+also.cellOf())
	}
	d.things = append(d.things, strings.Join(lines, "\n"))
	if len(d.claims) == 0 && name != nil {
		d.claims = append(d.claims, "known:\n    edges:\n      thing: {identifier: "+id.cellOf()+"}")
	}
}

// longest is the column with the most distinct values, of those that are no dates and
// no prose.
func (d *tableDrafter) longest() (best *columnStats) {
	for _, c := range d.columns {
		if order, _ := c.order(); c.used || order != "" || c.cells == 0 || c.lengths/c.cells > 80 {
			continue
		}
		if best == nil || len(c.values) > len(best.values) {
			best = c
		}
	}
	return best
}

// column drafts the meaning of a column, or leaves it to be decided.
func (d *tableDrafter) column(c *columnStats) {
	if c.used || c.cells == 0 {
		return
	}
	head := headWords(c.name)
	order, sure := c.order()
	isPerson := slices.ContainsFunc(d.kinds, func(k *schema.Kind) bool { return k.Name == "Person" })
	if order != "" && isPerson && slices.Contains([]string{"birth date", "date of birth", "dob", "born", "birthday"}, head) {
		d.birth(c, order, sure)
		return
	}
	if rel := d.relation(head); rel != nil && d.edge(c, rel, order, sure) {
		return
	}
	looks := fmt.Sprintf("%d cells", c.cells)
	if c.cells == 1 {
		looks = "1 cell"
	}
	switch {
	case order != "":
		looks += ", dates (" + order + ")"
	case c.lengths/c.cells > 80:
		looks += ", prose"
	case len(c.values) < 10 && c.cells > 20:
		looks += fmt.Sprintf(", %d different ones", len(c.values))
	}
	if c.split > 0 {
		looks += fmt.Sprintf(", %d of several values", c.split)
	}
	d.decide = append(d.decide, fmt.Sprintf("what column %q says: %s", c.name, looks))
}

// relation is the relation that a header names, of a kind of the rows.
func (d *tableDrafter) relation(head string) *schema.Relation {
	for _, word := range []string{head, strings.TrimSuffix(head, " number"), strings.TrimSuffix(head, " code")} {
		_, relations := suggest.Called(d.o, word)
		for _, r := range relations {
			if slices.ContainsFunc(d.kinds, r.Serves) {
				return r
			}
		}
	}
	return nil
}

// birth drafts the event that a date of birth is of.
func (d *tableDrafter) birth(c *columnStats, order string, sure bool) {
	d.unsure(c, order, sure)
	c.used = true
	d.things = append(d.things, "birth:\n    when: "+yamlWord(c.name)+"\n    kind: Birth\n    id: '{thing}-birth'\n    description: 'The birth of {thing}'")
	d.claims = append(d.claims, "born:\n    edges:\n      birth: {born: thing, status: done, date: {column: "+yamlWord(c.name)+", date: "+order+"}}")
}

func (d *tableDrafter) unsure(c *columnStats, order string, sure bool) {
	if !sure {
		d.decide = append(d.decide, fmt.Sprintf("in which order the numbers of the dates in %q stand: %s is a guess", c.name, order))
	}
}

// edge drafts an edge of the main entity to the values of a column, if the relation takes
// such values.
func (d *tableDrafter) edge(c *columnStats, rel *schema.Relation, order string, sure bool) bool {
	value, id := c.cellOf(), fold.Slug(headWords(c.name))
	switch {
	case id == "" || id == "thing" || d.taken[id]:
		return false
	case rel.Literal == "text":
	case rel.Range == nil:
		return false
	case rel.Range.IRI == schema.DateClass && order != "":
		d.unsure(c, order, sure)
		value = "{column: " + yamlWord(c.name) + ", date: " + order + "}"
	case rel.Range.IRI == schema.QuantityClass || rel.Range.IRI == schema.DateClass || rel.Range.Abstract || len(rel.Range.Codes) > 0:
		return false
	default:
		if _, ok := inBraces(c.name); !ok {
			return false
		}
		names := "id: '" + id + "-{#value}'\n    description: '{#value}'"
		if rel.Range.Name == "Country" { // which is the same for all
			names = "id: '{#value}'\n    name: '{#value}'"
		}
		d.things = append(d.things, id+":\n    each: "+value+"\n    kind: "+rel.Range.Name+"\n    "+names)
		value = id
	}
	c.used, d.taken[id] = true, true
	d.claims = append(d.claims, id+":\n    edges:\n      thing: {"+rel.Name+": "+value+"}")
	return true
}

// write is the draft as a file.
func (d *tableDrafter) write(stem, day string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# A draft. Everything in it is a guess from headers and values: read it before you\n# load with it. kg help tables says what can stand here.\n")
	for _, s := range d.decide {
		fmt.Fprintf(&b, "# decide %s\n", s)
	}
	id := fold.Slug(stem)
	if id == "" {
		id = "table"
	}
	fmt.Fprintf(&b, "source:\n  id: %s\n  title: %s\n  publisher: publisher\n  annotator: annotator\n  date: %s\n  language: en\n", yamlWord(id), yamlWord(stem), day)
	b.WriteString("entities:\n  publisher: {kind: Organisation, description: Whoever publishes the table}\n  annotator: {kind: Person, description: Whoever wrote this mapping}\nthings:\n")
	for _, t := range d.things {
		b.WriteString("  " + t + "\n")
	}
	b.WriteString("claims:\n")
	for _, c := range d.claims {
		b.WriteString("  " + c + "\n")
	}
	return []byte(b.String())
}
