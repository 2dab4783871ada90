package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kg/graph"
)

const snapshotHelp = `Pull copies the whole graph on a PostgreSQL server into a store in a file, of one
moment: whoever reads much has the file's speed, and writers have the server.

  kg snapshot pull postgres://ann@localhost/kg -o kg.db

The way back is kg export --db kg.db | kg load - --from nq --db postgres://…: kg help postgres.
No file that is there is replaced: to refresh a copy, pull into another name and
move it into place with mv.`

func newSnapshot(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "snapshot",
		Short: "Copy the graph on a PostgreSQL server into a store in a file",
		Long:  snapshotHelp,
		Args:  unknownVerb,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var to string
	pull := &cobra.Command{
		Use:   "pull postgres://…",
		Short: "Copy the whole graph into a store in a file",
		Long:  snapshotHelp,
		Args:  takes(1, 1, "the address of a database"),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.pull(cmd, args[0], to) },
	}
	pull.Flags().StringVarP(&to, "out", "o", "kg.db", "the `file` to write, which must not be there yet")
	cmd.AddCommand(pull)
	return cmd
}

// pull copies into a folder beside the file, which is a file at once, or none.
func (a *app) pull(cmd *cobra.Command, from, to string) (err error) {
	if !graph.IsRemote(from) {
		return usagef("kg snapshot pull copies from a PostgreSQL server, and %q is none: expected postgres://USER@HOST/DATABASE", from)
	}
	if err := notThere(to); err != nil {
		return err
	}
	part, err := os.MkdirTemp(filepath.Dir(to), filepath.Base(to)+".pull-")
	if err != nil {
		return fmt.Errorf("copying to %q: %w", to, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(part)) }()
	n, err := graph.Pull(cmd.Context(), from, filepath.Join(part, "kg.db"))
	if err == nil {
		err = notThere(to) // which may have come meanwhile
	}
	if err == nil {
		err = os.Rename(filepath.Join(part, "kg.db"), to)
	}
	if err == nil {
		fmt.Fprintf(a.err, "%s quads of %s are in %s\n", thousands(int(n)), graph.ShownName(from), to)
	}
	return err
}
