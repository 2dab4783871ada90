package graph_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// The decisions of two stores that were made apart are one state, in whatever order
// they are loaded, and an export carries them.
func TestDecisionsInAnyOrder(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, lent, told)
	s := writable(t, path)
	retract(t, s, "kg:source/told")
	retract(t, s, "kg:source/lent/claim/paid")
	restore(t, s, "kg:source/told")
	retract(t, s, "kg:source/told")
	text := export(t, s)
	lines := slices.Collect(strings.Lines(text))
	slices.Reverse(lines)
	half := len(lines) / 2
	for _, parts := range [][]string{{text}, {strings.Join(lines[:half], ""), strings.Join(lines[half:], "")}, {strings.Join(lines[half:], ""), strings.Join(lines[:half], "")}} {
		other := storePath(t)
		for _, part := range parts {
			loadText(t, other, part)
		}
		again := open(t, other)
		equal(t, "shown", shownOf(t, again.View(base)), shownOf(t, s.View(base)))
		if hash(t, again) != hash(t, s) {
			t.Error("the export is another one")
		}
	}
}

func TestRefusedDecisions(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, lent, told)
	loadText(t, path, "<https://e.example/s> <https://e.example/p> <https://e.example/o> <https://e.example/g> .\n")
	s := writable(t, path)
	ctx := context.Background()
	refuse := func(want string, act func(context.Context, quad.IRI, graph.DecisionOptions) (*graph.Effect, error), on string, o graph.DecisionOptions) {
		t.Helper()
		before := hash(t, s)
		_, err := act(ctx, iri(on), o)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", on, err, want)
		}
		if hash(t, s) != before {
			t.Errorf("%s: the refused decision is there", on)
		}
	}
	why := options("why")
	refuse("is no source, claim or label in this store", s.Retract, "kg:source/none", why)
	refuse("is no source, claim or label in this store", s.Retract, "kg:person/anna", why)
	refuse("the ontology is no statement", s.Retract, "https://kg.example/ontology", why)
	refuse("needs a reason", s.Retract, "kg:source/told", options(" "))
	refuse("needs an author", s.Retract, "kg:source/told", graph.DecisionOptions{Base: base, Reason: "why"})
	refuse("kg:source/told is not retracted", s.Restore, "kg:source/told", why)
	retract(t, s, "kg:source/told")
	refuse(`kg:source/told is retracted already: "withdrawn" (Ann Lee, `, s.Retract, "kg:source/told", why)
	refuse("falls with kg:source/told", s.Restore, "kg:source/told/claim/not", why)
	refuse("is the label of decisions", s.Retract, "kg:decisions", why)
	if e := retract(t, s, "https://e.example/g"); e.Foreign != 1 || e.Kind != "graph" {
		t.Errorf("the effect on another graph is %+v", e)
	}
	for q := range s.View(base).Each(ctx, quad.Quad{Subject: iri("https://e.example/s")}) {
		t.Errorf("%v is there still", q)
	}
	var unknown *graph.UnknownError
	if _, err := s.View(base).Find(ctx, "https://e.example/s"); !errors.As(err, &unknown) || !strings.Contains(err.Error(), `of "https://e.example/s" only what is retracted speaks; --include-retracted`) {
		t.Errorf("what only a retracted graph has: %v", err)
	}
	if _, err := s.View(base).Find(ctx, "kg:source/told"); err == nil || !strings.Contains(err.Error(), `"kg:source/told" is retracted: "withdrawn" (Ann Lee, `) {
		t.Errorf("a retracted source: %v", err)
	}
}

// What was altered by hand is no decision, has no force and is a finding.
func TestAlteredDecision(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, lent, told)
	s := writable(t, path)
	retract(t, s, "kg:source/told")
	text := strings.ReplaceAll(export(t, s), `"withdrawn"`, `"never"`)
	other := storeOf(t, nil)
	loadText(t, other, text)
	again := open(t, other)
	if got, want := len(shownOf(t, again.View(base).WithRetracted())), len(shownOf(t, s.View(base).WithRetracted())); got != want {
		t.Errorf("%d quads are shown, not %d", got, want)
	}
	if again.View(base).Retraction(iri("kg:source/told")) != nil {
		t.Error("it has force")
	}
	got := findings(t, whole(again).WithRetracted())
	if len(got) != 1 || !strings.Contains(got[0], "no decision: kg:decisions/") {
		t.Errorf("the findings are %q", got)
	}
}
