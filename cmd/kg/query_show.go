package main

import (
	"fmt"
	"math"

	"github.com/spf13/cobra"
)

func newQueryShow(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME [param=value…]",
		Short: "Print a saved query's text, ready to paste into Cayley's web UI",
		Args:  takes(1, math.MaxInt, "a query's NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := a.queries()
			if err != nil {
				return err
			}
			q, err := set.Find(args[0])
			if err != nil {
				return err
			}
			text := q.Text
			if len(args) > 1 { // only a parameter's value needs the store
				v, err := a.queryView(q)
				if err != nil {
					return err
				}
				params, err := q.Bind(cmd.Context(), v, args[1:])
				if err != nil {
					return err
				}
				if text, err = q.Script(params); err != nil {
					return err
				}
			}
			_, err = fmt.Fprint(a.paged, text)
			return err
		},
		ValidArgsFunction: a.completeQuery,
	}
}
