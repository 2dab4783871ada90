package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kg/graph"
)

const recoverHelp = `Recover saves what is whole of the damaged store STORE to the new file NEW. STORE
and what lies beside it stay as they are.

Of the journal, STORE.journal, every commit before the first damage is saved: whole
commits, and all of them. None after it is, since it would be about other quads.
Of STORE itself a quad is saved if one of the two rows that it has there is whole,
and so are the names of its terms. A damaged page of 4096 bytes costs nothing in
rows, and in the dictionary all quads that one of its terms is in.

A STORE whose first page is damaged, or that was cut, cannot be saved: what is
left could not be told from damage. Its journal can be, if kg had not rewritten
the store since it was made.

Recover lists the places that are damaged. The exit code is 0 if nothing is lost,
1 if something is, and 4 if nothing can be saved.`

func newRecover(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "recover STORE NEW",
		Short: "Save what is whole of a damaged store to a new file",
		Long:  recoverHelp,
		Args:  takes(2, 2, "a damaged store and a new file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			report, end := a.progress()
			r, err := graph.Recover(cmd.Context(), args[0], args[1], report)
			end()
			if err != nil {
				return err
			}
			l := &listing{columns: []string{"file", "byte", "damage"}}
			for _, d := range r.Damage {
				l.rows = append(l.rows, listed{cells: []graph.Cell{word(d.Path), number(int(d.At)), word(d.What)}})
			}
			if err := a.print(cmd, l); err != nil {
				return err
			}
			fmt.Fprintf(a.err, "%s quads saved in %s, commits of the journal among them: %s\n", thousands(int(r.Quads)), args[1], thousands(r.Commits))
			bytes, lost, of := thousands(int(r.LostBytes)), thousands(int(r.LostQuads)), thousands(int(r.Snapshot))
			switch {
			case r.NoStore:
				fmt.Fprintf(a.err, "lost: the store itself, and %s bytes of its journal\n", bytes)
			case r.NoJournal:
				fmt.Fprintf(a.err, "lost: %s of %s quads of the store, and its journal\n", lost, of)
			case r.Lost():
				fmt.Fprintf(a.err, "lost: %s of %s quads of the store, and %s bytes of its journal\n", lost, of, bytes)
			case len(r.Damage) > 0:
				fmt.Fprintln(a.err, "nothing is lost: what is damaged stands elsewhere in the store too")
			}
			if r.Lost() {
				return errFound
			}
			return nil
		},
	}
	addFormat(cmd)
	return cmd
}
