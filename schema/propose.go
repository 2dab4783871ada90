package schema

import (
	"fmt"
	"slices"

	"kg/internal/fold"
	"kg/internal/strict"
)

// Called lists the kinds and relations that a word names, or is a synonym of.
func (o *Ontology) Called(word string) (kinds []*Kind, relations []*Relation) {
	for _, k := range o.Kinds() {
		if fold.IsTerm(word, append([]string{k.Name}, k.Synonyms...)...) {
			kinds = append(kinds, k)
		}
	}
	for _, r := range o.Relations() {
		if fold.IsTerm(word, append([]string{r.Name}, r.Synonyms...)...) {
			relations = append(relations, r)
		}
	}
	return kinds, relations
}

// ProposeKind is the end of an error about an unknown kind: the kind of which the
// word is a synonym, or else the nearest in spelling.
func (o *Ontology) ProposeKind(word string) string {
	kinds, relations := o.Called(word)
	for _, k := range kinds {
		if !k.Abstract {
			return fmt.Sprintf(" (did you mean %q?)", k.Name)
		}
	}
	for _, k := range kinds {
		return fmt.Sprintf(": nothing is of kind %s itself (kg kinds %s lists those below it)", k.Name, k.Name)
	}
	for _, r := range relations {
		return fmt.Sprintf(": %s is a relation of %s (kg kinds %s)", r.Name, r.Kinds[0].Name, r.Kinds[0].Name)
	}
	if near := strict.DidYouMean(word, o.kindNames()); near != "" {
		return near
	}
	return strict.Sprintf(": kg kinds %q looks for the right one", word)
}

// proposeCalled is the end of an error about what is no relation of kind k, if the
// word names a relation or a kind, or is a synonym of one; else it is empty. What a
// word means goes before what it is spelled like.
func (o *Ontology) proposeCalled(word string, k *Kind) string {
	kinds, relations := o.Called(word)
	for _, r := range relations {
		if k == nil || r.Serves(k) {
			return fmt.Sprintf(" (did you mean %q?)", r.Name)
		}
	}
	for _, event := range kinds {
		if len(event.Shorts) > 0 {
			return fmt.Sprintf(": %s is an event of its own, such as: %s (kg kinds %s)", event.Name, event.shortFor(word).Example(), event.Name)
		}
	}
	for _, r := range relations {
		return fmt.Sprintf(": %s is a relation of %s, and this is a %s (kg kinds %s)", r.Name, r.Kinds[0].Name, k.Name, r.Kinds[0].Name)
	}
	for _, event := range kinds {
		return fmt.Sprintf(": %s is a kind (kg kinds %s)", event.Name, event.Name)
	}
	return ""
}

// ProposeRelation is the end of an error about an unknown relation of kind k, or
// of a thing of no kind that is known, if k is nil.
func (o *Ontology) ProposeRelation(word string, k *Kind) string {
	if called := o.proposeCalled(word, k); called != "" {
		return called
	}
	if near := strict.DidYouMean(word, o.RelationNames(k)); near != "" {
		return near
	}
	if k == nil {
		return strict.Sprintf(": kg kinds %q looks for the right one", word)
	}
	return fmt.Sprintf(": kg kinds %s lists its relations", k.Name)
}

// ProposeVerb is the end of an error about an unknown verb behind an entity of kind
// k, or of no kind that is known, if k is nil.
func (o *Ontology) ProposeVerb(word string, k *Kind) string {
	if called := o.proposeCalled(word, k); called != "" {
		return called
	}
	known := o.Verbs()
	if k != nil {
		known = append(known, o.RelationNames(k)...)
	}
	if near := strict.DidYouMean(word, known); near != "" {
		return near
	}
	return ": kg kinds lists what can be said"
}

// shortFor is the sentence about a kind whose verb begins most like a word.
func (k *Kind) shortFor(word string) *Short {
	alike := func(s *Short) (n int) {
		for n < min(len(word), len(s.Verb)) && word[n] == s.Verb[n] {
			n++
		}
		return n
	}
	return slices.MaxFunc(k.Shorts, func(a, b *Short) int { return alike(a) - alike(b) })
}
