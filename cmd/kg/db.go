package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"kg/graph"
)

const dbHelp = `The tables of kg in a database of a PostgreSQL server, which --db names, as in
--db postgres://ann@localhost/kg: kg help postgres.

  kg db init      makes them, once
  kg db upgrade   brings those of an older kg up to date
  kg db check     checks that they agree; with --repair makes them agree, after a
                  server ended between the commits of two
  kg db trim      drops the record of changes that are older than --keep: a copy
                  of kg snapshot pull that lacks one of them is made anew as a whole`

const trimHelp = `Trim drops the record of changes that are older than --keep. kg snapshot pull, kg serve
and kg mcp bring their copies up to date by it: a copy that lacks one of the dropped is
made anew as a whole. It adds up the counts that each commit leaves, too, as writers do
now and then. No quad of the graph goes, and no term.`

const repairHelp = `Check checks that the tables agree with each other. Of a graph over two servers
--repair makes them agree first, where one ended when the second had committed and the
first had not: what the first has decides. Then carry out again what was being written.
Copies of kg snapshot pull are made anew as a whole. Who reads or writes is waited for,
and kept out meanwhile.`

func newDB(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "db",
		Short: "Make, upgrade or check the tables on a PostgreSQL server",
		Long:  dbHelp,
		Args:  unknownVerb,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var repair bool
	keep := 30 * 24 * time.Hour
	for name, verb := range map[string]struct {
		short string
		do    func(*cobra.Command, graph.Remote) error
	}{
		"init":    {"Make the tables in a database that has none", a.dbInit},
		"upgrade": {"Bring the tables of an older kg up to date", a.dbUpgrade},
		"check":   {"Check that the tables agree", func(cmd *cobra.Command, remote graph.Remote) error { return a.dbCheck(cmd, remote, repair) }},
		"trim":    {"Drop the record of old changes", func(cmd *cobra.Command, remote graph.Remote) error { return a.dbTrim(cmd, remote, keep) }},
	} {
		of := &cobra.Command{Use: name, Short: verb.short, Args: takes(0, 0, ""), RunE: func(cmd *cobra.Command, _ []string) error {
			remote, ok := a.settings.remote()
			if !ok {
				return usagef("kg db %s is for a PostgreSQL server, and %q is none: --db postgres://USER@HOST/DATABASE names one; a file needs no tables", cmd.Name(), a.settings.db)
			}
			return verb.do(cmd, remote)
		}}
		switch name {
		case "check":
			of.Long = repairHelp
			of.Flags().BoolVar(&repair, "repair", false, "make the tables of two servers agree after a crash")
		case "trim":
			of.Long = trimHelp
			of.Flags().DurationVar(&keep, "keep", keep, "keep the record of changes no older than this `time`, as 720h")
		}
		cmd.AddCommand(of)
	}
	return cmd
}

func (a *app) dbInit(cmd *cobra.Command, remote graph.Remote) error {
	made, err := remote.Init(cmd.Context())
	if err != nil {
		return err
	}
	if made {
		fmt.Fprintf(a.err, "%s is ready: kg load --db loads into it\n", remote)
	} else {
		fmt.Fprintf(a.err, "%s has the tables already\n", remote)
	}
	return nil
}

func (a *app) dbUpgrade(cmd *cobra.Command, remote graph.Remote) error {
	if err := remote.Upgrade(cmd.Context()); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "%s is up to date\n", remote)
	return nil
}

func (a *app) dbTrim(cmd *cobra.Command, remote graph.Remote, keep time.Duration) error {
	if keep < 0 {
		return usagef("--keep: expected a time such as 720h, found %s", keep)
	}
	n, err := remote.Trim(cmd.Context(), time.Now().Add(-keep))
	if err != nil {
		return err
	}
	fmt.Fprintf(a.err, "%s: the record of %s was dropped\n", remote, plural(int(n), "commit"))
	return nil
}

func (a *app) dbCheck(cmd *cobra.Command, remote graph.Remote, repair bool) error {
	if repair {
		did, err := remote.Repair(cmd.Context())
		if err != nil {
			return err
		}
		if did.Any {
			fmt.Fprintf(a.err, "%s: dropped %s, restored %d: carry out again what was being written\n", remote, plural(int(did.Dropped), "row"), did.Restored)
		}
	}
	store, err := graph.Open(a.settings.db)
	if err != nil {
		return err
	}
	if err := errors.Join(store.Verify(cmd.Context(), nil), store.Close()); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "the tables of %s agree; kg check checks what is in them\n", remote)
	return nil
}
