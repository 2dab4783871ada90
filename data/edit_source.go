package data

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// Source are the fields of the file's source by name, as texts.
func (e *Edited) Source() map[string]string {
	return maps.Clone(e.source.text.Values)
}

// PutSource gives fields of the source other values; an empty one takes the field
// out. Fields that are as they were keep their bytes.
func (e *Edited) PutSource(values map[string]string) (*Edited, error) {
	was := e.Source()
	var lines []string
	for _, key := range sourceFields {
		value, given := values[key]
		value = strings.Join(strings.Fields(value), " ")
		old := e.fieldLines(&e.source, key)
		if !given || value == was[key] {
			lines = append(lines, old...)
			continue
		}
		for _, c := range commentsIn(old) {
			if c != "" {
				lines = append(lines, "  "+strings.TrimSpace(c))
			}
		}
		if value != "" {
			lines = append(lines, "  "+key+": "+yamlText(value))
		}
	}
	if len(e.source.fields) == 0 {
		return e.withSection("source", lines)
	}
	return e.with(e.source.from+1, e.source.to, lines)
}

// Begin is the file of a text of which nothing is claimed yet: its source, of which
// values has what the text does not tell, and entities, such as its publisher.
func (p *Proposal) Begin(name string, values map[string]string, entities []EntityText) (*Edited, error) {
	all := map[string]string{"id": p.ID, "sha256": p.text.SHA256, "characters": strconv.Itoa(p.text.Len()), "heading": p.Heading,
		"extracted-from": p.text.FromFile, "extractor": p.text.Extractor}
	if p.Body > 0 {
		all["body"] = strconv.Itoa(p.Body)
	}
	maps.Copy(all, values)
	e, err := OpenEdited(name, []byte("source:\n  id: x\n"))
	if err == nil {
		e, err = e.PutSource(all)
	}
	for _, n := range entities {
		if err == nil {
			e, _, err = e.PutEntity("", n)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("beginning %q: %w", name, err)
	}
	return e, nil
}

// Line is an entity as a file and a form have it, with its id where that is not the
// one that its name would give.
func (n *Name) Line() string {
	line := n.line()
	if (EntityText{Line: line}).called() == n.ID {
		return line
	}
	return n.ID + ": " + line
}

// SourceID is the id of a source that is called so, of a day: courier-2019-04-08.
func SourceID(called, date string) string {
	if date != "" && strings.Contains(called, date) {
		date = ""
	}
	return slug([]string{called, date})
}
