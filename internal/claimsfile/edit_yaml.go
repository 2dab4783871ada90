package claimsfile

import (
	"encoding/json"
	"fmt"
	"strings"

	"kg/internal/strict"
)

// fieldLines are the lines of a field, none for an empty one.
func (c ClaimText) fieldLines(key string) ([]string, error) {
	value := strings.TrimSpace(strings.ReplaceAll(c.Values[key], "\r\n", "\n"))
	switch key {
	case "at":
		switch p := c.At; {
		case p.Words != "":
			return []string{"    at: " + quoted(p.Words)}, nil
		case p.SHA256 != "":
			return []string{"    at: " + p.Line()}, nil
		}
		return nil, nil
	case "edges":
		return edgesYAML(value)
	case "speaker", "via", "derived-from":
		var list []string
		for _, word := range strings.FieldsFunc(value, func(c rune) bool { return c == ',' || c == ' ' || c == '\n' }) {
			list = append(list, yamlKey(word))
		}
		if len(list) > 1 {
			return []string{"    " + key + ": [" + strings.Join(list, ", ") + "]"}, nil
		}
		value = strings.Join(list, "")
	}
	if value == "" {
		return nil, nil
	}
	return []string{"    " + key + ": " + yamlText(value)}, nil
}

// subjected is an edge, or a sentence, behind the id of its subject or event.
var subjected = strict.Pattern(`^([\pL\pN_-]+):\s+(\S.*)$`)

// edgesYAML are the lines of edges: a sentence alone stands behind the key, subjects
// are a mapping, and both together a list.
func edgesYAML(text string) ([]string, error) {
	var items []string
	keys := map[string]bool{}
	plainly := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		m := subjected().FindStringSubmatch(line)
		if m == nil {
			items = append(items, yamlText(line))
			plainly++
			continue
		}
		keys[m[1]] = true
		item := yamlKey(m[1]) + ": " + yamlLine(m[2])
		if m[2][0] == '{' && !strings.HasSuffix(item, m[2]) {
			return nil, fmt.Errorf("the edges of %s are not whole: in braces stand relations and their values, such as %s: {buyer: ann-lee, status: done}", m[1], m[1])
		}
		items = append(items, item)
	}
	dash := "      - "
	switch {
	case len(items) == 0:
		return nil, nil
	case len(items) == 1 && plainly == 1:
		return []string{"    edges: " + items[0]}, nil
	case plainly == 0 && len(keys) == len(items):
		dash = "      "
	}
	lines := []string{"    edges:"}
	for _, item := range items {
		lines = append(lines, dash+item)
	}
	return lines, nil
}

// yamlText is a text as a value of a line.
func yamlText(text string) string {
	if plain(text, false) {
		return text
	}
	return quoted(text)
}

// yamlKey is an id as a key, or as a value in brackets.
func yamlKey(text string) string {
	if plain(text, true) {
		return text
	}
	return quoted(text)
}

// yamlLine returns the YAML after a line's key: fields in braces are taken unchanged.
func yamlLine(text string) string {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") {
		r := strict.NewReport("", "")
		if n := strict.Parse([]byte(text), r); r.Err() == nil && n.IsMapping() {
			return text
		}
	}
	return yamlText(text)
}

// quoted is a text in double quotes.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err) // of a string
	}
	return strings.TrimSuffix(b.String(), "\n")
}
