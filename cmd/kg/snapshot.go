package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kg/graph"
)

const snapshotHelp = `Pull copies the whole graph of a PostgreSQL server, as of one moment, into a store in
a file: reading the file is faster, and the server is free for writers. Another pull
updates the copy with the changes since, in one step.

  kg snapshot pull postgres://ann@localhost/kg -o kg.db

kg.db.pulled, beside the copy, records what the copy contains. A file that is not a
copy of the same graph, or was changed since, is refused: kg help postgres.
To copy a file to a server: kg export --db kg.db | kg load - --from nq --db postgres://…`

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
		Short: "Copy the graph into a store in a file, or update a copy",
		Long:  snapshotHelp,
		Args:  takes(1, 1, "the address of a database"),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.pull(cmd, args[0], to) },
	}
	pull.Flags().StringVarP(&to, "out", "o", "kg.db", "the `file` to write, or the copy to update")
	cmd.AddCommand(pull)
	return cmd
}

// pull makes the copy, or updates it.
func (a *app) pull(cmd *cobra.Command, from, to string) error {
	remote, ok := graph.ParseRemote(from)
	if !ok {
		return usagef("kg snapshot pull copies from a PostgreSQL server, and %q is not one: expected postgres://USER@HOST/DATABASE", from)
	}
	if server, ok := graph.ParseRemote(to); ok {
		return usagef("kg snapshot pull copies into a file, and %q is on a server: kg load loads into it", server)
	}
	if to == "" || to == "-" {
		return usagef("kg snapshot pull needs the name of a file for a store, found --out %q", to)
	}
	p, err := remote.Pull(cmd.Context(), to, a.warn)
	if errors.Is(err, graph.ErrNoCopy) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	n, from := thousands(int(p.Quads)), remote.String()
	switch {
	case p.Made:
		fmt.Fprintf(a.err, "%s quads of %s are in %s\n", n, from, to)
	case p.Same:
		fmt.Fprintf(a.err, "%s has all of %s: %s quads\n", to, from, n)
	case p.Whole != "":
		fmt.Fprintf(a.err, "%s was copied as a whole, since %s: %s quads of %s, %s before\n", to, p.Whole, n, from, thousands(int(p.Before)))
	default:
		fmt.Fprintf(a.err, "%s has what changed in %s: %s quads, %s before\n", to, from, n, thousands(int(p.Before)))
	}
	return nil
}
