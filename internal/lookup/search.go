package lookup

import (
	"cmp"
	"slices"
	"strings"

	"kg/internal/fold"
	"kg/schema"
)

// Match is a kind, or a relation, that a search finds.
type Match struct {
	Kind     *schema.Kind
	Relation *schema.Relation // nil for a kind
	rank     int
}

// Name is that of the relation, or else of the kind.
func (t Match) Name() string {
	if t.Relation != nil {
		return t.Relation.Name
	}
	return t.Kind.Name
}

// Search lists the kinds and relations that words find: those that are called so,
// by name, synonym or verb; then those whose name or synonyms have the words; then
// those whose meaning has them. The kinds of kg's own records are left out.
func Search(o *schema.Ontology, words string) []Match {
	var list []Match
	record := o.Kind("Record")
	for _, k := range o.Kinds() {
		verbs := []string{}
		for _, s := range k.Shorts {
			verbs = append(verbs, s.Verb)
		}
		if rank := ranked(words, k.Name, append(verbs, k.Synonyms...), k.Is); rank > 0 && !k.Within(record) {
			list = append(list, Match{k, nil, rank})
		}
	}
	for _, r := range o.Relations() {
		if rank := ranked(words, r.Name, r.Synonyms, r.Is); rank > 0 && !r.Kinds[0].Within(record) {
			list = append(list, Match{r.Kinds[0], r, rank})
		}
	}
	slices.SortStableFunc(list, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.Name(), b.Name()))
	})
	return list
}

// ranked is how well a term answers words: 1 the best, 0 not at all.
func ranked(words, name string, synonyms []string, is string) int {
	if fold.IsTerm(words, append([]string{name}, synonyms...)...) {
		return 1
	}
	want := strings.Fields(fold.Term(words))
	has := func(text string) bool {
		return len(want) > 0 && !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(" "+text, " "+w) })
	}
	names := fold.Term(name)
	for _, s := range synonyms {
		names += " " + fold.Term(s)
	}
	switch {
	case has(names):
		return 2
	case has(fold.Term(strings.Trim(strings.NewReplacer(",", " ", ":", " ", ".", " ").Replace(strings.ToLower(is)), " "))):
		return 3
	}
	return 0
}
