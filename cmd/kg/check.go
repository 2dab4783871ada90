package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kg/graph"
)

const checkHelp = `Check reads the whole store and checks every checksum and every rule of its
files. A file that is not used is a finding: a journal of another store or without
a store, an incomplete commit at the end of the journal, as a kill or a power loss
leaves it, or an empty file under the store's name. The next kg load renames it to
a name that ends in .old, and says so.

Then check validates the graph against its ontology and kg's rules: every quad has a
label and absolute IRIs only; every claim is complete; both ends of an edge have a
kind, which the relation allows; an id that two sources use has names that agree;
entities joined by same-as are of one kind; a decision of kg retract or kg restore is
as it was made. Quads under labels that are not kg's are counted, and are not
findings. The exit code is 1 if there are findings. A damaged store is an error, exit
code 4: kg recover saves what is intact.`

func newCheck(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the store's integrity",
		Long:  checkHelp,
		Args:  takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := a.open()
			if stray := (*graph.Stray)(nil); errors.As(err, &stray) {
				return a.found(cmd, strayRows(stray), "no quads checked")
			}
			if err != nil {
				return err
			}
			v := store.WholeView(a.settings.base()).WithRetracted()
			checked, err := a.checked(cmd.Context(), store, v)
			if err != nil {
				return err
			}
			rows := strayRows(store.Stray())
			for _, f := range checked.Findings {
				cell, err := v.Describe(cmd.Context(), f.Subject)
				if err != nil {
					return err
				}
				cell.Text = v.Base.ShortTerm(f.Subject)
				rows = append(rows, listingRow{cells: append(append(words(f.Rule), cell), words(f.Detail)...)})
			}
			return a.found(cmd, rows, fmt.Sprintf("%s quads checked, %s of them foreign", thousands(checked.Quads), thousands(checked.Foreign)))
		},
	}
	addFormat(cmd)
	return cmd
}

// checked checks a store's files and then the graph in them, with one line of
// progress for both.
func (a *app) checked(ctx context.Context, store *graph.Store, v *graph.View) (*graph.Checked, error) {
	report, end := a.progress()
	defer end()
	if err := store.Verify(ctx, report); err != nil {
		return nil, err
	}
	return v.Check(ctx, report)
}

// strayRows returns the row of a file that is not used, if there is one.
func strayRows(s *graph.Stray) []listingRow {
	if s == nil {
		return nil
	}
	return []listingRow{{cells: words(s.Rule, s.Path, s.Detail)}}
}

// found lists what a check found.
func (a *app) found(cmd *cobra.Command, rows []listingRow, checked string) error {
	if err := a.print(cmd, &listing{columns: []string{"rule", "node", "finding"}, rows: rows}); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "%s: %s findings\n", checked, thousands(len(rows)))
	if len(rows) > 0 {
		return errFound
	}
	return nil
}
