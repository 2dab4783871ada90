package claimsfile

import (
	"maps"
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
