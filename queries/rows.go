package queries

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/strict"
)

// formatRow writes cells as a header has the rows of an example: | a | b |. What
// would end a cell, a line or the comment is escaped, so that the row reads back
// as it is.
func formatRow(cells []string) string {
	var b strings.Builder
	b.WriteByte('|')
	for _, cell := range cells {
		if cell != "" {
			b.WriteByte(' ')
			writeCell(&b, cell)
		}
		b.WriteString(" |")
	}
	return b.String()
}

func writeCell(b *strings.Builder, cell string) {
	end := len(strings.TrimRightFunc(cell, unicode.IsSpace))
	start := len(cell) - len(strings.TrimLeftFunc(cell, unicode.IsSpace))
	for i, r := range cell {
		switch {
		case r == '|', r == '\\', r == '/' && i > 0 && cell[i-1] == '*':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', i < start, i >= end:
			fmt.Fprintf(b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
}

// readRow reads a line that formatRow wrote, or a person.
func readRow(line string) (cells []string, err error) {
	rest, ok := strings.CutPrefix(line, "|")
	for ok && rest != "" {
		var cell string
		if cell, rest, err = cutCell(strings.TrimLeftFunc(rest, unicode.IsSpace)); err != nil {
			return nil, err
		}
		cells = append(cells, cell)
	}
	if len(cells) == 0 {
		return nil, errOpenRow
	}
	return cells, nil
}

var errOpenRow = errors.New("a row ends in |")

// cutCell reads a cell and the | that ends it. Space at its end is left out
// unless it is escaped.
func cutCell(s string) (cell, rest string, err error) {
	var b strings.Builder
	kept := 0 // of b
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '|':
			return b.String()[:kept], s[i+1:], nil
		case r == '\\':
			if r, size, err = escaped(s[i:]); err != nil {
				return "", "", err
			}
			b.WriteRune(r)
			kept = b.Len()
		default:
			b.WriteString(s[i : i+size])
			if !unicode.IsSpace(r) {
				kept = b.Len()
			}
		}
		i += size
	}
	return "", "", errOpenRow
}

func escaped(s string) (r rune, size int, err error) {
	if len(s) > 1 && strings.IndexByte(`|\/`, s[1]) >= 0 {
		return rune(s[1]), 2, nil
	}
	if hex, _, ok := strings.Cut(strings.TrimPrefix(s, `\u{`), "}"); ok && strings.HasPrefix(s, `\u{`) {
		if n, err := strconv.ParseUint(hex, 16, 32); err == nil && utf8.ValidRune(rune(n)) {
			return rune(n), len(`\u{}`) + len(hex), nil
		}
	}
	return 0, 0, fmt.Errorf(`after \ in a row stands |, \, / or u{…}, not %s`, strict.Sprintf("%q", s[1:]))
}

// WithRows is the query's text with other expected rows for some of its
// examples, by their place.
func (q *Query) WithRows(rows map[int][][]string) string {
	head, ok := header(q.Text)
	if !ok {
		return q.Text
	}
	var out []string
	example, replaced := -1, false
	for _, line := range strings.Split(head, "\n") {
		bare := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "*"))
		if strings.HasPrefix(bare, "|") && replaced {
			continue
		}
		out = append(out, line)
		if strings.HasPrefix(bare, "@") {
			replaced = false
		}
		if tag, _, _ := strings.Cut(bare, " "); tag == "@example" {
			example++
			var list [][]string
			list, replaced = rows[example]
			out = append(out, rowLines(line, list)...)
		}
	}
	if last := strings.TrimSpace(out[len(out)-1]); replaced && last != "" && last != "*" {
		out = append(out, " ") // the comment ends in a line of its own, not in a row
	}
	return "/**" + strings.Join(out, "\n") + q.Text[len("/**")+len(head):]
}

// rowLines are rows as they follow the line of their example.
func rowLines(example string, rows [][]string) []string {
	before, end := " * ", ""
	if i := strings.Index(example, "@"); strings.Contains(example[:i], "*") {
		before = example[:i]
	}
	if strings.HasSuffix(example, "\r") {
		end = "\r"
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, before+formatRow(row)+end)
	}
	return lines
}
