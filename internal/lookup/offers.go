package lookup

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"kg/internal/fold"
	"kg/internal/suggest"
	"kg/schema"
)

// KnownEntity is an entity that a sentence may name.
type KnownEntity struct {
	ID, Name string
	Kind     *schema.Kind // nil if it is not known yet
}

// Offer is a completion: a word that is valid at a position of a sentence, and its
// meaning.
type Offer struct{ Word, Says string }

// mostOffers is how many words are offered at once.
const mostOffers = 12

// Offers returns the words that are valid in a sentence between before and after, and
// begin with typed: subjects; verbs and relations that fit the subject's kind, and the
// object, if it is there; objects that fit the verb; and words that may follow.
func Offers(o *schema.Ontology, before, typed, after string, known []KnownEntity) []Offer {
	words := strings.Fields(before)
	if len(words) > 0 && strings.HasSuffix(words[0], ":") {
		words = words[1:] // the id of the event
	}
	m := &offerList{o: o, known: known, typed: fold.Term(typed)}
	switch len(words) {
	case 0:
		m.entities(nil)
	case 1:
		m.verbs(m.kind(words[0]), strings.Fields(after))
	default:
		m.follows(words)
	}
	return m.best()
}

// Kinds returns the kinds an entity can have whose name or synonym begins with the typed
// text.
func Kinds(o *schema.Ontology, typed string) []Offer {
	m := &offerList{o: o, typed: fold.Term(typed)}
	record := o.Kind("Record")
	for _, k := range o.Kinds() {
		if !k.Abstract && len(k.Codes) == 0 && !k.Within(record) {
			m.add(k.Name, k.Is, k.Synonyms...)
		}
	}
	return m.best()
}

// best returns the first matches.
func (m *offerList) best() (list []Offer) {
	slices.SortStableFunc(m.list, func(a, b offered) int {
		return cmp.Or(a.rank-b.rank, len(a.Word)-len(b.Word))
	})
	for _, r := range m.list[:min(len(m.list), mostOffers)] {
		list = append(list, r.Offer)
	}
	return list
}

// offerList collects matches.
type offerList struct {
	o     *schema.Ontology
	known []KnownEntity
	typed string
	list  []offered
}

// offered is an offer and its rank: 0 is the best.
type offered struct {
	Offer
	rank int
}

// add offers a word if it, a word of its meaning, or a synonym begins with the typed
// text. A word that is typed in full is not offered.
func (m *offerList) add(word, says string, synonyms ...string) {
	rank := -1
	plain := fold.Term(word)
	switch {
	case plain == m.typed && m.typed != "":
		return
	case strings.HasPrefix(plain, m.typed):
		rank = 0
	case strings.Contains(" "+plain, " "+m.typed):
		rank = 1
	case slices.ContainsFunc(synonyms, func(s string) bool { return strings.Contains(" "+fold.Term(s), " "+m.typed) }):
		rank = 2
	}
	if rank >= 0 && !slices.ContainsFunc(m.list, func(r offered) bool { return r.Word == word }) {
		m.list = append(m.list, offered{Offer{word, says}, rank})
	}
}

func (m *offerList) kind(id string) *schema.Kind {
	for _, k := range m.known {
		if k.ID == id {
			return k.Kind
		}
	}
	return nil
}

// entities offers those within a kind, or all.
func (m *offerList) entities(within *schema.Kind) {
	for _, k := range m.known {
		if within == nil || k.Kind == nil || k.Kind.Within(within) {
			says := k.Name
			if k.Kind != nil {
				says += ", " + k.Kind.Name
			}
			m.add(k.ID, says, k.Name)
		}
	}
}

// verbs offers the verbs for a subject of a kind, with the object if one follows.
func (m *offerList) verbs(subject *schema.Kind, after []string) {
	takes := func(rel *schema.Relation) bool { // whether the object that is there fits
		if rel == nil || len(after) == 0 {
			return true
		}
		object := m.kind(after[0])
		return object == nil || rel.Range != nil && object.Within(rel.Range)
	}
	for _, verb := range m.o.Verbs() {
		s := m.o.Verb(verb)
		if fits(subject, s.Subject) && takes(s.Object) {
			m.add(verb, s.Kind.Name+": "+suggest.Sentence(s), append([]string{s.Kind.Name}, s.Kind.Synonyms...)...)
		}
	}
	if subject == nil {
		return
	}
	for _, rel := range m.o.RelationsOf(subject) {
		if takes(rel) {
			m.add(rel.Name, rel.Is, rel.Synonyms...)
		}
	}
}

// fits reports whether an entity of a kind can stand at the end of a relation.
func fits(k *schema.Kind, rel *schema.Relation) bool {
	return k == nil || rel.Range != nil && k.Within(rel.Range)
}

func isQuantity(rel *schema.Relation) bool {
	return rel.Range != nil && rel.Range.IRI == schema.QuantityClass
}

// value offers the objects of a relation.
func (m *offerList) value(rel *schema.Relation) {
	switch {
	case rel == nil || rel.Range == nil:
	case len(rel.Range.Codes) > 0:
		for _, c := range rel.Range.Codes {
			m.add(c.Name, c.Is)
		}
	case !isQuantity(rel) && !rel.Range.Within(m.o.Kind("Date")):
		m.entities(rel.Range)
	}
}

// follows offers the words valid after the verb.
func (m *offerList) follows(words []string) {
	subject, last := m.kind(words[0]), strings.TrimSuffix(words[len(words)-1], ",")
	short, rel := m.o.Verb(words[1]), m.o.Relation(words[1])
	if rel != nil && subject != nil && rel.Serves(subject) && (short == nil || len(words) == 2) {
		if len(words) == 2 {
			m.value(rel)
		}
		m.relations(subject, words, last)
		return
	}
	switch {
	case short == nil:
	case len(words) == 2 && short.Object != nil:
		m.value(short.Object)
	case short.After[last] != nil:
		m.value(short.After[last])
	case last == "in":
		m.value(m.o.Relation("located-in"))
	case last == "from" || last == "to":
	default:
		for _, word := range slices.Sorted(maps.Keys(short.After)) {
			m.add(word, short.After[word].Is)
		}
		for _, then := range short.Then {
			if !isQuantity(then) {
				m.value(then)
			}
		}
		m.add("from", "since when")
		m.add("in", "the place")
		for _, c := range m.o.Kind("Status").Codes {
			m.add(c.Name, c.Is)
		}
		m.relations(short.Kind, words, last)
	}
}

// relations offers those of a kind that are not stated yet, or the objects of the last.
func (m *offerList) relations(k *schema.Kind, words []string, last string) {
	if rel := m.o.Relation(last); rel != nil && rel.Serves(k) && len(words) > 2 {
		m.list = nil
		m.value(rel)
		return
	}
	if len(words) == 2 {
		return
	}
	for _, rel := range m.o.RelationsOf(k) {
		if !slices.Contains(words[1:], rel.Name) {
			m.add(rel.Name, rel.Is, rel.Synonyms...)
		}
	}
}
