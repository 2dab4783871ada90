package document

import (
	"regexp"
	"slices"
	"strings"

	"kg/internal/strict"
	"kg/internal/suggest"
	"kg/schema"
	"kg/schema/edtf"
)

// A sentence is an edge in a line, or an event with its edges:
//
//	sentence = subject relation value {relation value}
//	                                           edges, if the subject's kind has the relations
//	         | subject verb [object] {detail}  an event: kinds say which verbs there are
//	         | kind "(" what happens ")" {detail}
//	                                           any event, behind the id that it gets
//	detail   = value                           what the verb's pattern has there: an amount, a share
//	         | word value                      a word of the pattern, or a relation of the event
//	         | date | "from" date ["to" date] | "to" date
//	         | "in" place | status
//	value    = id | code | text | quantity | date, as the relation's range asks
//	text     = word | '"' words '"'
//	quantity = ["about"] number ["-" number] ["thousand"|"million"|"billion"] unit
//	           {"per" word} ["of" (number unit|id)] ["=" quantity] [printed] | printed
//	date     = EDTF [printed]
//	printed  = "(" words as printed [", resolved"] ")"
//
// A percent sign behind a number is the unit percent. Commas may stand between the
// parts. The verb gives the event its status, unless a status stands in the
// sentence; what a speaker denies has none.

// sentenceParser reads the tokens of one sentence or value.
type sentenceParser struct {
	o      *schema.Ontology
	r      *strict.Report
	tokens []sentenceToken
	i      int
	kind   *schema.Kind  // for properties of the event
	short  *schema.Short // its pattern; nil outside of sentences
	ids    map[int]bool
}

// parsedSentence is a sentence taken apart.
type parsedSentence struct {
	subject strict.Word
	plain   *schema.Relation // of an edge without an event
	short   *schema.Short
	edges   []Edge      // without their subject, which is the event
	status  bool        // whether one stands in the sentence
	what    strict.Word // the text of the event, in a sentence that begins with a kind
	text    string      // as people read it, without a full stop
}

func (p *sentenceParser) end() bool { return p.i >= len(p.tokens) }

func (p *sentenceParser) next() sentenceToken {
	t := p.tokens[p.i]
	p.i++
	return t
}

// fail reports a mistake at the next token, or after the last.
func (p *sentenceParser) fail(format string, args ...any) {
	pos := strict.Pos{}
	if p.end() {
		last := p.tokens[len(p.tokens)-1]
		pos = strict.Pos{Line: last.Pos.Line, Column: last.Pos.Column + len([]rune(last.Text))}
	} else {
		pos = p.tokens[p.i].Pos
	}
	p.r.Addf(pos, format, args...)
}

// sentence reads a whole sentence. kindOf gives the kind of an entity, nil if it is
// unknown.
func (p *sentenceParser) sentence(kindOf func(id string) *schema.Kind) (*parsedSentence, bool) {
	if len(p.tokens) < 2 {
		p.fail("a sentence has a subject and a verb, such as: ann-lee owns tidewater 40%%")
		return nil, false
	}
	p.ids = map[int]bool{}
	if k := p.o.Kind(p.tokens[0].Text); k != nil && p.tokens[1].printed {
		return p.happening(k)
	}
	subject, verb := p.next(), p.next()
	p.ids[0] = true
	s := &parsedSentence{subject: subject.Word, short: p.o.Verb(verb.Text)}
	kind := kindOf(subject.Text)
	if rel := p.o.Relation(verb.Text); rel != nil && kind != nil && rel.Serves(kind) {
		quiet := sentenceParser{o: p.o, r: strict.NewReport("", ""), tokens: p.tokens, i: 1, kind: kind, ids: map[int]bool{0: true}, short: &schema.Short{Kind: kind}}
		if s.short == nil {
			quiet.r = p.r
		}
		if quiet.plain(s) {
			s.plain, p.ids = rel, quiet.ids
			return s, true
		}
		if s.short == nil {
			return nil, false
		}
		s.edges = nil
	}
	if s.short == nil {
		p.r.Addf(verb.Pos, "unknown verb %q%s", verb.Text, suggest.Verb(p.o, verb.Text, kind))
		return nil, false
	}
	p.kind, p.short = s.short.Kind, s.short
	return s, p.event(s, verb)
}

// plain reads relations of the subject and their values, without an event.
func (p *sentenceParser) plain(s *parsedSentence) bool {
	for !p.end() {
		rel := p.o.Relation(p.tokens[p.i].Text)
		if rel == nil || !rel.Serves(p.kind) || p.tokens[p.i].quoted || p.tokens[p.i].printed {
			p.fail("%q is no relation of %s%s", p.tokens[p.i].Text, p.kind.Name, suggest.Relation(p.o, p.tokens[p.i].Text, p.kind))
			return false
		}
		word := p.next()
		o, ok := p.value(rel)
		if !ok {
			return false
		}
		s.edges = append(s.edges, Edge{Relation: word.Word, Object: o})
	}
	return true
}

// happening reads an event that begins with its kind.
func (p *sentenceParser) happening(k *schema.Kind) (*parsedSentence, bool) {
	if !k.Within(p.o.Kind("Event")) || k.Abstract {
		p.fail("a sentence makes an event, and %s is no kind of events: declare it among the entities", k.Name)
		return nil, false
	}
	p.i = 2
	s := &parsedSentence{short: &schema.Short{Kind: k, Status: ""}, what: p.tokens[1].Word}
	p.kind, p.short = k, s.short
	return s, p.details(s, nil)
}

// event reads the rest of a sentence after its verb.
func (p *sentenceParser) event(s *parsedSentence, verb sentenceToken) bool {
	s.edges = append(s.edges, Edge{Relation: wordAt(s.short.Subject.Name, s.subject.Pos), Object: Object{Word: s.subject}})
	if rel := s.short.Object; rel != nil {
		if p.end() {
			p.fail("%s takes whom or what: %s", verb.Text, suggest.Sentence(s.short))
			return false
		}
		pos := p.tokens[p.i].Pos
		o, ok := p.value(rel)
		if !ok {
			return false
		}
		s.edges = append(s.edges, Edge{Relation: wordAt(rel.Name, pos), Object: o})
	}
	if !p.details(s, s.short.Then) {
		return false
	}
	for _, rel := range p.o.Relations() {
		if code, ok := s.short.Fixed[rel]; ok {
			s.edges = append(s.edges, Edge{Relation: wordAt(rel.Name, verb.Pos), Object: Object{Word: wordAt(code, verb.Pos)}})
		}
	}
	return true
}

// details reads all that follows.
func (p *sentenceParser) details(s *parsedSentence, then []*schema.Relation) bool {
	for !p.end() {
		e, used, ok := p.detail(then)
		if !ok {
			return false
		}
		if i := slices.IndexFunc(s.edges, func(other Edge) bool { return other.Relation.Text == e.Relation.Text }); i >= 0 && (e.Relation.Text == "date" || e.Relation.Text == "status") {
			p.r.Addf(e.Relation.Pos, "this sentence has two of %s: a sum needs its unit behind it, and an event has one date", e.Relation.Text)
			return false
		}
		s.edges = append(s.edges, e)
		s.status = s.status || e.Relation.Text == "status"
		if used {
			then = then[1:]
		}
	}
	return true
}

// groups are figures in groups of three.
var groups = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+$`)

// detail reads one detail; used reports that it is the first positional one.
func (p *sentenceParser) detail(then []*schema.Relation) (e Edge, used, ok bool) {
	t := p.tokens[p.i]
	led := func(rel *schema.Relation) (Edge, bool, bool) {
		p.i++
		if p.end() {
			p.fail("%q leads to %s, and nothing follows", t.Text, rel.RangeName())
			return Edge{}, false, false
		}
		o, ok := p.value(rel)
		return Edge{Relation: wordAt(rel.Name, t.Pos), Object: o}, false, ok
	}
	_, isStatus := p.o.Kind("Status").Code(t.Text)
	rel := p.o.Relation(t.Text)
	switch {
	case t.printed && len(then) > 0 && isQuantity(then[0]):
		o, ok := p.value(then[0])
		return Edge{Relation: wordAt(then[0].Name, t.Pos), Object: o}, true, ok
	case t.quoted || t.printed:
	case p.short.After[t.Text] != nil:
		return led(p.short.After[t.Text])
	case t.Text == "from" || t.Text == "to":
		o, ok := p.interval()
		return Edge{Relation: wordAt("date", t.Pos), Object: o}, false, ok
	case t.Text == "in":
		return led(p.o.Relation("located-in"))
	case isStatus:
		p.i++
		return Edge{Relation: wordAt("status", t.Pos), Object: Object{Word: t.Word}}, false, true
	case len(then) > 0 && isQuantity(then[0]) && p.atQuantity():
		o, ok := p.value(then[0])
		return Edge{Relation: wordAt(then[0].Name, t.Pos), Object: o}, true, ok
	case isDate(t.Text):
		o, ok := p.date()
		return Edge{Relation: wordAt("date", t.Pos), Object: o}, false, ok
	case rel != nil && rel.Serves(p.kind):
		return led(rel)
	case len(then) > 0 && !isQuantity(then[0]):
		o, ok := p.value(then[0])
		return Edge{Relation: wordAt(then[0].Name, t.Pos), Object: o}, true, ok
	}
	if groups.MatchString(t.Text) {
		_, err := schema.ParseNumber(t.Text)
		p.r.Addf(t.Pos, "%v", err)
		return Edge{}, false, false
	}
	p.fail("%q is not understood here%s: here may stand %s", t.Text, strict.DidYouMean(t.Text, p.words()), p.may(then))
	return e, false, false
}

// words are those that may stand in the sentence.
func (p *sentenceParser) words() []string {
	list := append([]string{"from", "to", "in"}, p.o.Kind("Status").CodeNames()...)
	for word := range p.short.After {
		list = append(list, word)
	}
	return append(list, p.o.RelationNames(p.kind)...)
}

// may lists the words that are valid in the sentence, for errors.
func (p *sentenceParser) may(then []*schema.Relation) string {
	var list []string
	for _, rel := range then {
		list = append(list, "the "+strings.ReplaceAll(rel.Name, "-", " "))
	}
	for word := range p.short.After {
		list = append(list, word)
	}
	slices.Sort(list)
	return strings.Join(append(list, "a date", "from and to", "in and a place", "a status", "a relation of "+p.kind.Name+" and its value (kg kinds "+p.kind.Name+")"), ", ")
}

func isQuantity(rel *schema.Relation) bool {
	return rel.Range != nil && rel.Range.IRI == schema.QuantityClass
}

func isDate(s string) bool {
	_, err := edtf.Parse(s)
	return err == nil
}
