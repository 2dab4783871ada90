package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"kg/graph"
)

const dbHelp = `The tables of kg in a PostgreSQL database, which --db names, as in
--db postgres://ann@localhost/kg: kg help postgres.

  kg db init      creates the tables, once
  kg db upgrade   upgrades tables that an older kg created
  kg db check     checks that the tables agree; --repair makes them agree after one
                  of two servers crashed between their commits
  kg db trim      drops the record of changes older than --keep: kg snapshot pull
                  copies the whole graph again where it needs one of them`

const trimHelp = `Trim drops the record of changes older than --keep. kg snapshot pull, kg serve and
kg mcp update their copies from this record; a copy that needs a dropped change is
replaced by a new copy of the whole graph. Trim also adds up the counts that each
commit leaves, as writers do now and then. It drops no quads and no terms.`

const repairHelp = `Check checks that the tables agree with each other. For a graph on two servers,
--repair first makes the tables agree if a server crashed after the second had
committed and before the first had: the state of the first server is kept. Then run
the interrupted write again. Copies made by kg snapshot pull are copied again as a
whole. Check waits for current readers and writers, and blocks new ones meanwhile.`

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
		"init":    {"Create the tables in a database that has none", a.dbInit},
		"upgrade": {"Upgrade tables that an older kg created", a.dbUpgrade},
		"check":   {"Check that the tables agree", func(cmd *cobra.Command, remote graph.Remote) error { return a.dbCheck(cmd, remote, repair) }},
		"trim":    {"Drop the record of old changes", func(cmd *cobra.Command, remote graph.Remote) error { return a.dbTrim(cmd, remote, keep) }},
	} {
		of := &cobra.Command{Use: name, Short: verb.short, Args: takes(0, 0, ""), RunE: func(cmd *cobra.Command, _ []string) error {
			remote, ok := a.settings.remote()
			if !ok {
				return usagef("kg db %s is for a PostgreSQL server, and %q is not one: --db postgres://USER@HOST/DATABASE names one; a file needs no tables", cmd.Name(), a.settings.db)
			}
			return verb.do(cmd, remote)
		}}
		switch name {
		case "check":
			of.Long = repairHelp
			of.Flags().BoolVar(&repair, "repair", false, "make the tables of two servers agree after a crash")
		case "trim":
			of.Long = trimHelp
			of.Flags().DurationVar(&keep, "keep", keep, "keep the record of changes up to this `age`, such as 720h")
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
			fmt.Fprintf(a.err, "%s: dropped %s, restored %d: run the interrupted write again\n", remote, plural(int(did.Dropped), "row"), did.Restored)
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
