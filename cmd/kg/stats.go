package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kg/graph"
)

const statsHelp = `Stats counts the entities of each kind, the asserted edges of each relation, and
the claims of each source and each speaker, the largest first. An author's claims
are the derived ones: nobody in a source says them. Of other graphs it counts the
quads of each label and of each predicate, and what is of each class.`

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
				fmt.Fprintf(a.err, "%s has no quads\n", a.settings.shownDB())
			}
			l := &listing{columns: []string{"of", "which", "count"}}
			for _, c := range counts {
				which, err := v.Describe(cmd.Context(), c.Value)
				if err != nil {
					return err
				}
				l.rows = append(l.rows, listed{cells: []graph.Cell{word(c.Of), which, number(c.N)}})
			}
			return a.print(cmd, l)
		},
	}
	addFormat(cmd)
	return cmd
}
