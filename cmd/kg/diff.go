package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/document"
	"kg/schema"
)

const diffHelp = `Diff compares two graphs claim by claim: what was added, what removed, and what
changed in which field. BEFORE and AFTER are stores, or files whose names end in .nq
or .nt, such as kg export writes, or in .yaml or .yml, which are claims files. A
claims file is compared only with what the other side has of the same source.

Edges are compared by their content: a quantity or a date by its figures. The exit
code is 1 if the two differ. kg load --dry-run --replace FILE lists in the same way
what a new version of a source would change.`

func newDiff(a *app) *cobra.Command {
	limit := 100
	cmd := &cobra.Command{
		Use:     "diff BEFORE AFTER",
		Short:   "Compare two graphs, claim by claim",
		Long:    diffHelp,
		Example: "  kg diff old.db kg.db\n  kg diff kg.db article.yaml",
		Args:    takes(2, 2, "two stores or files, BEFORE and AFTER"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.diff(cmd, args, limit) },
	}
	cmd.Flags().IntVar(&limit, "limit", limit, "show at most so many rows; 0 shows all")
	addFormat(cmd)
	return cmd
}

func (a *app) diff(cmd *cobra.Command, names []string, limit int) error {
	var sides [2]*graph.Store
	var sources []quad.IRI
	for i, name := range names {
		store, own, err := a.comparable(cmd, name)
		if err != nil {
			return err
		}
		sides[i] = store
		sources = append(sources, own...)
	}
	list, err := sides[0].Diff(cmd.Context(), sides[1], a.settings.base(), sources...)
	if err != nil {
		return err
	}
	l := differences(list, a.settings.base())
	if err := a.limit(l, limit); err != nil {
		return err
	}
	if err := a.print(cmd, l); err != nil {
		return err
	}
	if len(list) > 0 {
		return errFound
	}
	fmt.Fprintln(a.err, "no differences")
	return nil
}

// comparable opens a store, or loads a file into a store in memory. For a claims file
// it returns the sources, too.
func (a *app) comparable(cmd *cobra.Command, name string) (store *graph.Store, sources []quad.IRI, err error) {
	switch ending := filepath.Ext(strings.TrimSuffix(name, ".gz")); ending {
	case ".nq", ".nt", ".ttl", ".trig", ".jsonld":
		in := &quadInputs{}
		defer in.close()
		if err := in.add(a, cmd, name, ending[1:]); err != nil {
			return nil, nil, err
		}
		store, err := a.keep(graph.Scratch(), nil)
		if err == nil {
			_, err = store.LoadQuads(cmd.Context(), in.files, graph.LoadOptions{Base: a.settings.base()})
		}
		return store, nil, otherQuads(in, err)
	case ".yaml", ".yml":
	default:
		store, err = a.keep(graph.Open(name))
		return store, nil, err
	}
	o, err := a.ontology()
	if err != nil {
		return nil, nil, err
	}
	docs, err := a.readClaims(cmd, []string{name}, o, a.settings.base())
	if err != nil {
		return nil, nil, err
	}
	store, err = a.scratch(cmd, o, docs, graph.LoadOptions{Base: a.settings.base(), NoBackground: true})
	return store, sourcesOf(docs), err
}

// scratch returns a store in memory with claims files loaded.
func (a *app) scratch(cmd *cobra.Command, o *schema.Ontology, docs []*document.Checked, opt graph.LoadOptions) (*graph.Store, error) {
	store, err := a.keep(graph.Scratch(), nil)
	if err == nil {
		_, err = store.Load(cmd.Context(), o, docs, opt)
	}
	return store, err
}

func sourcesOf(docs []*document.Checked) (sources []quad.IRI) {
	for _, doc := range docs {
		sources = append(sources, doc.SourceIRI())
	}
	return sources
}

// wouldChange lists the changes of a dry run: those of its sources field by field, and
// the claims of background.
func (a *app) wouldChange(cmd *cobra.Command, before *graph.Store, o *schema.Ontology, docs []*document.Checked, report []graph.Loaded, opt graph.LoadOptions) (*listing, error) {
	after, err := a.scratch(cmd, o, docs, graph.LoadOptions{Base: opt.Base, NoBackground: true})
	if err != nil {
		return nil, err
	}
	sources := sourcesOf(docs)
	list, err := before.Diff(cmd.Context(), after, opt.Base, sources...)
	if err != nil {
		return nil, err
	}
	for _, r := range report {
		if slices.Contains(sources, r.Source) {
			continue
		}
		for _, c := range r.Changes {
			about := r.Source
			if c[0] != "" {
				about += quad.IRI("/claim/" + c[0])
			}
			list = append(list, graph.Difference{Change: c[1], Label: r.Source, About: about})
		}
	}
	return differences(list, opt.Base), nil
}

func differences(list []graph.Difference, base schema.Base) *listing {
	l := &listing{columns: []string{"change", "source", "about", "field", "before", "after"}}
	term := func(iri quad.IRI) graph.Cell { return graph.Cell{Value: iri, Text: base.Short(iri)} }
	for _, d := range list {
		cells := []graph.Cell{word(d.Change), term(d.Label), term(d.About)}
		l.rows = append(l.rows, listingRow{cells: append(cells, words(d.Field, d.Before, d.After)...)})
	}
	return l
}
