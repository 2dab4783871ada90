package data

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kg/data/internal/nearest"
	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/sourcetext"
	"kg/internal/strict"
	"kg/schema"
)

// Locate returns a draft of a claims file with locators instead of words: every `at: "…"`
// becomes the paragraph, start, end and digest of those words in the text, and the source
// gets the text's SHA-256 and length. Nothing else of the file changes. The error lists, with
// line and column, words that are not in the text, or more than once, and locators in the
// file that do not hold in it.
func Locate(t *sourcetext.Text, name string, file []byte) ([]byte, error) {
	r := strict.NewReport("draft", name)
	fields, err := claimsfile.Parse(file, r, "source")
	if err != nil {
		return nil, err
	}
	d := fields.Document()
	l := &locator{lines: bytes.SplitAfter(file, []byte("\n")), text: t, r: r}
	for _, c := range d.Claims {
		if c.See.Text != "" {
			l.r.Addf(c.See.Pos, "claim %q is looked up elsewhere (see): its source has no text to locate it in", c.ID.Text)
		}
	}
	passages := passagesOf(d)
	if l.source(&d.Source, passages) {
		for _, p := range passages {
			l.passage(p)
		}
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	return l.apply(), nil
}

// passagesOf returns the passages of claims, then those that are skipped.
func passagesOf(d *document.Document) (list []*schema.Locator) {
	for _, c := range d.Claims {
		if c.At != nil {
			list = append(list, c.At)
		}
	}
	for i := range d.Skipped {
		list = append(list, &d.Skipped[i].At)
	}
	return list
}

// locator finds words of a draft in a text, and edits the file of the draft.
type locator struct {
	lines      [][]byte
	text       *sourcetext.Text
	r          *strict.Report
	paragraphs []sourcetext.Span
	edits      []edit
	tokens     *nearest.Text // of text; nil until it is needed
}

// edit replaces the quoted words at pos, or with empty old adds a line after
// that of pos.
type edit struct {
	pos      strict.Pos
	old, new string
}

// begin checks what the file says of its text. It returns where the body begins, and whether
// passages can be located.
func (l *locator) begin(s *document.Source, passages []*schema.Locator) (body int, ok bool) {
	if s.SHA256.Text != "" && s.SHA256.Text != l.text.SHA256 {
		var places []schema.Locator
		for _, p := range passages {
			if p.Words == "" {
				places = append(places, *p)
			}
		}
		l.r.Addf(s.SHA256.Pos, "this text is another one: its SHA-256 is %s, and %d of the %d places in this file hold in it", l.text.SHA256, l.text.Holding(places), len(places))
		return 0, false
	}
	if s.Characters != 0 && s.Characters != l.text.Len() {
		l.r.Addf(s.ID.Pos, "this text is another one: it has %d characters, and the source's had %d", l.text.Len(), s.Characters)
		return 0, false
	}
	body, err := strconv.Atoi(s.Body.Text)
	if err != nil && s.Body.Text != "" {
		at, ok := l.find(s.Body, []sourcetext.Span{{Start: 0, End: l.text.Len()}})
		if !ok {
			return 0, false
		}
		body = at.Start
	}
	l.paragraphs = l.text.Paragraphs(body, s.Heading.Text)
	return body, true
}

// source is begin, and notes the edits of the source.
func (l *locator) source(s *document.Source, passages []*schema.Locator) bool {
	body, ok := l.begin(s, passages)
	if !ok {
		return false
	}
	if _, err := strconv.Atoi(s.Body.Text); err != nil && s.Body.Text != "" {
		l.replace(s.Body, strconv.Itoa(body))
	}
	var fields []string
	if s.SHA256.Text == "" {
		fields = append(fields, "sha256: "+l.text.SHA256)
	}
	if s.FromFile.Text == "" && l.text.FromFile != "" {
		fields = append(fields, "extracted-from: "+l.text.FromFile, "extractor: "+l.text.Extractor)
	}
	if s.Characters == 0 {
		fields = append(fields, fmt.Sprintf("characters: %d", l.text.Len()))
	}
	if len(fields) > 0 {
		l.insert(s.ID, fields)
	}
	return true
}

// insert notes new fields of the source behind its id: in lines of their own, or in the braces
// that the source is in.
func (l *locator) insert(id strict.Word, fields []string) {
	if id.Text != "" {
		line := []rune(strings.TrimRight(string(l.lines[id.Pos.Line-1]), "\r\n"))
		before, rest := string(line[:id.Pos.Column-1]), strings.TrimSpace(string(line[id.Pos.Column-1:]))
		switch {
		case strings.TrimSpace(before) == "id:" && rest == id.Text:
			indent := strings.Repeat(" ", strings.Index(before, "id:"))
			l.edits = append(l.edits, edit{pos: id.Pos, new: indent + strings.Join(fields, "\n"+indent) + "\n"})
			return
		case strings.Contains(before, "{") && strings.HasPrefix(rest, id.Text):
			l.replace(id, id.Text+", "+strings.Join(fields, ", "))
			return
		}
	}
	l.r.Addf(id.Pos, "write the source with a field a line, its id among them and without quotes, so that there can be added: %s", strings.Join(fields, ", "))
}

func (l *locator) passage(p *schema.Locator) {
	if p.Words == "" {
		l.check(p)
		return
	}
	at, ok := l.find(strict.Word{Text: p.Words, Pos: p.Pos}, l.paragraphs)
	if !ok {
		return
	}
	l.replace(strict.Word{Text: p.Words, Pos: p.Pos}, l.text.LocatorIn(l.paragraphs, at).Line())
}

// check reports a locator of the file that does not hold in the text.
func (l *locator) check(p *schema.Locator) {
	if p.SHA256 == "" {
		return // it is no locator, as loading the file reports
	}
	if _, same := l.text.Passage(p.Start, p.End, p.SHA256); !same {
		l.r.Addf(p.Pos, "what stands in this text from %d to %d has another SHA-256: this place was taken from another text", p.Start, p.End)
	} else if n := (sourcetext.Span{Start: p.Start, End: p.End}).In(l.paragraphs); n != p.Paragraph {
		l.r.Addf(p.Pos, "from %d to %d is in paragraph %d of this text, not %d", p.Start, p.End, n, p.Paragraph)
	} else if n := l.text.Page(p.Start); n > 0 && p.Page > 0 && n != p.Page {
		l.r.Addf(p.Pos, "from %d to %d is on page %d of this text, not %d", p.Start, p.End, n, p.Page)
	}
}

// find returns the one passage within one of the spans that has words, or reports that there
// is none: see sourcetext.Text.Occurrences.
func (l *locator) find(w strict.Word, within []sourcetext.Span) (sourcetext.Span, bool) {
	at, why := l.findWords(w.Text, within, true)
	if why != "" {
		l.r.Addf(w.Pos, "%s", why)
	}
	return at, why == ""
}

func (l *locator) findWords(words string, within []sourcetext.Span, near bool) (at sourcetext.Span, why string) {
	found := l.text.Occurrences(words, within)
	switch {
	case len(found) == 1:
		return found[0], ""
	case len(found) > 1:
		return at, strict.Sprintf("these words are in the text %d times, write more of them: %q", len(found), words)
	}
	why = strict.Sprintf("these words are in no paragraph of the text: %q", words)
	if near {
		why += l.insteadOf(words, within)
	}
	return at, why
}

// FindWords returns a function that finds the one passage that has words, as Locate does, in
// all paragraphs of a text or in the one of a number from 1. If there is none, or more than
// one, why says so; with near, it says what is nearest, too, which takes a search of the whole
// text.
func FindWords(t *sourcetext.Text, paragraphs []sourcetext.Span) func(words string, paragraph int, near bool) (at sourcetext.Span, why string) {
	l := &locator{text: t}
	return func(words string, paragraph int, near bool) (sourcetext.Span, string) {
		within := paragraphs
		if paragraph > 0 {
			within = within[paragraph-1 : paragraph]
		}
		return l.findWords(words, within, near)
	}
}

// replace notes an edit of words, quoted or plain, that end on the line they begin on.
func (l *locator) replace(w strict.Word, with string) {
	pos := w.Pos
	line := []rune(strings.TrimRight(string(l.lines[pos.Line-1]), "\r\n"))
	col := pos.Column - 1
	end := -1
	switch {
	case col >= len(line) || strings.ContainsRune("|>", line[col]):
	case line[col] == '"' || line[col] == '\'':
		if row, stop := claimsfile.QuoteEnd([][]rune{line, {}}, 0, col); row == 0 {
			end = stop + 1
		}
	default:
		if text := []rune(w.Text); strings.HasPrefix(string(line[col:]), w.Text) {
			end = col + len(text)
		}
	}
	if end < 0 {
		l.r.Addf(pos, "write the words on one line, in quotes: double ones, or single ones if the words have double ones")
		return
	}
	l.edits = append(l.edits, edit{pos: pos, old: string(line[col:end]), new: with})
}

// apply makes the edits from the last to the first, so that their positions hold, and returns
// the file.
func (l *locator) apply() []byte {
	slices.SortStableFunc(l.edits, func(a, b edit) int {
		if a.pos.Line != b.pos.Line {
			return b.pos.Line - a.pos.Line
		}
		return b.pos.Column - a.pos.Column
	})
	for _, e := range l.edits {
		line := string(l.lines[e.pos.Line-1])
		if e.old == "" {
			line = strings.TrimSuffix(line, "\n") + "\n" // the file's last line may have none
			l.lines[e.pos.Line-1] = []byte(line + e.new)
			continue
		}
		at := len(string([]rune(line)[:e.pos.Column-1]))
		l.lines[e.pos.Line-1] = []byte(line[:at] + e.new + line[at+len(e.old):])
	}
	return bytes.Join(l.lines, nil)
}
