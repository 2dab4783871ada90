package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The schema of kg.yaml takes each setting, and no other key.
func TestSettingsSchema(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(settingsSchema())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("settings.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("settings.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		var value any = "x"
		switch name {
		case "background":
			value = "off"
		case "include-retracted":
			value = true
		}
		if err := s.Validate(map[string]any{name: value}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s.Validate(map[string]any{"dbb": "x"}) == nil || s.Validate(map[string]any{"background": "maybe"}) == nil {
		t.Error("an unknown key or value is taken")
	}
}
