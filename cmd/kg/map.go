package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kg/internal/mapping"
)

const mapHelp = `Map drafts the mapping of a table for kg load --map, from the names of its columns
and the contents of their cells, and prints it. A table always gives the same draft.

The rules: the kind of the rows comes from a column of kinds, or from columns that
only one kind has; a column with the name of a relation, or a synonym of it, is that
relation; a column in which nine of ten cells are dates is a date; cells with a
semicolon have several values. Decisions that the rules cannot make are listed on
standard error and in comments at the head of the draft. The draft can be loaded as
it is; kg load counts the cells that it does not use.`

func newMap(a *app) *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use:   "map FILE|-",
		Short: "Draft the mapping of a table, for kg load --map",
		Long:  mapHelp,
		Example: `  kg map people.csv > people.map.yaml
  kg load --map people.map.yaml people.csv --dry-run`,
		Args: takes(1, 1, "a table"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f := quadsFlags{from: from}
			format := f.formatOf(args[0])
			if args[0] == "-" && from == "" {
				format = "csv"
			}
			if from != "" && holdsOf(from) != tableFiles {
				return usagef("--from takes %s, not %q", strings.Join(formatNames(tableFiles), ", "), from)
			}
			if info, err := os.Stat(args[0]); err == nil && !info.IsDir() && holdsOf(format) != tableFiles {
				return usagef("the name of %q does not end as a table's: --from %s says what it is", args[0], strings.Join(formatNames(tableFiles), ", "))
			}
			return a.draftMap(cmd, args[0], format)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the `format` of the table: csv, tsv, xlsx or jsonl (default: by its name; of standard input csv)")
	completeFlag(cmd, "from", formatNames(tableFiles))
	return cmd
}

func (a *app) draftMap(cmd *cobra.Command, name, format string) error {
	o, err := a.ontology()
	if err != nil {
		return err
	}
	day := time.Now()
	if info, err := os.Stat(name); err == nil {
		day = info.ModTime() // so that the same file has the same draft tomorrow
	}
	in, err := a.openTable(cmd, name)
	if err != nil {
		return err
	}
	defer in.Close()
	draft, decide, err := mapping.Draft(mapping.SourceTable{Name: name, Format: format, In: in}, o, day.UTC().Format(time.DateOnly))
	if err != nil {
		return err
	}
	if _, err := a.out.Write(draft); err != nil {
		return err
	}
	fmt.Fprintln(a.err, "left to decide: who publishes the table, who you are, and the day it is of")
	for _, s := range decide {
		fmt.Fprintf(a.err, "left to decide: %s\n", s)
	}
	return nil
}
