package main

import (
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"kg/graph"
)

// leastValue is the least width in columns of a value beside its name; in a narrower
// terminal the value is printed below the name.
const leastValue = 16

// renderRecords prints a row as a record, one line per field, with its details
// indented below. Fields without a value are left out.
func renderRecords(w io.Writer, l *listing) error {
	var b strings.Builder
	s := screenOf(w)
	for i, row := range l.rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		s.fields(&b, "", l.columns, row.cells)
		for _, detail := range row.details {
			s.fields(&b, "    ", l.details, detail)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// fields prints the fields of a record that have a value.
func (s screen) fields(b *strings.Builder, indent string, columns []string, cells []graph.Cell) {
	names, values := 0, shown(cells)
	for _, c := range columns {
		names = max(names, text.StringWidthWithoutEscSequences(printable(c)))
	}
	before := indent + strings.Repeat(" ", names+gap)
	below := s.width > 0 && s.width-len(before) < leastValue
	if below {
		before = indent + strings.Repeat(" ", gap)
	}
	for i, value := range values {
		if value == "" {
			continue
		}
		lines := []string{value}
		if s.width > 0 {
			lines = wrap(value, max(s.width-len(before), 1))
		}
		name := printable(columns[i])
		if below {
			b.WriteString(indent + s.strong(name) + "\n" + before)
		} else {
			b.WriteString(indent + s.strong(name) + strings.Repeat(" ", names+gap-text.StringWidthWithoutEscSequences(name)))
		}
		b.WriteString(strings.Join(lines, "\n"+before) + "\n")
	}
}
