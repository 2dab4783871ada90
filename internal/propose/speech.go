package propose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kg/internal/sentence"
	"kg/internal/sourcetext"
	"kg/schema"
)

// sayingVerbs are the verbs of saying; stances are the stances they imply, other than asserts.
var (
	sayingVerbs = wordSet(`said says say told tell tells wrote writes write added adds announced argued argues claimed alleged alleges denied denies deny confirmed confirms confirm
admitted admits estimate estimates estimated predicted predicts expects warned explained noted replied recalled insisted testified stated reported believes`)
	stances = map[string]schema.Stance{
		"denied": schema.Denies, "denies": schema.Denies, "deny": schema.Denies, "confirmed": "confirms", "confirms": "confirms", "confirm": "confirms",
		"admitted": "admits", "admits": "admits", "estimate": "estimates", "estimates": "estimates", "estimated": "estimates",
		"predicted": "predicts", "predicts": "predicts", "expects": "predicts", "claimed": "alleges", "alleged": "alleges", "alleges": "alleges",
	}
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

// cuts end the description of a speaker: a resident | living near the embassy.
var cuts = wordSet("who which that whom whose living residing working after when while as in on at near from with during before by if about because to had has have is are was were will would")

// findSpeeches finds quotations and reported statements, and their speakers by the words
// beside them.
func (p *Proposal) findSpeeches() {
	p.named, p.called, p.calledAt = occurrences(p.Names), map[string]*Mention{}, map[string]int{}
	for _, paragraph := range p.paragraphs {
		words := p.words(paragraph)
		quoted := quotations(words)
		for _, q := range quoted {
			at := p.rangeOf(paragraph, q.Start, q.End)
			speakers, stance := p.besides(paragraph, words, q)
			p.Speeches = append(p.Speeches, Speech{at, true, speakers, stance})
		}
		p.handOn(len(quoted))
	}
	quoted := p.spokenBy(true)
	for _, s := range p.sentences {
		if words := p.words(s); len(quoted.in(s.Start, s.End)) == 0 {
			if speakers, stance := p.reported(s, words); len(speakers) > 0 {
				p.Speeches = append(p.Speeches, Speech{TextRange{Paragraph: s.In(p.paragraphs), Start: s.Start, End: s.End}, false, speakers, stance})
			}
		}
	}
	slices.SortStableFunc(p.Speeches, func(a, b Speech) int { return a.Start - b.Start })
}

// handOn gives the last quotations of a paragraph without a speaker that of the one
// before: a speech goes on after "he said".
func (p *Proposal) handOn(last int) {
	for i := len(p.Speeches) - last + 1; i < len(p.Speeches); i++ {
		if s := &p.Speeches[i]; i > 0 && len(s.Speakers) == 0 {
			s.Speakers, s.Stance = p.Speeches[i-1].Speakers, p.Speeches[i-1].Stance
		}
	}
}

// quotations returns the texts in quotation marks, these included, in bytes; an unclosed
// one ends with the paragraph. Marks around a word or two, a number say, are no
// quotation.
func quotations(words string) (list []sourcetext.Span) {
	for at := 0; at < len(words); {
		i := strings.IndexAny(words[at:], "“\"„«")
		if i < 0 {
			break
		}
		i += at
		_, size := utf8.DecodeRuneInString(words[i:])
		end := closing(words, i+size)
		if len(strings.Fields(words[i:end])) > 2 {
			list = append(list, sourcetext.Span{Start: i, End: end})
		}
		at = end
	}
	return list
}

// closing returns the end of a quotation whose words begin at from: after a closing mark,
// or an opening one in the position of a closing one.
func closing(words string, from int) int {
	for at := from; at < len(words); {
		r, size := utf8.DecodeRuneInString(words[at:])
		before, _ := utf8.DecodeLastRuneInString(words[:at])
		if at += size; strings.ContainsRune("”»", r) || strings.ContainsRune("\"“", r) && !unicode.IsSpace(before) && at > from+size {
			return at
		}
	}
	return len(words)
}

// besides returns the speaker of a quotation: after it (", said X", ", X said") or before
// it (X said, "; according to X).
func (p *Proposal) besides(paragraph sourcetext.Span, words string, q sourcetext.Span) ([]string, string) {
	after := words[q.End:]
	if i := strings.IndexAny(after, "“\"„«"); i >= 0 {
		after = after[:i]
	}
	if ends := sentence.Ends(after); len(ends) > 0 {
		after = after[:ends[0]]
	}
	if speakers, stance := p.said(paragraph, after, q.End, true); len(speakers) > 0 {
		return speakers, stance
	}
	from := 0
	if i := strings.LastIndexAny(words[:q.Start], "”"); i >= 0 {
		from = i + len("”")
	}
	before := words[from:q.Start]
	if ends := sentence.Ends(before); len(ends) > 0 {
		last := ends[len(ends)-1]
		before, from = before[last:], from+last
	}
	return p.said(paragraph, before, from, false)
}

// reported returns the speaker of a sentence without quotation marks.
func (p *Proposal) reported(s sourcetext.Span, words string) ([]string, string) {
	return p.said(s, words, 0, false)
}

// said finds a speaker in some words, which begin at the byte at of a span. Only after a
// quotation the verb may come first.
func (p *Proposal) said(within sourcetext.Span, words string, at int, behind bool) ([]string, string) {
	list := lexemes(words)
	for i, t := range list {
		if t.low() == "to" && i > 0 && list[i-1].low() == "according" && i+1 < len(list) {
			return p.speakers(within, at, words, list, i+1, len(list)), ""
		}
		if !sayingVerbs[t.low()] || i > 0 && list[i-1].in([]string{"to", "the", "a", "was", "is", "it"}) {
			continue
		}
		stance := string(stances[t.low()])
		if behind && i == 0 {
			return p.speakers(within, at, words, list, 1, len(list)), stance
		}
		if from := subject(words, list, i); from < i {
			if speakers := p.speakers(within, at, words, list, from, i); len(speakers) > 0 {
				return speakers, stance
			}
		}
	}
	return nil, ""
}

// subject returns the first token of the subject of a verb: from the last comma, skipping
// a clause between two commas if it describes the subject.
func subject(words string, list []lexeme, verb int) int {
	from := verb
	skipping := false
	for from > 0 {
		gap := ""
		if from < verb {
			gap = words[list[from-1].to:list[from].from]
		} else if strings.Contains(words[list[verb-1].to:list[verb].from], ",") {
			skipping = true // X, who …, said
		}
		if strings.ContainsAny(gap, ",;:”") {
			if !skipping || strings.ContainsAny(gap, ";:”") {
				return from
			}
			skipping = false
		}
		from--
	}
	return 0
}

// speakers returns those named or described by the tokens from from to to: one entity
// each. A description ends before a clause, at a comma, or after seven words.
func (p *Proposal) speakers(within sourcetext.Span, at int, words string, list []lexeme, from, to int) (ids []string) {
	end := from
	for end < to && end < from+7 {
		t := list[end]
		if end > from && (strings.ContainsAny(words[list[end-1].to:t.from], ",;.:”") || cuts[t.low()]) {
			break
		}
		end++
	}
	if end == from {
		return nil
	}
	span := p.rangeOf(within, at+list[from].from, at+list[end-1].to)
	for _, s := range p.named.in(span.Start, span.End) {
		if s.name.Kind == "Country" || slices.Contains(ids, s.name.ID) || s.at.Start < span.Start || s.at.End > span.End {
			continue
		}
		// The last name is the speaker, or all names joined by "and"; Weber's lawyer is
		// not Weber.
		before := strings.TrimSpace(p.words(sourcetext.Span{Start: span.Start, End: s.at.Start}))
		if strings.HasSuffix(before, " of") || strings.HasSuffix(before, " in") {
			continue
		}
		rest := strings.TrimSpace(p.words(sourcetext.Span{Start: s.at.End, End: span.End}))
		if rest == "" || strings.HasPrefix(rest, "and ") || strings.HasPrefix(rest, "of ") && s.at.Start == span.Start {
			ids = append(ids, s.name.ID)
		}
	}
	if len(ids) > 0 {
		return ids
	}
	return p.described(words, list[from:end], span)
}

// described is a speaker without a name, such as an official.
func (p *Proposal) described(words string, list []lexeme, span TextRange) []string {
	first := list[0]
	if first.in([]string{"he", "she", "it", "they", "i", "we", "you", "who", "there"}) {
		return nil
	}
	text := strings.TrimSpace(words[first.from:list[len(list)-1].to])
	kind, plural := "", false
	for _, t := range list {
		if t.low() == "of" {
			break
		}
		if k := nouns[t.low()]; k != "" {
			kind = k
		}
		plural = strings.HasSuffix(t.low(), "s")
	}
	if kind == "" && !first.in([]string{"a", "an", "the", "one", "his", "her", "its", "their"}) && !plural && !first.possessive {
		return nil
	}
	for _, article := range []string{"a ", "an ", "the ", "one "} {
		if rest, ok := strings.CutPrefix(strings.ToLower(text[:min(len(text), len(article))])+text[min(len(text), len(article)):], article); ok {
			text = rest
			break
		}
	}
	r, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(r)) + text[size:]
	if first.in([]string{"the"}) { // the one the text mentioned before
		if last := p.called[strings.ToLower(text)]; last != nil {
			last.Ranges = append(last.Ranges, span)
			p.calls(last, span)
			return []string{last.ID}
		}
	}
	name := &Mention{Kind: kind, Description: text, Ranges: []TextRange{span}, ID: p.free(text)}
	p.Names = append(p.Names, name)
	p.calls(name, span)
	return []string{name.ID}
}

// calls records the description of a speaker without a name at a position: the same
// description, or the words it ends with, then refers to that speaker.
func (p *Proposal) calls(name *Mention, at TextRange) {
	words := strings.Fields(strings.ToLower(name.Description))
	for i := range words {
		text := strings.Join(words[i:], " ")
		if _, ok := p.called[text]; !ok || at.Start > p.calledAt[text] {
			p.called[text], p.calledAt[text] = name, at.Start
		}
	}
}
