package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kg/data"
	"kg/graph"
	"kg/internal/document"
	"kg/schema"
)

const removeHelp = `Remove deletes permanently a source with its claims, or another graph's quads under
a label. It lists what it will delete, and asks; without a terminal it needs --yes.
Background about entities that no other source mentions is deleted too. Decisions
about what is deleted stay. kg retract leaves something out of answers and keeps it.`

func newRemove(a *app) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:     "remove LABEL|SOURCE",
		Short:   "Delete a source, or a label's quads, permanently",
		Long:    removeHelp,
		Example: "  kg remove https://data.example/graph",
		Args:    takes(1, 1, "one LABEL or SOURCE; quote a title with spaces"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.remove(cmd, args[0], yes)
		},
		ValidArgsFunction: a.completeSources,
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	addFormat(cmd)
	return cmd
}

func (a *app) remove(cmd *cobra.Command, name string, yes bool) error {
	store, err := a.toChange(false)
	if err != nil {
		return err
	}
	o := graph.LoadOptions{Base: a.settings.base(), DryRun: true}
	label, err := store.WholeView(o.Base).FindRetractable(cmd.Context(), name)
	if err != nil {
		return err
	}
	if o.Background, err = a.backgroundOf(label); err != nil {
		return err
	}
	removed, err := store.Remove(cmd.Context(), label, o)
	if err != nil {
		return err
	}
	l := &listing{columns: []string{"what", "which", "claims", "quads"}}
	which := graph.Cell{Value: label, Text: o.Base.Short(label)}
	what, claims := "source", number(removed.Claims)
	if removed.Foreign {
		what, claims = "graph", graph.Cell{}
	}
	l.rows = append(l.rows, listingRow{cells: []graph.Cell{word(what), which, claims, number(removed.Removed)}})
	if err := a.print(cmd, l); err != nil {
		return err
	}
	for _, join := range removed.Missing {
		fmt.Fprintf(a.err, "warning: %s is the same as %s, which the store will not have\n", o.Base.ShortTerm(join.Subject), o.Base.ShortTerm(join.Object))
	}
	if !yes {
		if err := a.confirm(cmd, which.Text); err != nil {
			return err
		}
	}
	o.DryRun = false
	if _, err = store.Remove(cmd.Context(), label, o); err != nil {
		return err
	}
	if err := a.drop(store); err != nil { // see decide
		return err
	}
	fmt.Fprintf(a.err, "%s is deleted\n", which.Text)
	return nil
}

// backgroundOf returns kg's background claims under the base of a source.
func (a *app) backgroundOf(source quad.IRI) ([]*document.Checked, error) {
	base, _, ok := strings.Cut(string(source), "source/")
	if !ok {
		return nil, nil
	}
	parsed, err := schema.ParseBase(base)
	if err != nil {
		return nil, nil // the label of another graph
	}
	o, err := a.ontology()
	if err != nil {
		return nil, err
	}
	doc, err := data.Background(o, parsed)
	return []*document.Checked{doc}, err
}

// confirm asks on a terminal whether something is to be deleted.
func (a *app) confirm(cmd *cobra.Command, what string) error {
	in, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return usagef("deleting %s: standard input is not a terminal; --yes deletes without asking", what)
	}
	fmt.Fprintf(a.err, "delete %s permanently? Type yes: ", what)
	answer, err := await(cmd.Context(), func() (string, error) { return bufio.NewReader(in).ReadString('\n') })
	if strings.TrimSpace(answer) == "yes" && err == nil {
		return nil
	}
	if cmd.Context().Err() != nil {
		return cmd.Context().Err()
	}
	return usagef("deleting %s: the answer is not yes, and nothing is deleted", what)
}
