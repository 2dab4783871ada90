package session

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
	b.WriteString("\nValues in a script:\n")
	for _, note := range notes {
		b.WriteString("\n  " + note.about + "\n")
		wrap(&b, note.text)
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// notes say what a script needs to know of values.
var notes = []struct{ about, text string }{
	{"terms", "Texts, numbers, truth values and times are JavaScript's own; a text in a language is its text; all else is a string as N-Quads write it, such as <https://ex.org/a> or \"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>, which every method reads back. A text that would be read as another term, such as <a>, is a String object."},
	{"integers beyond 2^53 - 1", "An integer that JavaScript would round, in the graph or in the query's own text, is an object that stays exact: it is the term for every method, equal (===) to another of the same term, and prints as its digits. To compute with it is an error; lt, gt and order compare it in the path, String(x) gives its digits. In JSON it is a string with its datatype."},
	{"what JSON cannot hold", "NaN, Infinity and -Infinity are given out as the literals that the graph has for them, \"NaN\", \"INF\" and \"-INF\" of xsd:double; a time beyond the year 9999 is its text of xsd:dateTime. In JSON they are objects with @value and @type; within lists and objects, and in Cayley's API, strings with their datatype."},
	{"parameters", "A parameter is a global variable: an IRI as g.IRI makes it, a text as str does, a number. A literal is its text wherever a method takes a text."},
	{"classes of Unicode", "In a regular expression with the flag u, \\p{L} and \\P{L} take general categories (L, Lu, Letter), scripts by name (\\p{Script=Cyrillic}) and properties such as Alphabetic. What kg does not know is an error, and so is a class without the flag."},
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
