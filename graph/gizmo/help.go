package gizmo

import (
	"fmt"
	"strings"
)

// Help is a description of all methods, for people, 80 columns wide.
func Help() string {
	var b strings.Builder
	object := "none yet"
	for _, m := range Methods() {
		if m.Object != object {
			object = m.Object
			b.WriteString("\n" + titles[object] + "\n")
		}
		fmt.Fprintf(&b, "\n  %s%s", m.Name, m.Signature)
		if len(m.Aliases) > 0 {
			b.WriteString("  also " + strings.Join(m.Aliases, ", "))
		}
		if m.Extension {
			b.WriteString("  (an extension: Cayley's own Gizmo does not have it)")
		}
		b.WriteString("\n")
		wrap(&b, m.Doc)
	}
	return strings.TrimPrefix(b.String(), "\n")
}

var titles = map[string]string{
	"":      "Functions that make values and filters:",
	"graph": "Methods of graph, or g for short:",
	"path":  "Methods of a path:",
}

// wrap writes a text in lines of 80 columns, indented.
func wrap(b *strings.Builder, text string) {
	column := 0
	for _, word := range strings.Fields(text) {
		if column > 0 && column+1+len(word) > 80 {
			b.WriteString("\n")
			column = 0
		}
		if column == 0 {
			b.WriteString("     ")
			column = 5
		}
		b.WriteString(" " + word)
		column += 1 + len(word)
	}
	b.WriteString("\n")
}
