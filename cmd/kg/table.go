package main

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/text"
)

const (
	gap     = 2   // between two columns
	tallest = 5   // lines that a row of a table may take on a terminal
	widest  = 120 // of the cells that others of a column are padded to without a terminal
)

// renderTable prints rows as a table, or as records if the terminal is too narrow for the
// table, or if rows have details.
func renderTable(w io.Writer, l *listing) error {
	if len(l.rows) == 0 {
		return nil
	}
	s := screenOf(w)
	lines := [][]string{slices.Clone(l.columns)}
	for _, row := range l.rows {
		lines = append(lines, shown(row.cells))
	}
	if len(l.details) > 0 {
		return renderRecords(w, l)
	}
	widths, ok := fit(s.width, lines)
	if !ok {
		return renderRecords(w, l)
	}
	_, err := io.WriteString(w, layTable(s, widths, lines))
	return err
}

// fit narrows the widest columns until the table fits width, which is 0 for no terminal.
// A column does not become narrower than its longest word; ok is false if the table would
// need that, or rows of too many lines.
func fit(width int, lines [][]string) (widths []int, ok bool) {
	columns := len(lines[0])
	widths, least := make([]int, columns), make([]int, columns)
	for _, line := range lines {
		for i, cell := range line {
			n := text.StringWidthWithoutEscSequences(cell)
			if width > 0 || n <= widest {
				widths[i] = max(widths[i], n)
			}
			least[i] = max(least[i], longestWord(cell))
		}
	}
	if width == 0 {
		return widths, true
	}
	for room := width - gap*(columns-1); total(widths) > room; {
		at := -1
		for i := range widths {
			if widths[i] > least[i] && (at < 0 || widths[i] > widths[at]) {
				at = i
			}
		}
		if at < 0 {
			return nil, false
		}
		widths[at]--
	}
	for _, line := range lines {
		for i, cell := range line {
			if len(wrap(cell, widths[i])) > tallest {
				return nil, false
			}
		}
	}
	return widths, true
}

// layTable lays out lines, the first of which is the heading. Rules separate a row of
// several lines from its neighbours.
func layTable(s screen, widths []int, lines [][]string) string {
	rule := s.faint(strings.Repeat("─", min(s.width, total(widths)+gap*(len(widths)-1)))) + "\n"
	var b strings.Builder
	several := false // whether the row before has several lines
	for i, line := range lines {
		laid := layRow(widths, line, s.width > 0)
		before := several
		several = strings.Contains(laid, "\n")
		if i > 0 && (before || several) {
			b.WriteString(rule)
		}
		if i == 0 {
			laid = s.strong(laid)
		}
		b.WriteString(laid + "\n")
	}
	return b.String()
}

// layRow pads the cells of a row to widths and, on a terminal, wraps them. A cell longer
// than its column does not widen other rows.
func layRow(widths []int, cells []string, wrapped bool) string {
	parts, height := make([][]string, len(cells)), 1
	for i, cell := range cells {
		parts[i] = []string{cell}
		if wrapped {
			parts[i] = wrap(cell, widths[i])
		}
		height = max(height, len(parts[i]))
	}
	lines := make([]string, height)
	for n := range lines {
		var b strings.Builder
		for i, part := range parts {
			cell := ""
			if n < len(part) {
				cell = part[n]
			}
			b.WriteString(text.Pad(cell, widths[i], ' ') + strings.Repeat(" ", gap))
		}
		lines[n] = strings.TrimRight(b.String(), " ")
	}
	return strings.Join(lines, "\n")
}

// inseparable matches words that a line break must not separate: a full date, and a
// figure with its unit.
var inseparable = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(\d{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b|\b\d[\d,.]* [A-Z]{3}\b`)
})

// bind puts no-break spaces into inseparable words.
func bind(s string) string {
	return inseparable().ReplaceAllStringFunc(s, func(m string) string { return strings.ReplaceAll(m, " ", "\u00a0") })
}

// breakable reports whether a line may end at r.
func breakable(r rune) bool { return r == ' ' || unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' }

func longestWord(s string) (longest int) {
	for _, word := range strings.FieldsFunc(bind(s), breakable) {
		longest = max(longest, text.StringWidthWithoutEscSequences(word))
	}
	return longest
}

// wrap breaks a text into lines of at most width columns, only at spaces: a longer word
// has a line of its own. go-pretty's WrapSoft would break such a word.
func wrap(s string, width int) []string {
	if text.StringWidthWithoutEscSequences(s) <= width {
		return []string{s}
	}
	lines, at := []string{""}, 0
	for _, word := range strings.FieldsFunc(bind(s), breakable) {
		n := text.StringWidthWithoutEscSequences(word)
		word = strings.ReplaceAll(word, "\u00a0", " ")
		switch last := &lines[len(lines)-1]; {
		case *last == "":
			*last, at = word, n
		case at+1+n <= width:
			*last, at = *last+" "+word, at+1+n
		default:
			lines, at = append(lines, word), n
		}
	}
	return lines
}

func total(list []int) (sum int) {
	for _, n := range list {
		sum += n
	}
	return sum
}
