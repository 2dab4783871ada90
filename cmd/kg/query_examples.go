package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/queries"
)

const queryTestHelp = `Test runs the examples in the headers of saved queries and compares the rows
they give with those they must. kg's own queries are asked of the bundled
article, whatever is in the store; yours are asked of the store.`

func newQueryTest(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "test [NAME…]",
		Short: "Run the examples of saved queries",
		Long:  queryTestHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := a.queries()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				args = set.Names()
			}
			failed := false
			for _, name := range args {
				q, err := set.Find(name)
				if err != nil {
					return err
				}
				ok, err := a.testQuery(cmd, q)
				if err != nil {
					return err
				}
				failed = failed || !ok
			}
			if failed {
				return errFound
			}
			return nil
		},
		ValidArgsFunction: a.completeQueries,
	}
}

func (a *app) testQuery(cmd *cobra.Command, q *queries.Query) (ok bool, err error) {
	v, err := a.testView(cmd, q)
	if err != nil {
		return false, err
	}
	tested, failures, err := q.Test(cmd.Context(), v)
	if err != nil {
		return false, err
	}
	verdict := "ok"
	switch {
	case len(failures) > 0:
		verdict = "FAILED"
	case tested == 0:
		verdict = "no examples"
	}
	fmt.Fprintf(a.out, "%-12s %s (%d)\n", q.Name, verdict, tested)
	for _, f := range failures {
		fmt.Fprintf(a.out, "  %s\n", f.Call)
		for _, row := range f.Missing {
			fmt.Fprintf(a.out, "    missing: | %s |\n", strings.Join(row, " | "))
		}
		for _, row := range f.Over {
			fmt.Fprintf(a.out, "    over:    | %s |\n", strings.Join(row, " | "))
		}
		if len(f.Missing)+len(f.Over) == 0 {
			fmt.Fprintln(a.out, "    the rows are in another order, or one comes twice")
		}
	}
	return len(failures) == 0, nil
}

// testView is what a query's examples are asked of.
func (a *app) testView(cmd *cobra.Command, q *queries.Query) (*graph.View, error) {
	if q.Own {
		return a.queryView(q)
	}
	if a.article == nil {
		o, err := a.ontology()
		if err != nil {
			return nil, err
		}
		docs, err := bundled(o, a.settings.base())
		if err != nil {
			return nil, err
		}
		if a.article, err = a.keep(graph.Scratch(cmd.Context(), o, docs, a.settings.base())); err != nil {
			return nil, err
		}
	}
	return a.article.View(a.settings.base()), nil
}
