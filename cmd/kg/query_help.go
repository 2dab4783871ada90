package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// helpQuestions makes kg query NAME --help describe the saved question.
func (a *app) helpQuestions(query *cobra.Command) {
	query.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if names := cmd.Flags().Args(); cmd == query && len(names) > 0 {
			a.helpErr = a.helpQuestion(cmd, names[0])
			return
		}
		cmd.Root().HelpFunc()(cmd, args)
	})
}

// questionTopics makes kg help query NAME do the same.
func (a *app) questionTopics(help *cobra.Command) {
	others := help.Run
	help.Run = func(cmd *cobra.Command, args []string) {
		if topic, rest, err := cmd.Root().Find(args); err == nil && topic.Name() == "query" && len(rest) > 0 {
			a.helpErr = a.helpQuestion(cmd, rest[0])
			return
		}
		others(cmd, args)
	}
}

// helpQuestion describes a saved question; cmd has the flags.
func (a *app) helpQuestion(cmd *cobra.Command, name string) error {
	if err := a.settings.complete(cmd); err != nil {
		return err
	}
	set, err := a.queries()
	if err != nil {
		return err
	}
	q, err := set.Find(name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.paged, "%s\nkg query show %s prints its text; kg help query lists the flags.\n", q.Help(), q.Name)
	return err
}

// questionNames returns the names of the saved questions; none if they cannot be read.
func (a *app) questionNames(cmd *cobra.Command) []string {
	if a.settings.complete(cmd) != nil {
		return nil
	}
	set, err := a.queries()
	if err != nil {
		return nil
	}
	return set.Names()
}
