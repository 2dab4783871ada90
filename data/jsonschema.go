package data

import (
	"strings"

	"kg/schema"
)

// members are those of an object of JSON.
type members = map[string]any

const slugs = `^[a-z0-9]+(-[a-z0-9]+)*$`

// JSONSchema is a JSON Schema (2020-12) of claims files with the kinds and relations
// of an ontology, for editors: it completes and describes words, and refuses what
// has no form. It knows no sentence's grammar and no entity's kind; kg load does.
func JSONSchema(o *schema.Ontology) members {
	word := members{"type": []string{"string", "number", "boolean"}}
	line := members{"type": "string"}
	defs := members{
		"word":     word,
		"words":    anyOf(word, members{"type": "array", "items": word, "minItems": 1}),
		"entity":   entitySchema(o),
		"declared": declaredSchema(o),
		"quantity": quantitySchema(),
		"date":     anyOf(word, fieldsSchema([]string{"edtf"}, members{"edtf": word, "printed": word, "resolved": members{"type": "boolean"}})),
		"place":    anyOf(line, fieldsSchema(placeNeeds, members{"page": members{"type": "integer", "minimum": 1}, "paragraph": members{"type": "integer"}, "start": members{"type": "integer"}, "end": members{"type": "integer"}, "sha256": word})),
		"edges":    edgesSchema(),
		"subject":  subjectSchema(o),
		"claim":    claimSchema(),
	}
	claims := anyOf(namedSchema(ref("claim")), members{"type": "array", "items": ref("claim"), "minItems": 1})
	file := fieldsSchema([]string{"source", "entities", "claims"}, members{
		"base": line, "source": sourceSchema(), "entities": namedSchema(ref("entity")), "claims": claims,
		"skipped": members{"type": "array", "items": fieldsSchema([]string{"at", "why"}, members{"at": ref("place"), "why": word})},
	})
	file["$schema"], file["title"], file["$defs"] = "https://json-schema.org/draft/2020-12/schema", "kg claims file", defs
	return file
}

func ref(name string) members { return members{"$ref": "#/$defs/" + name} }

func anyOf(list ...members) members { return members{"anyOf": list} }

func fieldsSchema(required []string, properties members) members {
	return members{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// namedSchema is a mapping from ids to values.
func namedSchema(value members) members {
	return members{"type": "object", "propertyNames": members{"pattern": slugs}, "additionalProperties": value, "minProperties": 1}
}

// described is a schema with words that an editor shows.
func described(s members, words string) members {
	copied := members{"description": words}
	for k, v := range s {
		copied[k] = v
	}
	return copied
}

func sourceSchema() members {
	properties := members{}
	for _, name := range sourceFields {
		properties[name] = ref("word")
	}
	properties["characters"] = members{"type": "integer"}
	properties["date"] = described(ref("word"), "The day of publication, or the month or year if no more is known.")
	return fieldsSchema([]string{"id", "title", "publisher", "annotator", "date", "language"}, properties)
}

func claimSchema() members {
	properties := members{}
	for _, name := range claimFields {
		properties[name] = ref("word")
	}
	var stances []string
	for _, s := range schema.Stances {
		stances = append(stances, string(s))
	}
	properties["stance"] = members{"enum": stances}
	properties["at"], properties["edges"] = ref("place"), ref("edges")
	properties["drafted-by"] = described(ref("word"), "What proposed the claim: it is a draft, and counts for nothing until this is taken out.")
	for _, name := range []string{"speaker", "via", "derived-from"} {
		properties[name] = ref("words")
	}
	return fieldsSchema([]string{"edges"}, properties)
}

// concrete are the kinds that an entity can be of.
func concrete(o *schema.Ontology) (kinds []*schema.Kind) {
	for _, k := range o.Kinds() {
		if !k.Abstract && len(k.Codes) == 0 {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// declaredSchema is a line that declares an entity: its kind, names and description.
func declaredSchema(o *schema.Ontology) members {
	var names []string
	for _, k := range concrete(o) {
		names = append(names, k.Name)
	}
	return members{"type": "string", "pattern": "^(" + strings.Join(names, "|") + ")( |$)"}
}

func entitySchema(o *schema.Ontology) members {
	var kinds []members
	for _, k := range concrete(o) {
		kinds = append(kinds, members{"const": k.Name, "description": k.Is})
	}
	return anyOf(ref("declared"), fieldsSchema([]string{"kind"}, members{
		"kind": anyOf(kinds...), "name": ref("word"), "also": ref("words"), "description": ref("word"), "same-as": ref("words"),
	}))
}

func quantitySchema() members {
	word := ref("word")
	return anyOf(members{"type": "string"}, fieldsSchema([]string{}, members{
		"value": word, "min": word, "max": word, "unit": word, "per": word, "period": word, "of": anyOf(word, ref("quantity")),
		"compared-to": word, "same-sum": ref("quantity"), "approximate": members{"type": "boolean"}, "printed": word,
	}))
}

// edgesSchema is a sentence, a mapping of subjects, or a list of both.
func edgesSchema() members {
	subjects := namedSchema(anyOf(members{"type": "string", "description": "A sentence: kg help short."}, ref("subject")))
	return anyOf(members{"type": "string"}, subjects, members{"type": "array", "minItems": 1, "items": anyOf(members{"type": "string"}, subjects)})
}

// subjectSchema are the edges of one subject: all relations, for the kind of the
// subject stands elsewhere.
func subjectSchema(o *schema.Ontology) members {
	properties := members{schema.Is: ref("declared")}
	for _, r := range o.Relations() {
		value := rangeSchema(r)
		words := r.Is + " Of " + r.Kinds[0].Name + "; takes " + r.Takes() + "."
		properties[r.Name] = described(anyOf(value, members{"type": "array", "items": value, "minItems": 1}), words)
	}
	return members{"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1}
}

func rangeSchema(r *schema.Relation) members {
	switch {
	case r.Literal == "boolean":
		return members{"type": "boolean"}
	case r.Range == nil:
		return ref("word")
	case r.Range.IRI == schema.QuantityClass:
		return ref("quantity")
	case r.Range.IRI == schema.DateClass:
		return ref("date")
	case len(r.Range.Codes) > 0:
		var codes []members
		for _, c := range r.Range.Codes {
			codes = append(codes, members{"const": c.Name, "description": c.Is})
		}
		return anyOf(codes...)
	}
	return members{"type": []string{"string", "number"}}
}
