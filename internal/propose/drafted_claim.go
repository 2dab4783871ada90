package propose

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"kg/internal/document"
	"kg/internal/sourcetext"
	"kg/internal/strict"
	"kg/internal/suggest"
	"kg/schema"
)

// claim reads a claim of an answer. Its mistake is in c.why.
func (r *answerReader) claim(c *draft, raw jsontext.Value) {
	var a answeredClaim
	if err := json.Unmarshal(raw, &a, json.RejectUnknownMembers(true)); err != nil {
		c.why = "it cannot be read: " + unread(err)
		return
	}
	c.quote, c.stance, c.hedge = a.Quote, a.Stance, oneLine(a.Hedge)
	if c.stance == string(schema.Asserts) {
		c.stance = ""
	}
	if c.at, c.why = r.d.placeOf(a.Quote, a.Paragraph); c.why != "" {
		return
	}
	if c.why = r.wording(&a, c); c.why != "" {
		return
	}
	for _, list := range []struct {
		ids []string
		to  *[]string
	}{{a.Speakers, &c.speakers}, {a.Via, &c.via}} {
		for _, id := range list.ids {
			t, why := r.find(id)
			if why != "" {
				c.why = why
				return
			}
			if c.uses = append(c.uses, t); !slices.Contains(*list.to, t.id) {
				*list.to = append(*list.to, t.id)
			}
		}
	}
	if len(a.Edges) == 0 {
		c.why = "it states no edge"
	}
	for i := 0; i < len(a.Edges) && c.why == ""; i++ {
		c.why = r.edge(c, a.Edges[i])
	}
	if c.why == "" && r.d.copies(strings.Join(c.texts, " ")) { // the text split into several fields is still the text
		c.why = fmt.Sprintf("its values have more than %d words of the text in a row", mostWords)
	}
}

// longestQuote bounds the length of the quote of a claim.
const longestQuote = 2000

// placeOf finds a quote as kg locate finds words: as they are, in one paragraph, once;
// or once in the paragraph that the claim names. Nothing is left out of a quote.
func (d *Drafting) placeOf(quote string, paragraph int) (sourcetext.Span, string) {
	quote = spaced(quote)
	switch {
	case quote == "":
		return sourcetext.Span{}, "it quotes nothing"
	case utf8.RuneCountInString(quote) > longestQuote:
		return sourcetext.Span{}, fmt.Sprintf("its quote is longer than %d characters", longestQuote)
	case strings.Contains(quote, "…") && !strings.Contains(d.shown.words, quote):
		return sourcetext.Span{}, "its quote leaves words out (…), or is not in the text"
	}
	if 0 < paragraph && paragraph <= len(d.shown.paragraphs) { // elsewhere it may stand, too
		if at, why := d.inShown(quote, paragraph, false); why == "" {
			return d.shown.origin(at), ""
		}
	}
	at, why := d.inShown(quote, 0, false)
	if why == "" {
		return d.shown.origin(at), ""
	}
	if !d.shown.Text.Has(quote, d.shown.paragraphs) { // the nearest text is reported with its position in the text itself
		_, why = d.inText(quote, 0, d.nearsShown < mostNears)
		d.nearsShown++
	}
	return sourcetext.Span{}, strings.Replace(why, ": "+strict.Sprintf("%q", quote), "", 1) // it is said already
}

// mostNears bounds the quotes for which the nearest text is reported: each search goes
// through the whole text.
const mostNears = 20

// wording rejects a text that is too long for its field, cannot be printed, or repeats
// more than a few words of the source.
func (r *answerReader) wording(a *answeredClaim, c *draft) string {
	words := slices.Concat([]string{a.Stance, c.hedge}, a.Speakers, a.Via)
	for _, e := range a.Edges {
		words = append(words, e.Subject, e.Relation, e.Object)
	}
	for _, w := range words {
		switch {
		case utf8.RuneCountInString(w) > longestWord:
			return strict.Sprintf("%q is longer than %d characters", w, longestWord)
		case unprintable(oneLine(w)):
			return strict.Sprintf("%q has characters that cannot be printed", w)
		case oneLine(w) == document.Blank:
			return "a part of it is blank (" + document.Blank + ")"
		case r.d.copies(w):
			return strict.Sprintf("%q has more than %d words of the text", w, mostWords)
		}
	}
	if c.hedge != "" && !asWords(strings.ToLower(spaced(c.quote)), strings.ToLower(c.hedge)) {
		return strict.Sprintf("its hedge %q is not in its quote", c.hedge)
	}
	return ""
}

// edge reads an edge, and replaces the answer's ids by the file's. The check of the whole
// file validates it against the ontology.
func (r *answerReader) edge(c *draft, a answeredEdge) string {
	subject, why := r.find(a.Subject)
	if why != "" {
		return why
	}
	k := r.d.p.o.Kind(subject.kind)
	rel := r.d.p.o.Relation(a.Relation)
	if short := r.d.p.o.Verb(a.Relation); short != nil && (rel == nil || k == nil || !rel.Serves(k) || strings.Contains(oneLine(a.Object), " ")) {
		return r.sentence(c, a, subject, short)
	}
	if rel == nil {
		return strict.Sprintf("unknown relation %q", a.Relation) + suggest.Relation(r.d.p.o, a.Relation, k)
	}
	e := draftEdge{subject: subject.id, relation: rel.Name, object: oneLine(a.Object)}
	if e.object == "" {
		return fmt.Sprintf("%s of %s leads to nothing", rel.Name, strict.Sprintf("%q", a.Subject))
	}
	c.uses = append(c.uses, subject)
	if takesEntity(rel) {
		object, why := r.find(a.Object)
		if why != "" {
			return why
		}
		c.uses = append(c.uses, object)
		e.object = object.id
	}
	if rel.Literal == "text" || rel.Literal == "literal" {
		c.texts = append(c.texts, e.object)
	}
	c.edges = append(c.edges, e)
	return ""
}

// sentence reads an edge whose relation is the verb of a short form: its object is all
// after the verb. Ids in it are those of the answer.
func (r *answerReader) sentence(c *draft, a answeredEdge, subject *draftThing, short *schema.Short) string {
	c.uses = append(c.uses, subject)
	e := draftEdge{subject: subject.id, relation: short.Verb, verb: true}
	first := short.Object != nil && takesEntity(short.Object)
	var details []string
	quoted := false
	for _, word := range strings.Fields(a.Object) {
		id, comma := strings.CutSuffix(word, ",")
		t, why := r.find(id)
		switch {
		case first && why != "":
			return why
		case why == "" && !quoted:
			c.uses = append(c.uses, t)
			word = t.id
			if comma {
				word += ","
			}
		default:
			c.texts = append(c.texts, word)
		}
		quoted = quoted != (strings.Count(word, `"`)%2 == 1)
		if first = false; e.object == "" {
			e.object = word
		} else {
			details = append(details, word)
		}
	}
	e.details = strings.Join(details, " ")
	c.edges = append(c.edges, e)
	return ""
}

// takesEntity reports whether a relation leads to an entity.
func takesEntity(rel *schema.Relation) bool {
	return rel.Range != nil && len(rel.Range.Codes) == 0 && rel.Range.IRI != schema.QuantityClass && rel.Range.IRI != schema.DateClass
}

// mistakesOf are the mistakes of a file that was refused.
func mistakesOf(err error) []strict.Problem {
	if e, ok := err.(*strict.Error); ok {
		return e.Problems
	}
	return nil
}
