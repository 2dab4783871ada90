package data

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// Locate puts places where a draft of a claims file has words: every
// `at: "…"` becomes the paragraph, start, end and digest of those words in the
// text, and the source gets the text's SHA-256 and length. Nothing else of the
// file changes. Words that are not in the text, or in it more than once, and
// places that were there before and are not those of the text, are reported with
// where they stand in the file.
func (t *Text) Locate(name string, file []byte) ([]byte, error) {
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

// passagesOf are the passages of claims, then those that are skipped.
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

type locator struct {
	lines      [][]byte
	text       *Text
	r          *strict.Report
	paragraphs []Span
	edits      []edit
	like       *check // finds what is nearest to words
	unlike     bool   // nobody is to be told what is nearest
}

// edit replaces the quoted words at pos, or with empty old adds a line after
// that of pos.
type edit struct {
	pos      strict.Pos
	old, new string
}

// begin looks at what the file says of its text: where the body begins, and whether
// passages can be looked for.
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
		at, ok := l.find(s.Body, []Span{{0, l.text.Len()}})
		if !ok {
			return 0, false
		}
		body = at.Start
	}
	l.paragraphs = l.text.Paragraphs(body, s.Heading.Text)
	return body, true
}

// source is begin, and notes what the file is to say of its text.
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

// insert notes new fields of the source behind its id: in lines of their own, or in the
// braces that it stands in.
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
	l.replace(strict.Word{Text: p.Words, Pos: p.Pos}, l.text.PlaceIn(l.paragraphs, at).Line())
}

// check looks whether a place that is in the file already is one of the text:
// the text's SHA-256 beside it would say so.
func (l *locator) check(p *schema.Locator) {
	if p.SHA256 == "" {
		return // it is no place, as loading the file tells
	}
	if _, same := l.text.Passage(p.Start, p.End, p.SHA256); !same {
		l.r.Addf(p.Pos, "what stands in this text from %d to %d has another SHA-256: this place was taken from another text", p.Start, p.End)
	} else if n := (Span{p.Start, p.End}).In(l.paragraphs); n != p.Paragraph {
		l.r.Addf(p.Pos, "from %d to %d is in paragraph %d of this text, not %d", p.Start, p.End, n, p.Paragraph)
	} else if n := l.text.page(p.Start); n > 0 && p.Page > 0 && n != p.Page {
		l.r.Addf(p.Pos, "from %d to %d is on page %d of this text, not %d", p.Start, p.End, n, p.Page)
	}
}

// find looks for words within one of the spans; an ellipsis stands for
// whatever lies between its two sides.
func (l *locator) find(w strict.Word, within []Span) (Span, bool) {
	first, last, shortened := strings.Cut(w.Text, "…")
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	var hits []Span
	for _, p := range within {
		s := string(l.text.Slice(p.Start, p.End))
		point, at := p.Start, 0 // of the last hit
		for from := 0; ; {
			i := strings.Index(s[from:], first)
			if i < 0 || first == "" {
				break
			}
			i += from
			end := i + len(first)
			if shortened {
				j := strings.Index(s[end:], last)
				if j < 0 || last == "" {
					break
				}
				end += j + len(last)
			}
			point, at = point+utf8.RuneCountInString(s[at:i]), i
			hits = append(hits, Span{point, point + utf8.RuneCountInString(s[i:end])})
			from = i + len(first)
		}
	}
	switch len(hits) {
	case 1:
		return hits[0], true
	case 0:
		l.r.Addf(w.Pos, "these words are in no paragraph of the text: %q%s", w.Text, l.insteadOf(w.Text, within))
	default:
		l.r.Addf(w.Pos, "these words are in the text %d times, write more of them: %q", len(hits), w.Text)
	}
	return Span{}, false
}

// replace notes an edit of the words at pos, quoted or plain, which end in their
// line.
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

// apply makes the edits from the last to the first, so that positions hold.
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
