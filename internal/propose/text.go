package propose

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"kg/internal/document"
	"kg/internal/fold"
	"kg/internal/sourcetext"
	"kg/schema"
)

// Proposal is the material for claims found in a text by rules alone: no model, no
// network, and the same from the same text. It proposes and decides nothing: what the
// rules cannot decide is left blank (schema.Blank). The rules are those of English.
type Proposal struct {
	ID, Title, Date, Language string // of the source; empty where the text does not state it
	Of                        string // the source that it is another reading of, in the short form
	Publisher                 string // an id; never stated in the text
	Heading                   string
	Body                      int
	Names                     []*Mention
	Dates, Amounts            []Value
	Speeches                  []Speech

	text       *sourcetext.Text
	o          *schema.Ontology
	flat       string // the text with spaces for ends of lines
	paragraphs []sourcetext.Span
	sentences  []sourcetext.Span

	named    *spanIndex[occurrence] // names, while speakers are found
	called   map[string]*Mention    // the entity last described so
	calledAt map[string]int         // and where
	ids      map[string]int         // that names have, and the last number behind each
}

// TextRange is a range of the text, half-open in code points; its paragraph is 0 for
// none.
type TextRange struct{ Paragraph, Start, End int }

// Mention is something that the text gives a name to, or a speaker that it describes.
type Mention struct {
	ID, Kind    string
	Name        string
	Also        []string
	Description string // of a speaker without a name
	Known       bool   // in the store, under this kind and id
	Ranges      []TextRange
}

// Value is a date in EDTF or a quantity, in the form of claims files.
type Value struct {
	TextRange
	Text string
}

// Speech is a statement that the text attributes to a speaker, quoted or not.
type Speech struct {
	TextRange          // of the quotation, or of the sentence that has the speech
	Quoted    bool     // in quotation marks
	Speakers  []string // ids of Names; none if the rules find none
	Stance    string   // empty for asserts
}

// Known is an entity of the store that has a name.
type Known struct{ ID, Kind, Name string }

// Hints supply what the text may not state.
type Hints struct {
	ID    string                            // a base for the source's id, such as the name of its file
	Date  string                            // the day of publication, if it is known
	Known func(name string) (*Known, error) // returns the entity of the store that has a name, nil for none

	// Of the source of a Drafting alone.
	Title, Language string
	Publisher       string // KIND NAME, or a name that the store knows
	Annotator       string
}

// lookUp is Known, or knows nothing.
func (h Hints) lookUp() func(name string) (*Known, error) {
	if h.Known != nil {
		return h.Known
	}
	return func(string) (*Known, error) { return nil, nil }
}

// Text reads a text. A text without names and speakers is an error.
func Text(text *sourcetext.Text, o *schema.Ontology, h Hints) (*Proposal, error) {
	p := begin(text, o, h)
	for s := range text.Sentences(p.paragraphs) {
		p.sentences = append(p.sentences, s)
	}
	p.findDates()
	p.findAmounts()
	if err := p.findNames(h.lookUp()); err != nil {
		return nil, err
	}
	if p.findSpeeches(); len(p.Names) == 0 {
		return nil, errors.New("the text names nothing and nobody, as far as rules for English tell: there is nothing to propose")
	}
	slices.SortFunc(p.Names, func(a, b *Mention) int { return cmp.Compare(a.Ranges[0].Start, b.Ranges[0].Start) })
	return p, nil
}

// begin reads the front matter of a text, before its first paragraph, and finds its
// paragraphs.
func begin(text *sourcetext.Text, o *schema.Ontology, h Hints) *Proposal {
	p := Source(text, h)
	p.o = o
	p.paragraphs = text.Paragraphs(p.Body, p.Heading)
	return p
}

// Source is a proposal of the source alone, which every text has.
func Source(text *sourcetext.Text, h Hints) *Proposal {
	p := &Proposal{ID: fold.Slug(h.ID), Date: h.Date, text: text, ids: map[string]int{}, flat: strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(string(text.Slice(0, text.Len())))}
	p.front()
	return p
}

// Text is the text that was read.
func (p *Proposal) Text() *sourcetext.Text { return p.text }

// words are those of a span, ends of lines as spaces: byte for byte as long as in
// the text.
func (p *Proposal) words(s sourcetext.Span) string {
	return p.flat[p.text.Byte(s.Start):p.text.Byte(s.End)]
}

// rangeOf returns the range in the text of bytes of a span.
func (p *Proposal) rangeOf(within sourcetext.Span, from, to int) TextRange {
	first := p.text.Byte(within.Start)
	at := sourcetext.Span{Start: p.text.Point(first + from), End: p.text.Point(first + to)}
	return TextRange{Paragraph: at.In(p.paragraphs), Start: at.Start, End: at.End}
}

// front reads the front matter: the title, the day of publication, and where the body
// begins. A block of lines is of the front if no line of it ends as sentences do.
func (p *Proposal) front() {
	blocks := p.text.Paragraphs(0, "")
	first := slices.IndexFunc(blocks, func(s sourcetext.Span) bool { return endsSentence(p.words(s)) })
	if first < 0 {
		first = 0
	}
	for _, s := range blocks[:first] {
		for line := range strings.SplitSeq(string(p.text.Slice(s.Start, s.End)), "\n") {
			line = strings.TrimSpace(line)
			if date := dateOfLine(line); date != "" {
				p.Date = cmp.Or(p.Date, date)
			} else if len([]rune(line)) > len([]rune(p.Title)) {
				p.Title = line
			}
		}
	}
	if first < len(blocks) {
		p.Body = blocks[first].Start
	}
	for _, s := range blocks[min(first, len(blocks)):] {
		words := strings.TrimSpace(p.words(s))
		if mark, rest, ok := strings.Cut(words, " "); ok && strings.Trim(mark, "○●■□◆◇▲△▶▷★☆※§#*•") == "" && !endsSentence(rest) {
			p.Heading = mark
			break
		}
	}
	if p.Date == "" {
		p.Date = dateOfLine(p.ID)
	}
	if p.Date != "" && !strings.Contains(p.ID, p.Date[:4]) {
		p.ID = fold.Slug(p.ID, p.Date)
	}
	if english(p.flat) {
		p.Language = "en"
	}
}

func endsSentence(words string) bool {
	words = strings.TrimRight(words, " \t”’\"')]“")
	return strings.HasSuffix(words, ".") || strings.HasSuffix(words, "!") || strings.HasSuffix(words, "?")
}

// english reports whether one word in twelve is among the commonest of English.
func english(text string) bool {
	all, common := 0, 0
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		all++
		if slices.Contains([]string{"the", "of", "and", "to", "in", "a", "that", "was", "is"}, word) {
			common++
		}
	}
	return common*12 > all
}

// blank returns a value, or the marker of one that a person has to fill in.
func blank(value string) string { return cmp.Or(value, document.Blank) }
