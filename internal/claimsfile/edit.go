package claimsfile

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// Edited is a claims file being edited, in the layout of Format, in which every field of
// a claim and every entity has lines of its own. An edit replaces only those lines: all
// other bytes, comments included, stay. OpenEdited is its only constructor.
type Edited struct {
	name     string
	lines    []string
	claims   []entry
	entities []entry
	source   entry          // its fields and their values
	listed   bool           // the claims are a list, without ids
	sections map[string]int // the lines of the keys at the left
}

// entry is a claim or an entity and its lines, from the first to the one behind
// the last. Comments above it are not among them.
type entry struct {
	id       string
	from, to int
	fields   []fieldLines // of a claim
	text     ClaimText
	line     string // of an entity
}

// fieldLines is a field of a claim and its lines, with the comments above it.
type fieldLines struct {
	key      string
	from, to int
}

// ClaimText is a claim as the fields of a form.
type ClaimText struct {
	ID string // empty to be made of the first edge
	// Values are the fields by name, without at: a text; ids with commas between
	// them; of edges a line each, such as ann-lee owns tidewater, or first-sale:
	// {buyer: ann-lee}.
	Values map[string]string
	At     schema.Locator // the zero Passage for none
}

// EntityText is an entity as the fields of a form: its id and its value in the file, such
// as Person Ann Lee.
type EntityText struct{ ID, Line string }

// OpenEdited lays a file out, and finds its claims and entities. It need not hold
// against an ontology: a draft can be edited too.
func OpenEdited(name string, file []byte) (*Edited, error) {
	file, err := Format(name, file)
	if err != nil {
		return nil, err
	}
	r := strict.NewReport("claims", name)
	root := strict.Parse(file, r)
	e := &Edited{name: name, lines: strings.Split(strings.TrimSuffix(string(file), "\n"), "\n"), sections: map[string]int{}}
	f := &formatter{lines: e.lines}
	var starts []int
	for key := range root.Pairs("a claims file") {
		e.sections[key.Text] = key.Pos.Line - 1
		starts = append(starts, key.Pos.Line-1)
	}
	e.source.text.Values = map[string]string{}
	for key, n := range root.Child("source").Pairs("source") {
		e.source.text.Values[key.Text] = strings.TrimSpace(n.Text())
		e.source.fields = append(e.source.fields, fieldLines{key: key.Text, to: key.Pos.Line - 1})
	}
	end := func(section string) int {
		i := slices.Index(starts, e.sections[section]) + 1
		if i == len(starts) {
			return e.back(len(e.lines))
		}
		return e.back(starts[i])
	}
	for id, n := range root.Child("entities").Pairs("entities") {
		e.entities = append(e.entities, entry{id: id.Text, from: id.Pos.Line - 1, line: cmp.Or(n.Text(), f.flow(n, entityFields...))})
	}
	e.bound(e.entities, end("entities"))
	claims := root.Child("claims")
	e.listed = claims.IsList()
	for id, n := range claimsOf(claims) {
		c := entry{id: id.Text, from: id.Pos.Line - 1, text: f.claimText(id.Text, n)}
		for key := range n.Pairs("claim") {
			c.fields = append(c.fields, fieldLines{key: key.Text, to: key.Pos.Line - 1})
		}
		e.claims = append(e.claims, c)
	}
	e.bound(e.claims, end("claims"))
	for i := range e.claims {
		e.boundFields(&e.claims[i])
	}
	if len(e.source.fields) > 0 {
		e.source.from, e.source.to = e.sections["source"], end("source")
		e.boundFields(&e.source)
	}
	return e, r.Err()
}

// bound sets where entries end: at the next entry, without the comments above that.
func (e *Edited) bound(list []entry, end int) {
	for i := range list {
		list[i].to = end
		if i+1 < len(list) {
			list[i].to = e.back(list[i+1].from)
		}
	}
}

// boundFields says where fields begin, whose to is the line of the key, and end.
func (e *Edited) boundFields(c *entry) {
	begins := c.from
	if !strings.HasPrefix(e.lines[begins], "  - ") {
		begins++
	}
	for i := range c.fields {
		c.fields[i].from = begins
		if begins = c.to; i+1 < len(c.fields) {
			begins = e.back(c.fields[i+1].to)
		}
		c.fields[i].to = begins
	}
}

// back is the line behind the last before end that is neither empty nor a comment.
func (e *Edited) back(end int) int {
	for end > 0 && isComment(e.lines[end-1]) {
		end--
	}
	return end
}

// isComment reports whether a line of a file that is laid out says nothing.
func isComment(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || line[0] == '#'
}

// claimText returns a claim as the fields of a form.
func (f *formatter) claimText(id string, n strict.Node) ClaimText {
	c := ClaimText{ID: id, Values: map[string]string{}}
	for key, value := range n.Quiet() {
		switch {
		case key == "at":
			c.At = Passage(value)
			c.At.Pos = strict.Pos{}
		case key == "edges":
			c.Values[key] = strings.Join(f.edgeLines(value), "\n")
		case value.IsList():
			var words []string
			for _, item := range value.Items(key) {
				words = append(words, item.Text())
			}
			c.Values[key] = strings.Join(words, ", ")
		default:
			c.Values[key] = strings.TrimSpace(value.Text())
		}
	}
	return c
}

// edgeLines are the edges of a claim, a line each.
func (f *formatter) edgeLines(n strict.Node) (lines []string) {
	switch {
	case n.IsList():
		for _, item := range n.Items("edges") {
			lines = append(lines, f.edgeLines(item)...)
		}
	case n.IsMapping():
		for subject, value := range n.Pairs("edges") {
			if value.IsMapping() || value.IsList() {
				lines = append(lines, subject.Text+": "+f.flow(value, schema.Is))
			} else {
				lines = append(lines, subject.Text+": "+value.Text())
			}
		}
	case n.Present():
		lines = append(lines, n.Text())
	}
	return lines
}

// File is the file.
func (e *Edited) File() []byte { return []byte(strings.Join(e.lines, "\n") + "\n") }

// Claims are those of the file, in its order.
func (e *Edited) Claims() (list []ClaimText) {
	for _, c := range e.claims {
		text := c.text
		text.Values = maps.Clone(text.Values)
		list = append(list, text)
	}
	return list
}

// Entities are those of the file, in its order.
func (e *Edited) Entities() (list []EntityText) {
	for _, n := range e.entities {
		list = append(list, EntityText{n.id, n.line})
	}
	return list
}

// Listed reports whether the claims are a list, in which ids may be left out.
func (e *Edited) Listed() bool { return e.listed }

// Entity is the entity that a line of a file declares.
func (n EntityText) Entity() document.Entity {
	return Entity(strict.Word{Text: n.ID}, strict.Parse([]byte(yamlLine(n.Line)), strict.NewReport("", "")))
}

// find is the index of an entry, or -1.
func find(list []entry, id string) int {
	return slices.IndexFunc(list, func(n entry) bool { return n.id == id })
}

// LineInfo is the content of a line of the file.
type LineInfo struct {
	Claim, Entity string // one of them, or none
	Field         string // of the claim, or of the source
	Row           int    // of its edges, from 0
}

// LineAt returns the content of a line; lines count from 1, as in errors.
func (e *Edited) LineAt(line int) LineInfo {
	at := func(list []entry) int {
		return slices.IndexFunc(list, func(n entry) bool { return n.from < line && line <= n.to })
	}
	if i := at(e.entities); i >= 0 {
		return LineInfo{Entity: e.entities[i].id}
	}
	i := at(e.claims)
	if i < 0 {
		return LineInfo{Field: e.source.fieldAt(line)}
	}
	s := LineInfo{Claim: e.claims[i].id}
	s.Field = e.claims[i].fieldAt(line)
	for _, f := range e.claims[i].fields {
		if f.key != s.Field {
			continue
		}
		for _, l := range e.lines[f.from:line] {
			if strings.HasPrefix(l, "      ") && !strings.HasPrefix(l, "       ") && !isComment(l) {
				s.Row++
			}
		}
		s.Row = max(0, s.Row-1)
	}
	return s
}

// fieldAt is the field that has a line, counted from 1; empty for none.
func (n *entry) fieldAt(line int) string {
	for _, f := range n.fields {
		if f.from < line && line <= f.to {
			return f.key
		}
	}
	return ""
}
