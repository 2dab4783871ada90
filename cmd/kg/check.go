package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kg/graph"
)

const checkHelp = `Check reads the whole store and checks every checksum and every rule of its
files. Then it holds the graph against its own rules and the ontology in it:
every quad has a label and only absolute IRIs, every claim is whole, every edge
joins entities that are something, of the kinds its relation is for, an id that
two sources use has names that agree, and what same-as joins is of one kind.
Quads under labels that are not kg's are counted, and are no finding. With
findings the exit code is 1.`

func newCheck(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the store's integrity",
		Long:  checkHelp,
		Args:  takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := a.keep(graph.Open(a.settings.db))
			if err != nil {
				return err
			}
			report, end := a.progress()
			err = store.Verify(cmd.Context(), report)
			end()
			if err != nil {
				return err
			}
			v := store.WholeView(a.settings.base())
			checked, err := v.Check(cmd.Context())
			if err != nil {
				return err
			}
			l := &listing{columns: []string{"rule", "node", "finding"}}
			for _, f := range checked.Findings {
				cell, err := v.Describe(cmd.Context(), f.Subject)
				if err != nil {
					return err
				}
				cell.Text = v.Base.ShortTerm(f.Subject)
				l.rows = append(l.rows, listed{cells: append(append(words(f.Rule), cell), words(f.Detail)...)})
			}
			if err := a.print(cmd, l); err != nil {
				return err
			}
			fmt.Fprintf(a.err, "%s quads checked, %s of them foreign: %s findings\n",
				thousands(checked.Quads), thousands(checked.Foreign), thousands(len(checked.Findings)))
			if len(checked.Findings) > 0 {
				return errFound
			}
			return nil
		},
	}
	addFormat(cmd)
	return cmd
}
