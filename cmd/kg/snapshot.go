package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"kg/graph"
)

const snapshotHelp = `Pull copies the whole graph on a PostgreSQL server into a store in a file, of one
moment: whoever reads much has the file's speed, and writers have the server.

  kg snapshot pull postgres://ann@localhost/kg -o kg.db

The way back is kg export --db kg.db | kg load - --from nq --db postgres://…: kg help postgres.
A file that is there is replaced only with --force.`

func newSnapshot(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "snapshot",
		Short: "Copy the graph on a PostgreSQL server into a store in a file",
		Long:  snapshotHelp,
		Args:  unknownVerb,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var to string
	var force bool
	pull := &cobra.Command{
		Use:   "pull postgres://…",
		Short: "Copy the whole graph into a store in a file",
		Long:  snapshotHelp,
		Args:  takes(1, 1, "the address of a database"),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.pull(cmd, args[0], to, force) },
	}
	pull.Flags().StringVarP(&to, "out", "o", "kg.db", "the `file` to write")
	pull.Flags().BoolVar(&force, "force", false, "replace the file, if it is a store")
	cmd.AddCommand(pull)
	return cmd
}

func (a *app) pull(cmd *cobra.Command, from, to string, force bool) error {
	if !graph.IsRemote(from) {
		return usagef("kg snapshot pull copies from a PostgreSQL server, and %q is none: expected postgres://USER@HOST/DATABASE", from)
	}
	_, err := os.Lstat(to)
	switch {
	case err == nil && !force:
		return usagef("copying to %q: the file is there already; --force replaces it, if it is a store", to)
	case err == nil:
		old, err := graph.Open(to) // what is no store is left alone
		if err == nil {
			err = old.Close()
		}
		if err != nil {
			return fmt.Errorf("replacing %q: %w", to, err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	part := to + ".pull"
	n, err := graph.Pull(cmd.Context(), from, part)
	if err == nil {
		err = replaceStore(part, to)
	}
	if err != nil {
		return errors.Join(err, removeStore(part))
	}
	fmt.Fprintf(a.err, "%s quads of %s are in %s\n", thousands(int(n)), graph.ShownName(from), to)
	return nil
}

// replaceStore puts a store in place of another, which may not be there.
func replaceStore(from, to string) error {
	if err := removeStore(to); err != nil {
		return err
	}
	return errors.Join(os.Rename(from, to), removeStore(from))
}

// removeStore removes the files of a store, if they are there.
func removeStore(path string) error {
	for _, name := range []string{path, path + ".journal", path + ".names", path + ".lock"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
