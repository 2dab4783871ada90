package schema

import (
	"cmp"
	"slices"
	"strings"
)

// Term is a kind, or a relation, that a search finds.
type Term struct {
	Kind     *Kind
	Relation *Relation // nil for a kind
	rank     int
}

// Name is that of the relation, or else of the kind.
func (t Term) Name() string {
	if t.Relation != nil {
		return t.Relation.Name
	}
	return t.Kind.Name
}

// Search lists the kinds and relations that words find: those that are called so,
// by name, synonym or verb; then those whose name or synonyms have the words; then
// those whose meaning has them. The kinds of kg's own records are left out.
func (o *Ontology) Search(words string) []Term {
	var list []Term
	record := o.kinds["Record"]
	for _, k := range o.Kinds() {
		verbs := []string{}
		for _, s := range k.Shorts {
			verbs = append(verbs, s.Verb)
		}
		if rank := ranked(words, k.Name, append(verbs, k.Synonyms...), k.Is); rank > 0 && !k.Within(record) {
			list = append(list, Term{k, nil, rank})
		}
	}
	for _, r := range o.Relations() {
		if rank := ranked(words, r.Name, r.Synonyms, r.Is); rank > 0 && !r.Kinds[0].Within(record) {
			list = append(list, Term{r.Kinds[0], r, rank})
		}
	}
	slices.SortStableFunc(list, func(a, b Term) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.Name(), b.Name()))
	})
	return list
}

// ranked is how well a term answers words: 1 the best, 0 not at all.
func ranked(words, name string, synonyms []string, is string) int {
	if called(words, name, synonyms) {
		return 1
	}
	want := strings.Fields(plainWord(words))
	has := func(text string) bool {
		return len(want) > 0 && !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(" "+text, " "+w) })
	}
	names := plainWord(name)
	for _, s := range synonyms {
		names += " " + plainWord(s)
	}
	switch {
	case has(names):
		return 2
	case has(plainWord(strings.Trim(strings.NewReplacer(",", " ", ":", " ", ".", " ").Replace(strings.ToLower(is)), " "))):
		return 3
	}
	return 0
}

// RelationsOf lists the relations that an entity of kind k can have: its own, then
// those of each kind above it, by name.
func (o *Ontology) RelationsOf(k *Kind) (list []*Relation) {
	seen := map[*Relation]bool{}
	for ; k != nil; k = k.Parent {
		for _, r := range o.Relations() {
			if slices.Contains(r.Kinds, k) && !seen[r] {
				seen[r] = true
				list = append(list, r)
			}
		}
	}
	return list
}

// Required reports whether an entity of kind k must have the relation.
func (r *Relation) Required(k *Kind) bool { return slices.Contains(k.required(), r) }

// Takes is what the relation leads to, in words.
func (r *Relation) Takes() string {
	switch {
	case r.Literal != "":
		return r.Literal
	case len(r.Range.Codes) > 0:
		return "one of " + strings.Join(r.Range.codeNames(), ", ")
	}
	return r.Range.Name
}

// Example is what may stand behind the relation.
func (r *Relation) Example() string { return example(r, map[string]bool{}) }

// Example is a line of a claims file: the declaration of an entity, or an event
// among the edges of a claim.
func (k *Kind) Example(o *Ontology) string {
	switch {
	case len(k.Codes) > 0:
		return k.Codes[0].Name
	case k.Abstract:
		return ""
	case len(k.Shorts) > 0:
		return k.Shorts[0].Example()
	case !k.Within(o.kinds["Event"]):
		return cmp.Or(exampleNames[k.Name], "the-"+Folder(k.Name)) + ": " + k.Name + " The Name"
	}
	used := map[string]bool{}
	parts := []string{"is: " + k.Name + " (What happened)"}
	relations := k.required()
	if own := o.RelationsOf(k); len(own) > 0 && !slices.Contains(relations, own[0]) {
		relations = append([]*Relation{own[0]}, relations...)
	}
	for _, r := range relations {
		value := example(r, used)
		if r.IRI == Status {
			value = "done"
		}
		parts = append(parts, r.Name+": "+value)
	}
	return "the-" + Folder(k.Name) + ": {" + strings.Join(parts, ", ") + "}"
}
