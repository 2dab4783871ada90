package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kg/graph"
)

const recoverHelp = `Recover copies what is intact of the damaged store STORE to the new file NEW. STORE
and the files beside it are not changed.

Of the journal, STORE.journal, every commit before the first damage is saved, and
none after it, since later commits may depend on the lost ones. STORE itself has two
rows for each quad: a quad is saved if one of the two is intact, and its terms in the
dictionary are. A damaged page of 4096 bytes among the rows loses nothing; in the
dictionary it loses all quads that use one of its terms.

A STORE that was truncated, or whose first page is damaged, cannot be saved, since
intact data could not be told from damage. Its journal can be saved, if kg has not
rewritten the store since it was created.

Recover lists the damaged positions. The exit code is 0 if nothing is lost, 1 if
something is, and 4 if nothing can be saved.`

func newRecover(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "recover STORE NEW",
		Short: "Save what is intact of a damaged store to a new file",
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
				l.rows = append(l.rows, listingRow{cells: []graph.Cell{word(d.Path), number(int(d.At)), word(d.What)}})
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
				fmt.Fprintln(a.err, "nothing is lost: the store has a second copy of what is damaged")
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
