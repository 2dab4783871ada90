package mapping

import (
	"kg/internal/jsonschema"
	"kg/schema"
)

type object = jsonschema.Schema

// Schema is a JSON Schema (2020-12) of mappings, for editors, with the kinds and
// relations of an ontology.
func Schema(o *schema.Ontology) jsonschema.Schema {
	line := object{"type": "string"}
	word, value, values := jsonschema.Ref("word"), jsonschema.Ref("value"), jsonschema.Ref("values")
	words := jsonschema.AnyOf(line, jsonschema.Some(line))
	either := jsonschema.AnyOf(word, jsonschema.Ref("cell"))
	defs := object{
		"cell": cellSchema(line, words), "value": either, "values": jsonschema.AnyOf(either, jsonschema.Some(either)),
		"thing": jsonschema.Object([]string{"kind", "id"}, object{
			"each": jsonschema.Ref("cell"), "when": words, "kind": value, "id": words, "name": value, "also": values, "description": line, "same-as": values,
		}),
		"rule": jsonschema.Object([]string{"edges"}, object{
			"id": words, "says": line, "speaker": value, "stance": value, "hedge": value, "note": value,
			"edges": jsonschema.Named(jsonschema.Relations(o, func(*schema.Relation) object { return values })),
		}),
	}
	source := object{}
	for _, name := range sourceFields {
		source[name] = word
	}
	return jsonschema.Object([]string{"source", "things", "claims"}, object{
		"base": line, "source": jsonschema.Object(sourceFields[:6], source), "entities": jsonschema.Named(jsonschema.Ref("entity")), "ignore": words,
		"table": jsonschema.Object([]string{}, object{
			"separator": object{"enum": []string{"comma", "semicolon", "tab", "bar", ",", ";", "\t", "|"}}, "columns": object{"type": "array", "items": line}, "sheet": line,
		}),
		"things": jsonschema.Named(jsonschema.Ref("thing")), "claims": jsonschema.Named(jsonschema.Ref("rule")),
	}).File("kg mapping of a table", o, defs)
}

func cellSchema(line, words object) object {
	return jsonschema.Object([]string{"column"}, object{
		"column": line.Described("The column, by its name."),
		"split":  words.Described("What stands between several values."),
		"trim":   words.Described("What is taken off at the ends of a value."),
		"starts": line.Described("Only values that begin so, without it."),
		"values": object{"type": "object", "additionalProperties": jsonschema.Ref("word"), "minProperties": 1, "description": "What each value stands for."},
		"date":   object{"enum": dateOrders, "description": "How the numbers of a date stand."},
		"unit":   line.Described("Of a number: a word, or a text with columns in braces."), "thousands": line, "decimal": line,
		"else": object{"const": "note", "description": "A cell that cannot be read goes into the note of the claim."},
	})
}
