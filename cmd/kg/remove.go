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

const removeHelp = `Remove deletes for good what another graph has under a label, or a source with its
claims: first it says what, and asks. Without a terminal it needs --yes. What every
reader knows of things that no other source speaks of goes too. To leave something
out of answers and keep it, kg retract is the verb; decisions about what is removed
stay.`

func newRemove(a *app) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:     "remove LABEL|SOURCE",
		Short:   "Delete a label's quads, or a source, for good",
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
	l.rows = append(l.rows, listed{cells: []graph.Cell{word(what), which, claims, number(removed.Removed)}})
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

// backgroundOf is what every reader knows, under the base of a source.
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
		return usagef("deleting %s: nobody is at a terminal to be asked; --yes deletes it", what)
	}
	fmt.Fprintf(a.err, "delete %s for good? Type yes: ", what)
	answer, err := await(cmd.Context(), func() (string, error) { return bufio.NewReader(in).ReadString('\n') })
	if strings.TrimSpace(answer) == "yes" && err == nil {
		return nil
	}
	if cmd.Context().Err() != nil {
		return cmd.Context().Err()
	}
	return usagef("deleting %s: the answer is not yes, and nothing is deleted", what)
}
