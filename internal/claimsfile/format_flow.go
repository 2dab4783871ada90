package claimsfile

import (
	"strings"

	"kg/internal/strict"
)

// flow is a value in a line.
func (f *formatter) flow(n strict.Node, order ...string) string {
	switch {
	case n.IsMapping():
		var parts []string
		for _, p := range ordered(n, order...) {
			parts = append(parts, f.scalar(p.key.Text, p.key.Pos, true)+": "+f.inFlow(p.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case n.IsList():
		var parts []string
		for _, item := range n.Items("") {
			parts = append(parts, f.inFlow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return f.scalar(n.Text(), n.Pos(), false)
}

func (f *formatter) inFlow(n strict.Node) string {
	if n.IsMapping() || n.IsList() {
		return f.flow(n)
	}
	return f.scalar(n.Text(), n.Pos(), true)
}

// scalar returns a scalar as it is in the file, if it is one line and, where required,
// valid within brackets; otherwise in double quotes, as in JSON.
func (f *formatter) scalar(text string, pos strict.Pos, inFlow bool) string {
	line := []rune(strings.TrimSuffix(f.lines[pos.Line-1], "\r"))
	if col := pos.Column - 1; col < len(line) {
		switch line[col] {
		case '"', '\'':
			if end, stop := QuoteEnd([][]rune{line, {}}, 0, col); end == 0 {
				return string(line[col : stop+1])
			}
		case '|', '>':
		default:
			if plain(text, inFlow) {
				return text
			}
		}
	}
	return quoted(text)
}

// harmless are texts that can stand without quotes anywhere.
var harmless = strict.Pattern(`^[\pL\pN][^:#,\[\]{}\n\t]*$`)

// plain reports whether a text can stand without quotes.
func plain(text string, inFlow bool) bool {
	switch {
	case harmless().MatchString(text):
		return true
	case strings.ContainsAny(text, "\n\t"):
		return false
	}
	file := "k: " + text
	if inFlow {
		file = "k: {k: " + text + "}"
	}
	n := strict.Parse([]byte(file), strict.NewReport("", "")).Child("k")
	if inFlow {
		n = n.Child("k")
	}
	return n.Text() == text
}
