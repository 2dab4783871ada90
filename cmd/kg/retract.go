package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/schema"
)

const retractHelp = `Retract leaves a source, a claim, or another graph's quads under a label, out of
every answer. It first lists what is lost with it:

  claim    the claim, or all claims of the source
  derived  a claim derived from a retracted claim, directly or through others: it is
           lost with any claim that it is derived from
  edge     an edge that nobody else states
  row      a row of a saved question that can be asked without values: it goes; it
           changes, as other sources say it too; or it comes, with an empty cell

Nothing is deleted. The decision is a claim of its own under the label kg:decisions,
with its reason, its author and the time; exports include it, and kg restore undoes
it with another decision. The latest decision on something holds. The record of a
claim can be read as long as its source is not retracted. With --include-retracted
every verb shows what is retracted, marked as such. --dry-run lists what would be
lost, and decides nothing. SOURCE is an IRI, a short form, an id or a title.`

const restoreHelp = `Restore undoes kg retract with a decision of its own, and lists what comes back, as
kg retract lists what is lost. --dry-run decides nothing.`

func newRetract(a *app) *cobra.Command {
	return a.newDecision("retract", "Leave a source, a claim or a label out of every answer", retractHelp, (*graph.Store).Retract)
}

func newRestore(a *app) *cobra.Command {
	return a.newDecision("restore", "Undo kg retract", restoreHelp, (*graph.Store).Restore)
}

// decide is Store.Retract or Store.Restore.
type decide func(*graph.Store, context.Context, quad.IRI, graph.DecisionOptions) (*graph.Effect, error)

func (a *app) newDecision(verb, short, long string, do decide) *cobra.Command {
	var o graph.DecisionOptions
	cmd := &cobra.Command{
		Use:     verb + " SOURCE|CLAIM|LABEL --reason TEXT",
		Short:   short,
		Long:    long,
		Example: "  kg " + verb + " donga-2008-04-04 --reason \"…\" --dry-run",
		Args:    takes(1, 1, "one SOURCE, CLAIM or LABEL; quote a title with spaces"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if strings.TrimSpace(o.Reason) == "" {
				return usagef("kg %s needs a reason: --reason TEXT", verb)
			}
			if o.By, err = a.settings.decider(); err != nil {
				return err
			}
			o.Base = a.settings.base()
			return a.decide(cmd, args[0], do, o)
		},
		ValidArgsFunction: a.completeSources,
	}
	cmd.Flags().StringVar(&o.Reason, "reason", "", "the reason, a `text`")
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "list what would change, and decide nothing")
	a.settings.addAuthor(cmd)
	addFormat(cmd)
	return cmd
}

// decide lists what a decision changes, and then makes the decision.
func (a *app) decide(cmd *cobra.Command, word string, do decide, o graph.DecisionOptions) error {
	store, err := a.toChange(o.DryRun)
	if err != nil {
		return err
	}
	on, err := store.WholeView(o.Base).FindRetractable(cmd.Context(), word)
	if err != nil {
		return err
	}
	trial := o
	trial.DryRun = true
	effect, err := do(store, cmd.Context(), on, trial)
	if err != nil {
		return err
	}
	if err := a.printEffect(cmd, effect, o); err != nil {
		return err
	}
	if err := a.sayReadings(cmd.Context(), store.WholeView(o.Base), on, []quad.IRI{on}, "is decided on by itself"); err != nil {
		return err
	}
	short := o.Base.Short(on)
	if o.DryRun {
		fmt.Fprintf(a.err, "nothing is decided: without --dry-run %s would be %s\n", short, state(effect.Decision))
		return nil
	}
	if effect, err = do(store, cmd.Context(), on, o); err != nil {
		return err
	}
	if err := a.drop(store); err != nil { // whole before anything is said, which may end kg
		return err
	}
	undo := "kg restore"
	if !effect.Decision.Retracts {
		undo = "kg retract"
	}
	fmt.Fprintf(a.err, "%s is %s: %s; %s %s undoes it\n", short, state(effect.Decision), effect.Decision.Because(), undo, short)
	return nil
}

func state(d *schema.Decision) string {
	if d.Retracts {
		return "retracted"
	}
	return "restored"
}

// printEffect lists what is lost, or comes back.
func (a *app) printEffect(cmd *cobra.Command, e *graph.Effect, o graph.DecisionOptions) error {
	ctx := cmd.Context()
	l := &listing{columns: []string{"what", "which", "says"}}
	add := func(what string, which graph.Cell, says string) {
		l.rows = append(l.rows, listingRow{cells: append([]graph.Cell{word(what), which}, words(says)...)})
	}
	if e.Kind == "graph" {
		add("quads", number(e.Foreign), "of another graph")
	}
	for i, claims := range [][]graph.Found{e.Claims, e.Derived} {
		for _, c := range claims {
			add([]string{"claim", "derived"}[i], graph.Cell{Value: c.IRI, Text: o.Base.Short(c.IRI)}, c.Name)
		}
	}
	shown := e.Before
	if !e.Decision.Retracts {
		shown = e.After
	}
	for _, q := range e.Edges {
		text, err := inWords(ctx, shown, q)
		if err != nil {
			return err
		}
		add("edge", graph.Cell{Value: q.Label, Text: o.Base.ShortTerm(q.Label)}, text)
	}
	set, err := a.queries()
	if err != nil {
		return err
	}
	changes, failed := set.Changed(ctx, a.readBy(e.Before), a.readBy(e.After))
	for _, c := range changes {
		add("row "+c.How, word(c.Query), c.Line())
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, err := range failed {
		fmt.Fprintln(a.err, "warning: it is not known which of its rows are lost:", err)
	}
	return a.print(cmd, l)
}

// readBy sets the bounds and languages of the command line on a view.
func (a *app) readBy(v *graph.View) *graph.View {
	v.Bounds, v.Languages = a.bounds, a.settings.languages
	return v
}

// inWords returns an edge as a text: subject, relation and object, as its source names
// them.
func inWords(ctx context.Context, v *graph.View, q quad.Quad) (string, error) {
	source, _, _, _ := schema.IRI(iriOf(q.Label)).SplitClaim()
	subject, err1 := v.DescribeFor(ctx, q.Subject, []quad.IRI{source})
	relation, err2 := v.Reading(ctx, iriOf(q.Predicate), true)
	object, err3 := v.DescribeFor(ctx, q.Object, []quad.IRI{source})
	return subject.Text + " " + relation.Text + " " + object.Text, errors.Join(err1, err2, err3)
}

func iriOf(value quad.Value) quad.IRI {
	iri, _ := value.(quad.IRI)
	return iri
}

// completeSources completes the ids of sources.
func (a *app) completeSources(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	const done = cobra.ShellCompDirectiveNoFileComp
	if len(args) > 0 || a.settings.complete(cmd) != nil {
		return nil, done
	}
	v, err := a.wholeView()
	if err != nil {
		return nil, done
	}
	var list []string
	for q, err := range v.WithRetracted().Each(cmd.Context(), quad.Quad{Predicate: schema.Type, Object: schema.SourceClass}) {
		if err != nil {
			return nil, done
		}
		iri := iriOf(q.Subject)
		for _, name := range []string{schema.IRI(iri).LastPart(), v.Base.Short(iri)} {
			if strings.HasPrefix(name, typed) {
				list = append(list, name)
				break
			}
		}
	}
	return list, done
}
