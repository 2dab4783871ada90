package queries

import (
	"fmt"
	"strings"
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

// Help is a description of the question, for people.
func (q *Query) Help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nUsage:\n  %s", q.Question, q.Call())
	for _, p := range q.Params {
		fmt.Fprintf(&b, " [%s=…]", p.Name)
	}
	b.WriteString("\n")
	if len(q.Params) > 0 {
		b.WriteString("\nParameters:\n")
	}
	for _, p := range q.Params {
		fmt.Fprintf(&b, "  %s  %s\n  %*s  %s\n", p.Name, p.Meaning, len(p.Name), "", p.Takes())
	}
	fmt.Fprintf(&b, "\nColumns:\n  %s\n", strings.Join(q.headings(), ", "))
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
