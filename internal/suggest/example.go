package suggest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"kg/schema"
)

// Value returns an example of what may follow a relation.
func Value(r *schema.Relation) string { return example(r, map[string]bool{}) }

// Line returns an example of a line of a claims file: the declaration of an entity, or an event
// among the edges of a claim.
func Line(o *schema.Ontology, k *schema.Kind) string {
	switch {
	case len(k.Codes) > 0:
		return k.Codes[0].Name
	case k.Abstract:
		return ""
	case len(k.Shorts) > 0:
		return Sentence(k.Shorts[0])
	case !k.Within(o.Kind("Event")):
		return cmp.Or(exampleNames[k.Name], "the-"+schema.Folder(k.Name)) + ": " + k.Name + " The Name"
	}
	used := map[string]bool{}
	parts := []string{"is: " + k.Name + " (What happened)"}
	relations := k.Needs()
	if own := o.RelationsOf(k); len(own) > 0 && !slices.Contains(relations, own[0]) {
		relations = append([]*schema.Relation{own[0]}, relations...)
	}
	for _, r := range relations {
		value := example(r, used)
		if r.IRI == schema.Status {
			value = "done"
		}
		parts = append(parts, r.Name+": "+value)
	}
	return "the-" + schema.Folder(k.Name) + ": {" + strings.Join(parts, ", ") + "}"
}

// Sentence returns an example of a pattern of sentences, with names that stand for anything.
func Sentence(s *schema.Short) string {
	names := map[string]bool{}
	parts := []string{example(s.Subject, names), s.Verb}
	if s.Object != nil {
		parts = append(parts, example(s.Object, names))
	}
	for _, rel := range s.Then {
		parts = append(parts, example(rel, names))
	}
	for _, word := range slices.Sorted(maps.Keys(s.After)) {
		parts = append(parts, word, example(s.After[word], names))
	}
	return strings.Join(parts, " ")
}

// example returns what a relation leads to in an example; used are the names that the example
// has already.
func example(rel *schema.Relation, used map[string]bool) string {
	switch {
	case rel.Range == nil:
		return map[string]string{"number": "7", "boolean": "true", "day": "2019-03-12", "time": "2019-03-12T10:00:00Z", "edtf": "2019-03"}[rel.Literal] + textExample(rel)
	case rel.Range.IRI == schema.QuantityClass:
		return quantityExample(rel)
	case rel.Range.IRI == schema.DateClass:
		return "2019-03"
	case len(rel.Range.Codes) > 0:
		return rel.Range.Codes[0].Name
	}
	name := exampleNames[rel.Range.Name]
	if name == "" {
		name = "the-" + schema.Folder(rel.Range.Name)
	}
	for used[name] {
		name = map[string]string{"ann-lee": "bo-kim", "tidewater": "blue-line"}[name]
		if name == "" || used[name] {
			name = "the-" + rel.Name
			break
		}
	}
	used[name] = true
	return name
}

// exampleNames holds the ids of entities in examples, by the kind that a relation leads to.
var exampleNames = map[string]string{
	"Agent": "ann-lee", "Person": "ann-lee", "Thing": "tidewater", "Organisation": "tidewater", "Company": "tidewater",
	"Place": "harbourtown", "City": "harbourtown", "Country": "norway", "Post": "harbour-master", "Vessel": "gull",
}

func textExample(rel *schema.Relation) string {
	if rel.Literal != "text" && rel.Literal != "literal" {
		return ""
	}
	return `"the ` + strings.ReplaceAll(rel.Name, "-", " ") + `"`
}

func quantityExample(rel *schema.Relation) string {
	switch rel.Name {
	case "share", "interest":
		return "40%"
	case "term", "duration", "age":
		return "3 years"
	case "amount", "price", "worth", "rent", "balance", "income", "wealth", "tax":
		return "20000 EUR"
	}
	return "58 pieces"
}
