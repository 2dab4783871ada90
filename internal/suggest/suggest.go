// Package suggest ends errors and help about kinds, relations and sentences: what an unknown
// word may mean, and examples of what can be written.
package suggest

import (
	"fmt"
	"slices"

	"kg/internal/fold"
	"kg/internal/strict"
	"kg/schema"
)

// Called lists the kinds and relations that a word names, or is a synonym of.
func Called(o *schema.Ontology, word string) (kinds []*schema.Kind, relations []*schema.Relation) {
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

// Kind returns the end of an error about an unknown kind: the kind of which the
// word is a synonym, or else the nearest in spelling.
func Kind(o *schema.Ontology, word string) string {
	kinds, relations := Called(o, word)
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
	if near := strict.DidYouMean(word, kindNames(o)); near != "" {
		return near
	}
	return strict.Sprintf(": kg kinds %q looks for the right one", word)
}

// byMeaning returns the end of an error about an unknown relation of kind k, if the word names
// a relation or a kind, or is a synonym of one; else it is empty. Meaning goes before
// spelling.
func byMeaning(o *schema.Ontology, word string, k *schema.Kind) string {
	kinds, relations := Called(o, word)
	for _, r := range relations {
		if k == nil || r.Serves(k) {
			return fmt.Sprintf(" (did you mean %q?)", r.Name)
		}
	}
	for _, event := range kinds {
		if len(event.Shorts) > 0 {
			return fmt.Sprintf(": %s is an event of its own, such as: %s (kg kinds %s)", event.Name, Sentence(shortFor(event, word)), event.Name)
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

// Relation returns the end of an error about an unknown relation of kind k, or
// of a thing of no kind that is known, if k is nil.
func Relation(o *schema.Ontology, word string, k *schema.Kind) string {
	if called := byMeaning(o, word, k); called != "" {
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

// Verb returns the end of an error about an unknown verb behind an entity of kind
// k, or of no kind that is known, if k is nil.
func Verb(o *schema.Ontology, word string, k *schema.Kind) string {
	if called := byMeaning(o, word, k); called != "" {
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

// shortFor returns the pattern of sentences about a kind whose verb begins most like a word.
func shortFor(k *schema.Kind, word string) *schema.Short {
	common := func(s *schema.Short) (n int) {
		for n < min(len(word), len(s.Verb)) && word[n] == s.Verb[n] {
			n++
		}
		return n
	}
	return slices.MaxFunc(k.Shorts, func(a, b *schema.Short) int { return common(a) - common(b) })
}

// kindNames lists the names of the kinds an entity can be of.
func kindNames(o *schema.Ontology) []string {
	var names []string
	for _, k := range o.Kinds() {
		if !k.Abstract && len(k.Codes) == 0 {
			names = append(names, k.Name)
		}
	}
	return names
}
