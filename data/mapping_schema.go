package data

import "kg/schema"

// MappingSchema is a JSON Schema (2020-12) of mappings, for editors, with the kinds
// and relations of an ontology.
func MappingSchema(o *schema.Ontology) members {
	line := members{"type": "string"}
	words := members{"anyOf": []members{line, {"type": "array", "items": line, "minItems": 1}}}
	cell := fieldsSchema([]string{"column"}, members{
		"column": described(line, "The column, by its name."),
		"split":  described(words, "What stands between several values."),
		"trim":   described(words, "What is taken off at the ends of a value."),
		"starts": described(line, "Only values that begin so, without it."),
		"values": members{"type": "object", "additionalProperties": ref("word"), "minProperties": 1, "description": "What each value stands for."},
		"date":   members{"enum": dateOrders, "description": "How the numbers of a date stand."},
		"unit":   described(line, "Of a number: a word, or a text with columns in braces."), "thousands": line, "decimal": line,
		"else": members{"const": "note", "description": "A cell that cannot be read goes into the note of the claim."},
	})
	value := anyOf(ref("word"), ref("cell"))
	values := anyOf(value, members{"type": "array", "items": value, "minItems": 1})
	defs := members{
		"word": members{"type": []string{"string", "number", "boolean"}}, "words": anyOf(ref("word"), members{"type": "array", "items": ref("word"), "minItems": 1}),
		"entity": entitySchema(o), "declared": declaredSchema(o), "cell": cell, "value": value, "values": values,
		"thing": fieldsSchema([]string{"kind", "id"}, members{
			"each": ref("cell"), "when": words, "kind": value, "id": words, "name": value, "also": values, "description": line, "same-as": values,
		}),
		"rule": fieldsSchema([]string{"edges"}, members{
			"id": words, "says": line, "speaker": value, "stance": value, "hedge": value, "note": value, "edges": namedSchema(mappedEdges(o)),
		}),
	}
	source := members{}
	for _, name := range mapSource {
		source[name] = ref("word")
	}
	file := fieldsSchema([]string{"source", "things", "claims"}, members{
		"base": line, "source": fieldsSchema(mapSource[:6], source), "entities": namedSchema(ref("entity")), "ignore": words,
		"table": fieldsSchema([]string{}, members{
			"separator": members{"enum": []string{"comma", "semicolon", "tab", "bar", ",", ";", "\t", "|"}}, "columns": members{"type": "array", "items": line}, "sheet": line,
		}),
		"things": namedSchema(ref("thing")), "claims": namedSchema(ref("rule")),
	})
	file["$schema"], file["title"], file["$defs"] = "https://json-schema.org/draft/2020-12/schema", "kg mapping of a table", defs
	return file
}

func mappedEdges(o *schema.Ontology) members {
	properties := members{}
	for _, r := range o.Relations() {
		properties[r.Name] = described(ref("values"), r.Is+" Of "+r.Kinds[0].Name+"; takes "+r.Takes()+".")
	}
	return members{"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1}
}
