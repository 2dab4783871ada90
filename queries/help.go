package queries

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Role is what the parameter's value is to the question, in words: who pays or is
// paid.
func (p Param) Role() string {
	role, _, _ := strings.Cut(p.Meaning, "; ")
	return role
}

// Absent is what the question is without a value, in words: anybody if absent.
func (p Param) Absent() string {
	_, absent, _ := strings.Cut(p.Meaning, "; ")
	return absent
}

// Takes says what a value can be.
func (p Param) Takes() string {
	switch p.Type {
	case "text", "number":
		return "a " + p.Type
	case "entity":
		return "anything by its name, a short form such as kg:person/kim-jong-il, or an IRI"
	}
	return "of kind " + p.Type + ", by its name, a short form or an IRI"
}

// helpWidth is the width of Help, in columns.
const helpWidth = 80

// Help is a description of the question, for people.
func (q *Query) Help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nUsage:\n  %s", wrapped(q.Question, ""), q.Call())
	for _, p := range q.Params {
		fmt.Fprintf(&b, " [%s=…]", p.Name)
	}
	b.WriteString("\n")
	if len(q.Params) > 0 {
		b.WriteString("\nParameters:\n")
	}
	for _, p := range q.Params {
		indent := strings.Repeat(" ", len(p.Name)+4)
		fmt.Fprintf(&b, "  %s  %s\n%s%s\n", p.Name, wrapped(p.Meaning, indent), indent, wrapped(p.Takes(), indent))
		if p.Default != "" {
			fmt.Fprintf(&b, "%sdefault: %s\n", indent, p.Default)
		}
	}
	fmt.Fprintf(&b, "\nColumns:\n  %s\n", wrapped(strings.Join(q.headings(), ", "), "  "))
	if q.Denied {
		b.WriteString("\nIt sees what sources deny, too.\n")
	}
	if len(q.Examples) > 0 {
		b.WriteString("\nExamples:\n")
	}
	for _, e := range q.Examples {
		fmt.Fprintf(&b, "  %s\n", q.Call(e.Args...))
	}
	return b.String()
}

// wrapped breaks a text into lines that fit helpWidth behind an indent, which all but the
// first begin with.
func wrapped(text, indent string) string {
	var b strings.Builder
	room := helpWidth - len(indent)
	at := 0
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+n > room:
			b.WriteString("\n" + indent)
			at = 0
		default:
			b.WriteString(" ")
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String()
}
