package main

import (
	"context"
	"fmt"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/schema"
)

const statsHelp = `Stats counts the entities of each kind, the asserted edges of each relation, and
the claims of each source and each speaker, largest first. Derived claims count for
their author, since nobody in a source says them. In other graphs it counts quads by
label and by predicate, and nodes by class.`

func newStats(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count by kind, relation, source and speaker",
		Long:  statsHelp,
		Args:  takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, err := a.wholeView()
			if err != nil {
				return err
			}
			counts, err := v.Stats(cmd.Context())
			if err != nil {
				return err
			}
			if len(counts) == 0 {
				has, err := emptyFor(cmd.Context(), v)
				if err != nil {
					return err
				}
				fmt.Fprintf(a.err, "%s has %s\n", a.settings.shownDB(), has)
			}
			l := &listing{columns: []string{"of", "which", "count"}}
			for _, c := range counts {
				which, err := v.Describe(cmd.Context(), c.Value)
				if err != nil {
					return err
				}
				l.rows = append(l.rows, listingRow{cells: []graph.Cell{word(c.Of), which, number(c.N)}})
			}
			return a.print(cmd, l)
		},
	}
	addFormat(cmd)
	return cmd
}

// emptyFor returns why a graph has nothing to show.
func emptyFor(ctx context.Context, v *graph.View) (string, error) {
	retracted, err := holdsRetracted(ctx, v)
	if retracted {
		return "only what is retracted: --include-retracted shows it, marked so", err
	}
	return "no quads", err
}

// nothingSaid reports whether a graph has no visible quads except the ontology and
// decisions.
func nothingSaid(ctx context.Context, v *graph.View) (bool, error) {
	for q, err := range v.Each(ctx, quad.Quad{}) {
		if err != nil {
			return false, err
		}
		subject, _ := q.Subject.(quad.IRI)
		label, decision := schema.IRI(subject).DecisionLabel()
		if q.Label != quad.Value(schema.OntologyIRI) && !(decision && q.Label == quad.Value(label)) {
			return false, nil
		}
	}
	return true, nil
}

// holdsRetracted reports whether a store without visible quads has retracted ones.
func holdsRetracted(ctx context.Context, v *graph.View) (bool, error) {
	if !v.ShowsRetracted() {
		for _, err := range v.WithRetracted().Each(ctx, quad.Quad{}) {
			return err == nil, err
		}
	}
	return false, nil
}
