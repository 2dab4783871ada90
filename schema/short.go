package schema

import (
	"maps"
	"slices"
	"strings"

	"kg/internal/strict"
)

// Short is a pattern of sentences that make an event, as a kind's file has it:
//
//	payer paid recipient amount: done
//	member directs organisation as role: ongoing
//	given-by convicted verdict-on verdict=convicted: done
//
// The first word is the relation of the sentence's subject, the second the verb,
// the third, if any, the relation of its object. Then come what may follow in this
// order (amount), what may follow a word of its own (as role), and what the verb
// says by itself (verdict=convicted). The value is the event's status.
type Short struct {
	Kind    *Kind
	Verb    string
	Pattern string // as the file has it
	Subject *Relation
	Object  *Relation            // nil for a verb that takes none: was-born
	Then    []*Relation          // by their place
	After   map[string]*Relation // by the word before
	Fixed   map[*Relation]string
	Status  string
}

// pattern is a Short that is not read yet.
type pattern struct {
	kind   *Kind
	words  strict.Word
	status strict.Word
	report *strict.Report
}

// Verb returns the sentences of a verb, or nil.
func (o *Ontology) Verb(verb string) *Short { return o.verbs[verb] }

// Verbs lists the verbs of sentences.
func (o *Ontology) Verbs() []string { return slices.Sorted(maps.Keys(o.verbs)) }

// SentenceWords are words that mean the same in every sentence.
var SentenceWords = []string{"from", "to", "in", "about", "per"}

func (b *builder) readShorts() {
	status := b.o.kinds["Status"]
	for _, p := range b.shorts {
		words := strings.Fields(p.words.Text)
		if len(words) < 2 {
			p.report.Addf(p.words.Pos, "a sentence is a relation, a verb, and more relations, such as: payer paid recipient amount, not %q", p.words.Text)
			continue
		}
		s := &Short{Kind: p.kind, Verb: words[1], Pattern: p.words.Text, After: map[string]*Relation{}, Fixed: map[*Relation]string{}, Status: p.status.Text}
		if _, ok := status.Code(s.Status); !ok && s.Status != "" {
			p.report.Addf(p.status.Pos, "unknown status %q%s", s.Status, strict.DidYouMean(s.Status, status.CodeNames()))
		}
		switch other := b.o.verbs[s.Verb]; {
		case !IsSlug(s.Verb):
			p.report.Addf(p.words.Pos, "verb %q must be lower-case words with hyphens", s.Verb)
			continue
		case other != nil:
			p.report.Addf(p.words.Pos, "verb %q makes a %s already", s.Verb, other.Kind.Name)
			continue
		case !p.kind.Within(b.o.kinds["Event"]) || p.kind.Abstract:
			p.report.Addf(p.words.Pos, "a sentence makes an event, and kind %s is none", p.kind.Name)
			continue
		}
		if b.readPattern(s, p, words) {
			b.o.verbs[s.Verb] = s
			p.kind.Shorts = append(p.kind.Shorts, s)
		}
	}
}

// readPattern reads the relations of a sentence.
func (b *builder) readPattern(s *Short, p pattern, words []string) bool {
	relation := func(word string) *Relation {
		rel := b.o.relations[word]
		if rel == nil || !rel.Serves(s.Kind) {
			p.report.Addf(p.words.Pos, "%q is no relation of %s%s", word, s.Kind.Name, strict.DidYouMean(word, b.o.RelationNames(s.Kind)))
			return nil
		}
		return rel
	}
	if s.Subject = relation(words[0]); s.Subject == nil {
		return false
	}
	for i := 2; i < len(words); i++ {
		name, code, fixed := strings.Cut(words[i], "=")
		led := !fixed && i+1 < len(words) && b.o.relations[name] == nil
		if led {
			i++
			name, code = words[i], name
		}
		rel := relation(name)
		switch {
		case rel == nil:
			return false
		case fixed:
			s.Fixed[rel] = code
		case led && slices.Contains(SentenceWords, code):
			p.report.Addf(p.words.Pos, "%q means the same in every sentence: choose another word", code)
			return false
		case led:
			s.After[code] = rel
		case i == 2:
			s.Object = rel
		default:
			s.Then = append(s.Then, rel)
		}
	}
	return true
}
