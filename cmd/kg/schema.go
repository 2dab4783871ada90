package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"kg/internal/claimsfile"
	"kg/internal/mapping"
	"kg/internal/strict"
)

const schemaHelp = `Schema prints a JSON Schema (2020-12) for editors that complete and check YAML: for
claims files, or for the mappings of tables, with all kinds and relations, including
yours (--schema); or for kg.yaml. Save it, and name it in the first line of a file,
or in the settings of the editor:

    # yaml-language-server: $schema=claims.schema.json

It describes each field. Sentences, and whether a relation fits an entity's kind, are
checked by kg load --dry-run only.`

func newSchema(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:       "schema --json [claims|mapping|settings]",
		Short:     "Print a JSON Schema of claims files, mappings or kg.yaml",
		Long:      schemaHelp,
		Args:      takes(0, 1, "claims, mapping or settings"),
		ValidArgs: []string{"claims", "mapping", "settings"},
		RunE: func(_ *cobra.Command, args []string) error {
			if !asJSON {
				return usagef("kg schema prints JSON Schema only: kg schema --json; kg kinds lists kinds for people")
			}
			var s any
			switch {
			case len(args) == 0 || args[0] == "claims" || args[0] == "mapping":
				o, err := a.ontology()
				if err != nil {
					return err
				}
				if s = claimsfile.JSONSchema(o); len(args) > 0 && args[0] == "mapping" {
					s = mapping.Schema(o)
				}
			case args[0] == "settings":
				s = settingsSchema()
			default:
				return usagef("%s", strict.Sprintf("there is a schema for claims, mapping and settings, not for %q%s", args[0], strict.DidYouMean(args[0], []string{"claims", "mapping", "settings"})))
			}
			e := json.NewEncoder(a.out)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(s)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON Schema")
	return cmd
}

// settingsSchema is the schema of kg.yaml. Each key is a flag, too.
func settingsSchema() map[string]any {
	properties := map[string]any{}
	for _, name := range names {
		properties[name] = map[string]any{"type": []string{"string", "boolean"}}
	}
	properties["background"] = map[string]any{"enum": []any{"on", "off", true, false}}
	properties["include-retracted"] = map[string]any{"type": "boolean"}
	return map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "kg.yaml",
		"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false,
	}
}
