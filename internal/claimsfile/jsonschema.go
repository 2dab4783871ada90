package claimsfile

import (
	"kg/internal/jsonschema"
	"kg/schema"
)

type members = jsonschema.Schema

// JSONSchema is a JSON Schema (2020-12) of claims files with the kinds and relations of
// an ontology, for editors: it completes and describes words, and rejects malformed
// fields. It checks neither the grammar of sentences nor the kinds of entities; kg load
// does.
func JSONSchema(o *schema.Ontology) jsonschema.Schema {
	word, line, number := jsonschema.Ref("word"), members{"type": "string"}, members{"type": "integer"}
	defs := members{
		"quantity": quantitySchema(),
		"date":     jsonschema.AnyOf(word, jsonschema.Object([]string{"edtf"}, members{"edtf": word, "printed": word, "resolved": members{"type": "boolean"}})),
		"place":    jsonschema.AnyOf(line, jsonschema.Object(placeNeeds, members{"page": members{"type": "integer", "minimum": 1}, "paragraph": number, "start": number, "end": number, "sha256": word})),
		"edges":    edgesSchema(),
		"subject":  subjectSchema(o),
		"claim":    claimSchema(),
	}
	return jsonschema.Object([]string{"source", "entities", "claims"}, members{
		"base": line, "source": sourceSchema(), "entities": jsonschema.Named(jsonschema.Ref("entity")),
		"claims":  jsonschema.AnyOf(jsonschema.Named(jsonschema.Ref("claim")), jsonschema.Some(jsonschema.Ref("claim"))),
		"skipped": members{"type": "array", "items": jsonschema.Object([]string{"at", "why"}, members{"at": jsonschema.Ref("place"), "why": word})},
	}).File("kg claims file", o, defs)
}

func sourceSchema() members {
	fields := members{}
	for _, name := range sourceFields {
		fields[name] = jsonschema.Ref("word")
	}
	fields["characters"] = members{"type": "integer"}
	fields["date"] = jsonschema.Ref("word").Described("The day of publication, or the month or year if no more is known.")
	return jsonschema.Object([]string{"id", "title", "publisher", "annotator", "date", "language"}, fields)
}

func claimSchema() members {
	fields := members{}
	for _, name := range claimFields {
		fields[name] = jsonschema.Ref("word")
	}
	fields["stance"] = members{"enum": schema.Stances}
	fields["at"], fields["edges"] = jsonschema.Ref("place"), jsonschema.Ref("edges")
	fields["drafted-by"] = jsonschema.Ref("word").Described("What proposed the claim: it is a draft, and counts for nothing until this is taken out.")
	for _, name := range []string{"speaker", "via", "derived-from"} {
		fields[name] = jsonschema.Ref("words")
	}
	return jsonschema.Object([]string{"edges"}, fields)
}

func quantitySchema() members {
	word, quantity := jsonschema.Ref("word"), jsonschema.Ref("quantity")
	return jsonschema.AnyOf(members{"type": "string"}, jsonschema.Object([]string{}, members{
		"value": word, "min": word, "max": word, "unit": word, "per": word, "period": word, "of": jsonschema.AnyOf(word, quantity),
		"compared-to": word, "same-sum": quantity, "approximate": members{"type": "boolean"}, "printed": word,
	}))
}

// edgesSchema is a sentence, a mapping of subjects, or a list of both.
func edgesSchema() members {
	line := members{"type": "string"}
	subjects := jsonschema.Named(jsonschema.AnyOf(line.Described("A sentence: kg help short."), jsonschema.Ref("subject")))
	return jsonschema.AnyOf(line, subjects, jsonschema.Some(jsonschema.AnyOf(line, subjects)))
}

// subjectSchema are the edges of one subject: all relations, for the kind of the
// subject stands elsewhere.
func subjectSchema(o *schema.Ontology) members {
	s := jsonschema.Relations(o, func(r *schema.Relation) members {
		value := rangeSchema(r)
		return jsonschema.AnyOf(value, jsonschema.Some(value))
	})
	s["properties"].(members)[schema.Is] = jsonschema.Ref("declared")
	return s
}

func rangeSchema(r *schema.Relation) members {
	switch {
	case r.Literal == "boolean":
		return members{"type": "boolean"}
	case r.Range == nil:
		return jsonschema.Ref("word")
	case r.Range.IRI == schema.QuantityClass:
		return jsonschema.Ref("quantity")
	case r.Range.IRI == schema.DateClass:
		return jsonschema.Ref("date")
	case len(r.Range.Codes) > 0:
		var codes []members
		for _, c := range r.Range.Codes {
			codes = append(codes, members{"const": c.Name}.Described(c.Is))
		}
		return jsonschema.AnyOf(codes...)
	}
	return members{"type": []string{"string", "number"}}
}
