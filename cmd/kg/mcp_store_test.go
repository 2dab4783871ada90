package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAssistantVerifies: with the texts at hand places are verified, claims have their
// passages, and nobody is told where the files lie.
func TestAssistantVerifies(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "kg.db")
	if code, out := runVerb(t, "--db", db, "load", "../../data/testdata/example.yaml"); code != exitDone {
		t.Fatal(out)
	}
	c := assistantOf(t, reading(t, settings{db: db, text: "../../data/testdata"}, patient))
	got := tool(t, c, "verify", map[string]any{"limit": 2})
	if len(got.Rows) != 2 || got.Rows[0]["verdict"] != "same" || got.Rows[1]["verdict"] != "match" || len(got.Notes) != 2 {
		t.Errorf("got %+v", got)
	}
	if file, _ := got.Rows[0]["nearest"].(map[string]any); file["file"] != "example.txt" {
		t.Errorf("the file is %v", file)
	}
	got = tool(t, c, "show", map[string]any{"entity": "Blue Line"})
	if text, _ := json.Marshal(got.Rows); !strings.Contains(string(text), "was sold last month") {
		t.Errorf("no passage in %s", text)
	}
}

// TestAssistantStores: no store, a store without claims and a graph of others are told
// apart, and a store can be made while the assistant runs.
func TestAssistantStores(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := filepath.Join(dir, "kg.db")
	c := assistant(t, db, patient)
	if got := tool(t, c, "find", map[string]any{"words": "x"}); !strings.Contains(got.Error, "there is no store yet") {
		t.Errorf("no store: got %q", got.Error)
	}
	quads := filepath.Join(dir, "g.nq")
	const text = `<http://ex.org/a> <http://ex.org/knows> <http://ex.org/b> <http://ex.org/graph> .
<http://ex.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Anna" <http://ex.org/graph> .
`
	for _, content := range []string{"", text} {
		if err := os.WriteFile(quads, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out := runVerb(t, "--db", db, "load", quads); code != exitDone {
			t.Fatal(out)
		}
		c := assistant(t, db, patient)
		if content == "" {
			if got := tool(t, c, "find", map[string]any{"words": "x"}); !strings.Contains(got.Error, "the graph is empty") {
				t.Errorf("an empty store: got %q", got.Error)
			}
			if got := tool(t, c, "ask", map[string]any{"question": "bribes"}); len(got.Rows) > 0 || len(got.Notes) == 0 {
				t.Errorf("an empty store: got %+v", got)
			}
			continue
		}
		got := tool(t, c, "show", map[string]any{"entity": "Anna"})
		label := func(row map[string]any) bool {
			graph, _ := row["claim"].(map[string]any)
			return graph["@id"] == "http://ex.org/graph" && row["said by"] == nil
		}
		if len(got.Rows) != 2 || !label(got.Rows[0]) || !label(got.Rows[1]) {
			t.Errorf("a foreign graph: got %+v", got)
		}
	}
}
