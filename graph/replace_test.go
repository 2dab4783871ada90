package graph_test

import (
	"context"
	"strings"
	"testing"

	"kg/graph"
)

// Two files with one source in one load are a conflict, even to replace.
func TestReplaceWithTwoOfOneSource(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	one := herald("town", "city: {kind: City, name: City}\nland: {kind: Country, name: Land}", "in: {says: It is in the land., at: §, edges: {city: {within: land}}}")
	two := strings.Replace(one, "It is in the land.", "It lies in the land.", 1)
	_, err := loadAt(context.Background(), path, ontology(), docs(t, one, two), graph.LoadOptions{Base: base, Replace: true})
	if err == nil || !strings.Contains(err.Error(), "loading source kg:source/town: two of the files have it, with different content: claim in changed") {
		t.Errorf("got %v", err)
	}
	if _, err := loadAt(context.Background(), path, ontology(), docs(t, one, one), graph.LoadOptions{Base: base}); err != nil {
		t.Errorf("the same file twice: %v", err)
	}
}
