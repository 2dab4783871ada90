// Package jsonschema provides building blocks for the JSON Schemas (2020-12) of kg's
// files, with which editors complete, describe and reject values. The schema of a file
// format is beside its reader, in claimsfile and in internal/mapping.
package jsonschema

import (
	"maps"
	"strings"

	"kg/schema"
)

// Schema is a JSON Schema, or a part of one, as an object of JSON.
type Schema map[string]any

// Ref is the definition of that name in the file.
func Ref(name string) Schema { return Schema{"$ref": "#/$defs/" + name} }

// AnyOf accepts what any of the schemas accepts.
func AnyOf(list ...Schema) Schema { return Schema{"anyOf": list} }

// Object has these fields and no others.
func Object(required []string, fields Schema) Schema {
	return Schema{"type": "object", "properties": fields, "required": required, "additionalProperties": false}
}

// Some is a list of one item or more.
func Some(item Schema) Schema { return Schema{"type": "array", "items": item, "minItems": 1} }

// Named is a mapping from ids to values, of one or more.
func Named(value Schema) Schema {
	return Schema{"type": "object", "propertyNames": Schema{"pattern": `^[a-z0-9]+(-[a-z0-9]+)*$`}, "additionalProperties": value, "minProperties": 1}
}

// Relations is an object with a field per relation, of the schema that value gives it.
func Relations(o *schema.Ontology, value func(*schema.Relation) Schema) Schema {
	fields := Schema{}
	for _, r := range o.Relations() {
		fields[r.Name] = value(r).Described(r.Is + " Of " + r.Kinds[0].Name + "; takes " + r.Takes() + ".")
	}
	return Schema{"type": "object", "properties": fields, "additionalProperties": false, "minProperties": 1}
}

// Described is the schema with words that an editor shows.
func (s Schema) Described(words string) Schema {
	described := maps.Clone(s)
	described["description"] = words
	return described
}

// File makes the schema that of a file: with its title and its definitions, to which
// those of words and of the entities of an ontology are added.
func (s Schema) File(title string, o *schema.Ontology, defs Schema) Schema {
	word := Schema{"type": []string{"string", "number", "boolean"}}
	defs["word"], defs["words"] = word, AnyOf(word, Some(word))
	var names []string
	var kinds []Schema
	for _, k := range o.Kinds() {
		if !k.Abstract && len(k.Codes) == 0 {
			names = append(names, k.Name)
			kinds = append(kinds, Schema{"const": k.Name}.Described(k.Is))
		}
	}
	// A line that declares an entity has its kind, its names and its description.
	defs["declared"] = Schema{"type": "string", "pattern": "^(" + strings.Join(names, "|") + ")( |$)"}
	defs["entity"] = AnyOf(Ref("declared"), Object([]string{"kind"}, Schema{
		"kind": AnyOf(kinds...), "name": Ref("word"), "also": Ref("words"), "description": Ref("word"), "same-as": Ref("words"),
	}))
	s["$schema"], s["title"], s["$defs"] = "https://json-schema.org/draft/2020-12/schema", title, defs
	return s
}
