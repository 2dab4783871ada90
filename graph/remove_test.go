package graph_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"kg/graph"
)

// A store without a source that was removed is that which never loaded it, byte by
// byte, background included; so it is without another graph's label.
func TestRemoveIsAsNeverLoaded(t *testing.T) {
	t.Parallel()
	known := docs(t, strings.Replace(atlas, "id: atlas", "id: background", 1))
	opt := graph.LoadOptions{Background: known}
	path, alone := storePath(t), storePath(t)
	load(t, path, opt, inTown, ofLand)
	load(t, alone, opt, ofLand)
	loadText(t, path, foreignQuads)
	s := writable(t, path)
	o := graph.LoadOptions{Base: base, Background: known, DryRun: true}
	before := hash(t, s)
	ctx := context.Background()
	for _, label := range []string{"https://e.example/g", "kg:source/in-town"} {
		if _, err := s.Remove(ctx, iri(label), o); err != nil || hash(t, s) != before {
			t.Fatalf("a dry run: %v", err)
		}
	}
	var conflict *graph.ConflictError
	for _, kept := range []string{"kg:source/background", "https://kg.example/ontology", "kg:source/of-land/claim/hers"} {
		if r, err := s.Remove(ctx, iri(kept), o); !errors.As(err, &conflict) {
			t.Errorf("%s: removed %+v, %v", kept, r, err)
		}
	}
	o.DryRun = false
	r, err := s.Remove(ctx, iri("https://e.example/g"), o)
	if err != nil || !r.Foreign || r.Removed != 2 {
		t.Errorf("removed %+v, %v", r, err)
	}
	r, err = s.Remove(ctx, iri("kg:source/in-town"), o)
	if err != nil || r.Foreign || r.Claims != 1 {
		t.Errorf("removed %+v, %v", r, err)
	}
	if hash(t, s) != hash(t, open(t, alone)) {
		t.Error("the store is not that which never loaded them")
	}
	if n := len(shownOf(t, s.View(base))); n != len(shownOf(t, open(t, alone).View(base))) {
		t.Errorf("the open store shows %d quads", n)
	}
	var unknown *graph.UnknownError
	if r, err := s.Remove(ctx, iri("kg:source/in-town"), o); !errors.As(err, &unknown) {
		t.Errorf("again: removed %+v, %v", r, err)
	}
}

const foreignQuads = `<https://e.example/s> <https://e.example/p> <https://e.example/o> <https://e.example/g> .
<https://e.example/s> <https://e.example/p> "text" <https://e.example/g> .
`

// What replaces a label's quads is what a store has that loaded it alone, blank nodes
// included, and nothing else changes.
func TestReplaceLabel(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	versions := []string{
		"<https://e.example/s> <https://e.example/p> _:x .\n_:x <https://e.example/q> \"a\" .\n",
		"<https://e.example/s> <https://e.example/p> _:y .\n_:y <https://e.example/q> \"b\" .\n<https://e.example/s> <https://e.example/p> \"more\" .\n",
		"",
	}
	path := storePath(t)
	load(t, path, graph.LoadOptions{}, port)
	opt := graph.LoadOptions{Base: base, Label: iri("https://e.example/g"), Replace: true}
	for i, version := range append(versions, versions...) {
		alone := storePath(t)
		load(t, alone, graph.LoadOptions{}, port)
		plain := opt
		plain.Replace = false
		if version != "" {
			if _, err := loadQuadsAt(ctx, alone, []graph.QuadsFile{text("v.nt", version)}, plain); err != nil {
				t.Fatal(err)
			}
		}
		trial := opt
		trial.DryRun = true
		before := hash(t, open(t, path))
		would, err := loadQuadsAt(ctx, path, []graph.QuadsFile{text("v.nt", version)}, trial)
		if err != nil || hash(t, open(t, path)) != before {
			t.Fatalf("a dry run: %v", err)
		}
		r, err := loadQuadsAt(ctx, path, []graph.QuadsFile{text("v.nt", version)}, opt)
		if err != nil || !reflect.DeepEqual(r, would) {
			t.Fatalf("version %d: %+v, %v, and the dry run said %+v", i, r, err, would)
		}
		if hash(t, open(t, path)) != hash(t, open(t, alone)) {
			t.Errorf("version %d: the store is another one", i)
		}
	}
}
