package claimsfile

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"kg/internal/document"
	"kg/internal/fold"
	"kg/internal/strict"
)

// PutClaim replaces the claim with that id, or adds one if the id is empty: after the
// last claim that precedes it in the text. It returns the new file and the claim's id
// there. A field whose value is unchanged keeps its bytes.
func (e *Edited) PutClaim(was string, c ClaimText) (file *Edited, id string, err error) {
	if was == "" {
		return e.addClaim(c)
	}
	i := find(e.claims, was)
	if i < 0 {
		return nil, "", fmt.Errorf("there is no claim %q in %s: it was removed meanwhile", was, e.name)
	}
	old := e.claims[i]
	lines, err := e.claimLines(c, &old)
	if err != nil {
		return nil, "", err
	}
	if !e.listed {
		header := e.lines[old.from]
		if c.ID != "" && c.ID != was {
			header = "  " + yamlKey(c.ID) + strings.TrimPrefix(header, "  "+(&formatter{lines: e.lines}).scalar(was, strict.Pos{Line: old.from + 1, Column: 3}, false))
		}
		lines = slices.Insert(lines, 0, header)
	}
	file, err = e.with(old.from, old.to, lines)
	return file, file.claimAt(i), err
}

// addClaim adds a claim.
func (e *Edited) addClaim(c ClaimText) (*Edited, string, error) {
	lines, err := e.claimLines(c, nil)
	if err != nil {
		return nil, "", err
	}
	if !e.listed {
		if c.ID == "" {
			c.ID = e.freeID(lines)
		}
		if find(e.claims, c.ID) >= 0 {
			return nil, "", fmt.Errorf("there is a claim %q already: give this one another id", c.ID)
		}
		lines = slices.Insert(lines, 0, "  "+yamlKey(c.ID)+":")
	}
	if len(e.claims) == 0 {
		file, err := e.withSection("claims", lines)
		return file, file.claimAt(0), err
	}
	i := 0 // the index that it gets
	for j, other := range e.claims {
		if c.At.End == 0 || other.text.At.End == 0 || other.text.At.Start <= c.At.Start {
			i = j + 1
		}
	}
	spaced := len(e.claims) > 1 && slices.Contains(e.lines[e.claims[0].to:e.claims[1].from], "")
	at := e.claims[max(0, i-1)].to
	switch {
	case i == 0:
		at = e.sections["claims"] + 1
		if spaced {
			lines = append(lines, "")
		}
	case spaced:
		lines = slices.Insert(lines, 0, "")
	}
	file, err := e.with(at, at, lines)
	return file, file.claimAt(i), err
}

func (e *Edited) claimAt(i int) string {
	if e == nil || i >= len(e.claims) {
		return ""
	}
	return e.claims[i].id
}

// freeID makes an id of a claim's first edge that no other claim has.
func (e *Edited) freeID(lines []string) string {
	n := strict.Parse([]byte(strings.Join(lines, "\n")), strict.NewReport("", ""))
	id := claimID(n)
	if id == "" {
		id = "claim"
	}
	for i, first := 2, id; find(e.claims, id) >= 0; i++ {
		id = first + "-" + strconv.Itoa(i)
	}
	return id
}

// RemoveClaim removes a claim. Comments above it stay. With a draft, the entities that
// nothing else in the file names are removed: an event without its claim would lack
// properties that its kind requires.
func (e *Edited) RemoveClaim(id string) (*Edited, error) {
	rest, err := e.without(e.claims, id, "claim", "claims")
	i := find(e.claims, id)
	if err != nil || e.claims[i].text.Values["drafted-by"] == "" {
		return rest, err
	}
	named := idsIn(e.lines[e.claims[i].from:e.claims[i].to])
	for _, n := range e.entities {
		at := find(rest.entities, n.id)
		if !named[n.id] || at < 0 {
			continue
		}
		own := rest.entities[at]
		if others := slices.Concat(rest.lines[:own.from], rest.lines[own.to:]); idsIn(others)[n.id] {
			continue
		}
		if rest, err = rest.RemoveEntity(n.id); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// idForm matches the valid ids of entities.
var idForm = strict.Pattern(`[\pL\pN]+(?:-[\pL\pN]+)*`)

// idsIn are the words of lines that can be ids, but for those of comments.
func idsIn(lines []string) map[string]bool {
	ids := map[string]bool{}
	for _, l := range lines {
		if !isComment(l) {
			for _, word := range idForm().FindAllString(l, -1) {
				ids[word] = true
			}
		}
	}
	return ids
}

// RemoveEntity takes an entity out. Comments above it stay.
func (e *Edited) RemoveEntity(id string) (*Edited, error) {
	return e.without(e.entities, id, "entity", "entities")
}

func (e *Edited) without(list []entry, id, what, section string) (*Edited, error) {
	i := find(list, id)
	if i < 0 {
		return nil, fmt.Errorf("there is no %s %q in %s: it was removed meanwhile", what, id, e.name)
	}
	from := list[i].from
	if len(list) == 1 {
		from = e.sections[section]
	}
	if e.lines[max(0, from-1)] == "" {
		from--
	}
	return e.with(from, list[i].to, nil)
}

// PutEntity replaces the entity with that id, or adds one if the id is empty. Without an
// id of its own, an entity gets an id made from its name, or else from its description.
// PutEntity returns the new file and the id.
func (e *Edited) PutEntity(was string, n EntityText) (*Edited, string, error) {
	if n.ID == "" {
		n.ID = n.Called()
	}
	if n.ID == "" || strings.TrimSpace(n.Line) == "" {
		return nil, "", fmt.Errorf("an entity is its kind and its name, such as Person Ann Lee, or a description in brackets, such as Person (A clerk), not %q", n.Line)
	}
	line := "  " + yamlKey(n.ID) + ": " + yamlLine(n.Line)
	if i := find(e.entities, n.ID); was == "" && i >= 0 && (EntityText{n.ID, e.entities[i].line}).blank() {
		was = n.ID // its kind was left for a person to say
	}
	i := find(e.entities, was)
	switch {
	case was != "" && i < 0:
		return nil, "", fmt.Errorf("there is no entity %q in %s: it was removed meanwhile", was, e.name)
	case n.ID != was && find(e.entities, n.ID) >= 0:
		return nil, "", fmt.Errorf("there is an entity %q already: write another id before this one, such as %s-2: %s", n.ID, n.ID, n.Line)
	case was == "" && len(e.entities) == 0:
		file, err := e.withSection("entities", []string{line})
		return file, n.ID, err
	case was == "":
		at := e.entities[len(e.entities)-1].to
		file, err := e.with(at, at, []string{line})
		return file, n.ID, err
	case n.ID == was && n.Line == e.entities[i].line:
		return e, n.ID, nil
	}
	old := e.entities[i]
	if behind := behindOf(e.lines[old.from]); behind != "" {
		line += " " + behind
	}
	file, err := e.with(old.from, old.to, []string{line})
	return file, n.ID, err
}

// blank reports whether the kind of an entity is still to be filled in.
func (n EntityText) blank() bool { return n.Entity().Kind.Text == document.Blank }

// leading is the article of a description.
var leading = strict.Pattern(`^(The|A|An) `)

// with replaces the lines in [from, to).
func (e *Edited) with(from, to int, lines []string) (*Edited, error) {
	all := slices.Concat(e.lines[:from], lines, e.lines[to:])
	return OpenEdited(e.name, []byte(strings.Join(all, "\n")+"\n"))
}

// withSection adds a section that the file does not have, or has without entries.
func (e *Edited) withSection(section string, lines []string) (*Edited, error) {
	at, there := e.sections[section]
	to := at + 1
	if !there {
		at = e.back(len(e.lines))
		to = at
	}
	return e.with(at, to, slices.Insert(lines, 0, section+":"))
}

// claimLines are the fields of a claim, for a list behind a dash. Those that are as
// they were in old, which may be nil, keep their lines; comments of the others stand
// above them.
func (e *Edited) claimLines(c ClaimText, old *entry) ([]string, error) {
	var lines, waiting []string
	last := 0
	for _, key := range claimFields {
		var was []string
		same := false
		if old != nil {
			was = e.fieldLines(old, key)
			same = old.text.same(c, key)
		}
		switch is, err := c.fieldLines(key); {
		case err != nil:
			return nil, err
		case len(is) == 0 && len(was) == 0:
		case same:
			last = len(lines)
			lines, waiting = slices.Concat(lines, waiting, was), nil
		default:
			waiting = append(waiting, commentsIn(was)...)
			if len(is) > 0 {
				last = len(lines)
				lines, waiting = slices.Concat(lines, waiting, is), nil
			}
		}
	}
	if lines = slices.Insert(lines, last, waiting...); !e.listed {
		return lines, nil
	}
	for i, l := range lines {
		if !isComment(l) {
			lines[i] = "  - " + strings.TrimPrefix(l, "    ")
			break
		}
		lines[i] = strings.TrimPrefix(l, "  ")
	}
	return lines, nil
}

// fieldLines are the lines of a field of a claim, with those of comments, without
// the dash of a list.
func (e *Edited) fieldLines(c *entry, key string) []string {
	for _, f := range c.fields {
		if f.key == key {
			lines := slices.Clone(e.lines[f.from:f.to])
			for i, l := range lines {
				if rest, ok := strings.CutPrefix(l, "  - "); ok && e.listed && f.from+i == c.from {
					lines[i] = "    " + rest
				}
			}
			return lines
		}
	}
	return nil
}

// same reports whether both have the same value of a field.
func (c ClaimText) same(other ClaimText, key string) bool {
	if key == "at" {
		other.At.Pos = strict.Pos{}
		return reflect.DeepEqual(c.At, other.At)
	}
	return c.Values[key] == strings.TrimSpace(strings.ReplaceAll(other.Values[key], "\r\n", "\n"))
}

// commentsIn are the comments of lines, as lines.
func commentsIn(lines []string) (list []string) {
	for _, l := range lines {
		switch behind := behindOf(l); {
		case isComment(l):
			list = append(list, l)
		case behind != "":
			list = append(list, "    "+behind)
		}
	}
	return list
}

// behindOf is the comment behind the value of a line.
func behindOf(line string) string {
	c := readComments(line, strict.Parse([]byte(line), strict.NewReport("", "")))
	return c.behind[1]
}

// ParseEntityText takes a line of a form apart: ann-lee: Person Ann Lee, or without
// an id Person Ann Lee.
func ParseEntityText(line string) EntityText {
	line = strings.TrimSpace(line)
	if m := subjected().FindStringSubmatch(line); m != nil {
		return EntityText{ID: m[1], Line: m[2]}
	}
	n := EntityText{Line: line}
	n.ID = n.Called()
	return n
}

// Called returns an id for an entity that has none: made from its name, or else from its
// description.
func (n EntityText) Called() string {
	words := entityLine(strict.Word{}, strict.Parse([]byte(yamlLine(n.Line)), strict.NewReport("", "")))
	if id := fold.Slug(words.Name.Text); id != "" {
		return id
	}
	return fold.Slug(leading().ReplaceAllString(words.Description.Text, ""))
}
