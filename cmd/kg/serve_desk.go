package main

import (
	"context"

	"kg/cmd/kg/web"
	"kg/cmd/kg/web/desk"
	"kg/graph"
	"kg/internal/document"
	"kg/internal/propose"
)

// desk returns the desk of a writing server: it edits the claims files of a folder, and
// loads them into the store when they are saved.
func (s *served) desk(dir string, o web.Options) (web.Mount, error) {
	ontology, err := s.app.ontology()
	if err != nil {
		return web.Mount{}, err
	}
	load := func(ctx context.Context, doc *document.Checked, dry bool) error {
		docs := []*document.Checked{doc}
		known, err := background(ontology, docs)
		if err != nil {
			return err
		}
		return s.change(ctx, func(store *graph.Store, _ func() error) error {
			_, err := store.Load(ctx, ontology, docs, graph.LoadOptions{Base: s.app.settings.base(), Replace: true, DryRun: dry, Background: known})
			return err
		})
	}
	known := func(ctx context.Context, name string) (*propose.Known, error) {
		return knownName(ctx, s.view(true), name)
	}
	begins := func(ctx context.Context, typed string) ([]propose.Known, error) {
		return namesWith(ctx, s.view(true), typed)
	}
	d, err := desk.New(desk.Options{Dir: dir, Text: o.Text, Ontology: ontology, Base: s.app.settings.base(), Token: o.Token, Load: load, Known: known, Begins: begins, Log: o.Log})
	if err != nil {
		return web.Mount{}, err
	}
	return d.Mount(), nil
}

// namesWith returns the named entities of the store that have words in a name.
func namesWith(ctx context.Context, v *graph.View, words string) (list []propose.Known, err error) {
	found, _, err := v.FindAll(ctx, words, graph.FindOptions{Limit: 40})
	for _, f := range found {
		if id, is := v.Base.NamedID(f.IRI); is && !f.ByKind && !f.OfClaim {
			list = append(list, propose.Known{ID: id, Kind: f.Kind, Name: f.Name})
		}
	}
	return list, err
}
