package propose

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/fold"
	"kg/internal/strict"
)

// File returns the proposal as a claims file, in the layout of Format: the source, an
// entity for each name and speaker, and a claim for each sentence in which something was
// found, with its locator and its speaker. Edges, and anything else the rules cannot
// decide, are blank, and kg load reports each. Comments list what a passage contains:
// names by their ids, dates and quantities as a claim has them. With words, comments have
// the paragraphs too: that is for a screen and no file.
func (p *Proposal) File(annotator string, words bool) ([]byte, error) {
	var b strings.Builder
	b.WriteString("# Proposed by kg new, by rules: check each line. " + document.Blank + " is for you to fill in.\n")
	b.WriteString("# Behind a name or value stands where it is in the text: paragraph:start-end.\n\n")
	reader := fold.Slug(annotator)
	kinds := map[string]string{} // of names, by id
	for _, n := range p.Names {
		kinds[n.ID] = blank(n.Kind)
	}
	p.source(&b, reader)
	b.WriteString("\nentities:\n")
	if reader != "" && kinds[reader] == "" {
		fmt.Fprintf(&b, "  %s: %s\n", reader, (&Mention{Kind: "Person", Name: annotator}).line())
	}
	for _, n := range p.Names {
		n.write(&b)
	}
	b.WriteString("\nclaims:\n")
	p.claims(&b, words, kinds)
	return claimsfile.Format("the proposal", []byte(b.String()))
}

// canSpeak reports whether a name may be a speaker, as far as its kind is known.
func (p *Proposal) canSpeak(kind string) bool {
	k := p.o.Kind(kind)
	return k == nil || k.Within(p.o.Kind("Agent"))
}

func (p *Proposal) source(b *strings.Builder, annotator string) {
	title := document.Blank
	if p.Title != "" {
		if title = strings.Join(strings.Fields(p.Title), " "); !plainName().MatchString(title) {
			title = apostrophed(title)
		}
	}
	fmt.Fprintf(b, "source:\n  id: %s\n", blank(p.ID))
	if p.Of != "" {
		fmt.Fprintf(b, "  of: %s\n", p.Of)
	}
	fmt.Fprintf(b, "  sha256: %s\n  characters: %d\n  title: %s\n  publisher: %s\n  annotator: %s\n  date: %s\n  language: %s\n",
		p.text.SHA256, p.text.Len(), title, blank(p.Publisher), blank(annotator), blank(p.Date), blank(p.Language))
	if p.text.FromFile != "" {
		fmt.Fprintf(b, "  extracted-from: %s\n  extractor: %s\n", p.text.FromFile, p.text.Extractor)
	}
	if p.Body > 0 {
		fmt.Fprintf(b, "  body: %d\n", p.Body)
	}
	if p.Heading != "" {
		fmt.Fprintf(b, "  heading: %s\n", apostrophed(p.Heading))
	}
}

func (n *Mention) write(b *strings.Builder) {
	fmt.Fprintf(b, "  %s: %s #", n.ID, n.line())
	if n.Known {
		b.WriteString(" in the store;")
	}
	const most = 5
	for i, at := range n.Ranges {
		if i == most {
			fmt.Fprintf(b, " and %d more", len(n.Ranges)-most)
			break
		}
		b.WriteString(" " + short(at))
	}
	b.WriteString("\n")
}

// plainName is a name or a description that needs no quotes, and no fields of its own.
var plainName = strict.Pattern(`^[\pL\pN](?:[\pL\pN.&'’-]|[ ,][\pL\pN])*$`)

// line is the entity in a line, or in its fields if its name has brackets, say.
func (n *Mention) line() string {
	plain := true
	for _, text := range append([]string{n.Name, n.Description}, n.Also...) {
		plain = plain && (text == "" || plainName().MatchString(text))
	}
	if plain {
		text := strings.Join(append([]string{blank(n.Kind) + " " + n.Name}, n.Also...), " / ")
		if n.Description != "" {
			text = strings.TrimSpace(text) + " (" + n.Description + ")"
		}
		return text
	}
	text := "{kind: " + blank(n.Kind)
	if n.Name != "" {
		text += ", name: " + apostrophed(n.Name)
	}
	var also []string
	for _, name := range n.Also {
		also = append(also, apostrophed(name))
	}
	if len(also) > 0 {
		text += ", also: [" + strings.Join(also, ", ") + "]"
	}
	if n.Description != "" {
		text += ", description: " + apostrophed(n.Description)
	}
	return text + "}"
}

func short(p TextRange) string { return fmt.Sprintf("%d:%d-%d", p.Paragraph, p.Start, p.End) }

// apostrophed is a text in single quotes, as YAML always takes it.
func apostrophed(text string) string { return "'" + strings.ReplaceAll(visible(text), "'", "''") + "'" }

// visible returns a text without characters that YAML rejects, such as control
// characters.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r != ' ' && !unicode.IsPrint(r) {
			return '\uFFFD'
		}
		return r
	}, text)
}

// claims writes a claim for each sentence in which something was found.
func (p *Proposal) claims(b *strings.Builder, words bool, kinds map[string]string) {
	speeches, found := p.spokenBy(false), p.everything()
	shown := 0
	for _, s := range p.sentences {
		at := TextRange{Paragraph: s.In(p.paragraphs), Start: s.Start, End: s.End}
		for ; words && shown < at.Paragraph; shown++ {
			text := p.words(p.paragraphs[shown])
			fmt.Fprintf(b, "\n  # paragraph %d: %s\n", shown+1, visible(strings.Join(strings.Fields(text), " ")))
		}
		lines := found.within(at)
		if len(lines) == 0 {
			continue
		}
		var speakers []string
		stance := ""
		if spoken := speeches.in(s.Start, s.End); len(spoken) > 0 {
			speakers, stance = spoken[0].Speakers, spoken[0].Stance
		}
		for i, line := range lines {
			if i == 0 && !words {
				b.WriteString("\n")
			}
			b.WriteString("  # " + line + "\n")
		}
		b.WriteString("  - ")
		switch {
		case len(speakers) == 1 && !p.canSpeak(kinds[speakers[0]]): // a report, say
			fmt.Fprintf(b, "via: %s\n    ", speakers[0])
		case len(speakers) == 1:
			fmt.Fprintf(b, "speaker: %s\n    ", speakers[0])
		case len(speakers) > 1:
			fmt.Fprintf(b, "speaker: [%s]\n    ", strings.Join(speakers, ", "))
		}
		if stance != "" {
			fmt.Fprintf(b, "stance: %s\n    ", stance)
		}
		fmt.Fprintf(b, "at: %s\n    edges: %s\n", p.text.LocatorIn(p.paragraphs, s).Line(), document.Blank)
	}
}

// finds is all that was found, by position.
type finds struct {
	names  *spanIndex[occurrence]
	values *spanIndex[Value]
	quotes *spanIndex[Speech]
}

func (p *Proposal) everything() finds {
	f := finds{occurrences(p.Names), valuesAt(slices.Concat(p.Dates, p.Amounts)), &spanIndex[Speech]{}}
	for _, q := range p.Speeches {
		if q.Quoted {
			f.quotes.add(q, q.TextRange)
		}
	}
	return f
}

// within returns the lines that list the findings in a sentence.
func (f finds) within(s TextRange) (lines []string) {
	var names, values, quotes []string
	for _, n := range f.names.in(s.Start, s.End) {
		names = append(names, fmt.Sprintf("%s %d-%d", n.name.ID, n.at.Start, n.at.End))
	}
	for _, v := range f.values.in(s.Start, s.End) {
		values = append(values, fmt.Sprintf("%s %d-%d", v.Text, v.Start, v.End))
	}
	for _, q := range f.quotes.in(s.Start, s.End) {
		quotes = append(quotes, fmt.Sprintf("quotation %d-%d", q.Start, q.End))
	}
	for _, list := range [][]string{names, values, quotes} {
		if len(list) > 0 {
			lines = append(lines, strings.Join(list, "; "))
		}
	}
	return lines
}
