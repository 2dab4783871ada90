package claimsfile

import (
	"slices"
	"strings"

	"kg/internal/strict"
	"kg/schema"
)

// Format returns a claims file in its one layout: sections and fields in a fixed order,
// one entity per line, one locator per line, the edges of a subject on one line if they
// fit. The content does not change, comments included; a comment within fields that
// become one line moves above it. Format is idempotent. A decisions file has one layout
// too; any other file is refused.
func Format(name string, file []byte) ([]byte, error) {
	if IsDecisions(file) {
		m, err := ReadDecisions(name, file)
		if err != nil {
			return nil, err
		}
		return m.Format(), nil
	}
	r := strict.NewReport("claims", name)
	fields, err := Parse(file, r)
	if err != nil {
		return nil, err
	}
	if fields.Document(); r.Err() != nil {
		return nil, r.Err()
	}
	root := strict.Parse(file, r)
	f := &formatter{lines: strings.Split(string(file), "\n"), comments: readComments(string(file), root)}
	f.left = len(f.behind)
	for _, list := range f.above {
		for _, c := range list {
			if c != "" {
				f.left++
			}
		}
	}
	f.fields(root, 0, "base", "source", "entities", "claims", "skipped")
	if f.left != 0 {
		r.Addf(strict.Pos{}, "a comment of this file cannot be kept: write comments above a key, or behind a value")
		return nil, r.Err()
	}
	if len(f.last) > 0 {
		if f.gap {
			f.b.WriteString("\n")
		}
		f.b.WriteString(strings.Join(f.last, "\n") + "\n")
	}
	return []byte(f.b.String()), nil
}

// widestLine is how long a line of edges may be.
const widestLine = 160

var (
	sourceFields = []string{"id", "of", "sha256", "characters", "extracted-from", "extractor", "title", "publisher", "annotator", "date", "language", "address", "body", "heading"}
	placeFields  = []string{"page", "paragraph", "start", "end", "sha256"}
	placeNeeds   = placeFields[1:]
)

type formatter struct {
	*comments
	lines []string
	b     strings.Builder
	left  int    // comments that are not written yet
	dash  string // prefix of the next line instead of spaces: that of a list
	item  int    // the line of that item in the file
}

// pair is a key and its value.
type pair struct {
	key   strict.Word
	value strict.Node
}

// ordered are the pairs of a mapping, those of a known order first.
func ordered(n strict.Node, order ...string) (list []pair) {
	for key, value := range n.Pairs("") {
		list = append(list, pair{key, value})
	}
	at := func(p pair) int {
		if i := slices.Index(order, p.key.Text); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(list, func(a, b pair) int { return at(a) - at(b) })
	return list
}

// fields writes a mapping, one key per line, with its values below.
func (f *formatter) fields(n strict.Node, depth int, order ...string) {
	for i, p := range ordered(n, order...) {
		if depth == 0 && i > 0 {
			f.blank[p.key.Pos.Line] = true
		} else if i == 0 {
			f.blank[p.key.Pos.Line] = false
		}
		f.field(p, depth)
	}
}

func (f *formatter) field(p pair, depth int) {
	key := f.scalar(p.key.Text, p.key.Pos, false)
	switch {
	case depth == 0 && p.value.IsMapping() && p.key.Text == "source":
		f.open(p.key.Pos.Line, depth, key+":")
		f.fields(p.value, depth+2, sourceFields...)
	case depth == 0 && p.value.IsMapping(): // entities, claims
		f.open(p.key.Pos.Line, depth, key+":")
		for i, e := range ordered(p.value) {
			if i == 0 {
				f.blank[e.key.Pos.Line] = false
			}
			if p.key.Text == "claims" && e.value.IsMapping() {
				f.open(e.key.Pos.Line, depth+2, f.scalar(e.key.Text, e.key.Pos, false)+":")
				f.fields(e.value, depth+4, claimFields...)
				continue
			}
			f.line(e.key.Pos.Line, e.value, depth+2, f.scalar(e.key.Text, e.key.Pos, false)+": "+f.flow(e.value, entityFields...))
		}
	case p.value.IsList() && (depth == 0 || p.key.Text == "edges"): // claims, skipped, edges
		f.open(p.key.Pos.Line, depth, key+":")
		f.items(p.value, depth+2)
	case p.key.Text == "edges" && p.value.IsMapping():
		f.open(p.key.Pos.Line, depth, key+":")
		f.edges(p.value, depth+2)
	default:
		text := f.flow(p.value, placeFields...)
		if p.key.Text == "at" && p.value.IsMapping() {
			if line := locatorOfFields(p.value).Line(); !strings.HasPrefix(line, "{") { // otherwise it is no locator, as loading reports
				text = line
			}
		}
		f.line(p.key.Pos.Line, p.value, depth, key+": "+text)
	}
}

// items writes a list, each of its values behind a dash.
func (f *formatter) items(n strict.Node, depth int) {
	for i, item := range n.Items("") {
		if i == 0 {
			f.blank[item.Pos().Line] = false
		}
		f.dash, f.item = strings.Repeat(" ", depth)+"- ", item.Pos().Line
		switch {
		case item.IsMapping() && item.Has("edges"), item.IsMapping() && item.Has("at"):
			f.claim(item, depth+2)
		case item.IsMapping():
			f.edges(item, depth+2)
		default:
			f.line(item.Pos().Line, item, depth+2, f.flow(item))
		}
		f.dash = ""
	}
}

// claim writes a mapping of a list; a comment above its first field in the file goes
// above the dash.
func (f *formatter) claim(n strict.Node, depth int) {
	for _, p := range ordered(n, slices.Concat(claimFields, []string{"why"})...) {
		if line := p.key.Pos.Line; line != n.Pos().Line {
			f.blank[line] = false
		}
		f.field(p, depth)
	}
}

// edges writes subjects and their edges: in a line, if it fits.
func (f *formatter) edges(n strict.Node, depth int) {
	for i, p := range ordered(n) {
		if i == 0 && f.dash == "" {
			f.blank[p.key.Pos.Line] = false
		}
		subject := f.scalar(p.key.Text, p.key.Pos, false)
		text := subject + ": " + f.flow(p.value, schema.Is)
		if !p.value.IsMapping() || depth+len([]rune(text)) <= widestLine {
			f.line(p.key.Pos.Line, p.value, depth, text)
			continue
		}
		f.open(p.key.Pos.Line, depth, subject+":")
		for j, e := range ordered(p.value, schema.Is) {
			if j == 0 {
				f.blank[e.key.Pos.Line] = false
			}
			f.line(e.key.Pos.Line, e.value, depth+2, f.scalar(e.key.Text, e.key.Pos, false)+": "+f.flow(e.value))
		}
	}
}

// open writes the line of a key whose values stand below it.
func (f *formatter) open(line, depth int, text string) { f.write(line, line, depth, text) }

// line writes a value in a line, with the comments of all lines that it had.
func (f *formatter) line(line int, value strict.Node, depth int, text string) {
	f.write(line, max(line, f.end(value)), depth, text)
}

func (f *formatter) write(line, end, depth int, text string) {
	indent := strings.Repeat(" ", depth)
	if f.dash != "" { // comments above the item go above its first line
		line = min(line, f.item)
	}
	if f.blank[line] && f.b.Len() > 0 {
		f.b.WriteString("\n")
	}
	above := indent
	if f.dash != "" {
		above = indent[:depth-2]
	}
	behind := ""
	for l := line; l <= end; l++ {
		for _, c := range f.above[l] {
			if c == "" && l > line {
				continue
			}
			if c == "" {
				f.b.WriteString("\n")
				continue
			}
			f.b.WriteString(above + c + "\n")
			f.left--
		}
		f.above[l] = nil
		if c, ok := f.behind[l]; ok {
			if behind != "" {
				f.b.WriteString(above + behind + "\n")
			}
			behind = c
			delete(f.behind, l)
			f.left--
		}
	}
	if f.dash != "" {
		indent, f.dash = f.dash, ""
	}
	f.b.WriteString(indent + text)
	if behind != "" {
		f.b.WriteString(" " + behind)
	}
	f.b.WriteString("\n")
}

// end is the last line of a value in the file.
func (f *formatter) end(n strict.Node) int {
	last := n.Pos().Line
	switch {
	case n.IsMapping():
		for key, value := range n.Pairs("") {
			last = max(last, key.Pos.Line, f.end(value))
		}
	case n.IsList():
		for _, item := range n.Items("") {
			last = max(last, f.end(item))
		}
	case n.Present():
		last = f.scalarEnd(n)
	}
	return last
}

// scalarEnd is the last line of a scalar: of a plain one, the line that its last
// word stands in.
func (f *formatter) scalarEnd(n strict.Node) int {
	row, col := n.Pos().Line-1, n.Pos().Column-1
	first := []rune(strings.TrimSuffix(f.lines[row], "\r"))
	if col >= len(first) {
		return row + 1
	}
	switch first[col] {
	case '"', '\'':
		return row + 1 + f.quotedLines(first, row, col)
	case '|', '>':
		return row + 1
	}
	words := strings.Fields(n.Text())
	for r, text := range f.lines[row:] {
		if r == 0 {
			text = string(first[col:])
		}
		for len(words) > 0 {
			i := strings.Index(text, words[0])
			if i < 0 {
				break
			}
			text, words = text[i+len(words[0]):], words[1:]
		}
		if len(words) == 0 {
			return row + 1 + r
		}
	}
	return row + 1
}

// quotedLines is how many lines the quoted value at col of a row goes on for.
func (f *formatter) quotedLines(first []rune, row, col int) int {
	lines := [][]rune{first, nil} // an unclosed quote ends at the last line
	for {
		end, _ := QuoteEnd(lines, 0, col)
		last := len(lines) - 1
		if end < last || row+last == len(f.lines) {
			return min(end, last-1)
		}
		lines[last] = []rune(strings.TrimSuffix(f.lines[row+last], "\r"))
		lines = append(lines, nil)
	}
}
