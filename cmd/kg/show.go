package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/claimrows"
	"kg/schema"
)

const showHelp = `Show prints all about an entity: its names and its kind; the claims about it, as
sentences, each with its speaker, stance and locator; every edge, with the number of
its claim; and last what is stated without a claim. Edges are read from the entity:
"works for", "is governed by". csv, json and the other formats have a row per edge,
out of the entity (->) or into it (<-), with the relation's name. Denied edges are
listed and marked, and so are the entities that sources join to it with same-as,
directly or through others. What is retracted is left out without
--include-retracted. An edge of another graph has that graph's label instead of a
claim, and no speaker.

--evidence lists under each edge the claims that state it, and those that deny it.
ENTITY is an IRI, a short form such as kg:person/kim-jong-il, or words that find
exactly one entity: see kg help find.`

func newShow(a *app) *cobra.Command {
	var f findFlags
	cmd := &cobra.Command{
		Use:   "show ENTITY",
		Short: "Show an entity and every edge in and out, claim by claim",
		Long:  showHelp,
		Args:  takes(1, 1, "one ENTITY; quote a name with spaces"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.show(cmd, args[0], f)
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 || a.settings.complete(cmd) != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.entities(cmd.Context(), typed, "entity"), cobra.ShellCompDirectiveNoFileComp
		},
	}
	cmd.Flags().IntVar(&f.limit, "limit", 100, "show at most so many rows; 0 shows all")
	cmd.Flags().BoolVar(&f.evidence, "evidence", false, "list the claims that state each edge, and those that deny it")
	addFormat(cmd)
	return cmd
}

func (a *app) show(cmd *cobra.Command, name string, f findFlags) error {
	v, err := a.wholeView()
	if err != nil {
		return err
	}
	entity, err := v.Find(cmd.Context(), name)
	if err != nil {
		return err
	}
	if d := v.Retraction(entity); d != nil {
		fmt.Fprintf(a.err, "%s is retracted: %s\n", v.Base.Short(entity), d.Because())
	}
	if err := checkLimit(f.limit); err != nil {
		return err
	}
	edges, all, err := edgesAndJoins(cmd.Context(), v, entity, f.limit)
	if err != nil {
		return err
	}
	claim, err := v.Claim(cmd.Context(), entity)
	if err != nil {
		return err
	}
	if claim != nil {
		return a.showClaim(cmd, v, claim, edges, all, f)
	}
	if err := a.tellSame(cmd.Context(), v, entity); err != nil {
		return err
	}
	p := a.passages(v)
	if forPeople(cmd) && !f.evidence {
		if f.limit > 0 && all > f.limit {
			a.showing(f.limit, all)
		}
		return a.showPage(cmd, v, p, entity, edges)
	}
	l := &listing{columns: []string{"direction", "relation", "other", "claim", "said by", "sure", "denied by", "locator"}}
	if a.settings.text != "" {
		l.columns = append(l.columns, "passage")
	}
	if f.evidence {
		l.details = claimrows.Columns
	}
	for _, e := range edges {
		cells, err := edgeCells(cmd.Context(), v, p, entity, e, forPeople(cmd))
		if err != nil {
			return err
		}
		row := listingRow{cells: cells}
		if f.evidence && e.Claim != nil {
			if row.details, err = p.behind(cmd.Context(), e.Quad); err != nil {
				return err
			}
		}
		l.rows = append(l.rows, row)
	}
	a.cut(l, f.limit, all)
	return a.print(cmd, l)
}

// showClaim lists a claim's own edges, and then the edges that it states or denies, each
// with its subject. edges may be the first of all.
func (a *app) showClaim(cmd *cobra.Command, v *graph.View, c *graph.Claim, edges []graph.Edge, all int, f findFlags) error {
	l := &listing{columns: []string{"direction", "subject", "relation", "other"}}
	p := a.passages(v)
	if f.evidence {
		l.details = claimrows.Columns
	}
	row := func(direction string, terms ...quad.Value) error {
		cells := []graph.Cell{word(direction)}
		for _, term := range terms {
			cell, err := v.Describe(cmd.Context(), term)
			if err != nil {
				return err
			}
			cells = append(cells, cell)
		}
		l.rows = append(l.rows, listingRow{cells: cells})
		return nil
	}
	for _, e := range edges {
		direction := "<-"
		if e.Out {
			direction = "->"
		}
		if err := row(direction, nil, e.Relation(), e.Other()); err != nil {
			return err
		}
	}
	asserted, err := v.Asserted(cmd.Context(), c)
	if err != nil {
		return err
	}
	states := "states"
	if c.Stance == schema.Denies {
		states = "denies"
	}
	for _, q := range asserted {
		if err := row(states, q.Subject, q.Predicate, q.Object); err != nil {
			return err
		}
		if f.evidence {
			last := &l.rows[len(l.rows)-1]
			if last.details, err = p.behind(cmd.Context(), q); err != nil {
				return err
			}
		}
	}
	a.cut(l, f.limit, all+len(asserted))
	return a.print(cmd, l)
}

// edgeCells returns the cells of one edge of entity: direction, relation, other, claim,
// said by, sure, denied by and locator, and the passage if texts are given. The relation
// is its reading from the entity, or its name.
func edgeCells(ctx context.Context, v *graph.View, p *passages, entity quad.IRI, e graph.Edge, inWords bool) ([]graph.Cell, error) {
	direction := ""
	switch {
	case e.Out:
		direction = "->"
	case e.Quad.Object == entity:
		direction = "<-"
	}
	relation, err := v.Describe(ctx, e.Relation())
	if err == nil && inWords {
		relation, err = v.Reading(ctx, e.Relation(), e.Out)
	}
	if err != nil {
		return nil, err
	}
	other, err := v.DescribeFor(ctx, e.Other(), []quad.IRI{e.Source()})
	if err != nil {
		return nil, err
	}
	label, err := v.Describe(ctx, e.Quad.Label)
	if err != nil {
		return nil, err
	}
	if inWords && e.Foreign && e.Quad.Label != nil {
		label.Text = "graph " + label.Text
	}
	cells := []graph.Cell{word(direction), relation, other, label}
	if e.Claim == nil {
		who, err := joinedBy(ctx, v, entity, e)
		if who.Value != nil {
			cells[1].Text = "same as"
		}
		cells = append(cells, who, graph.Cell{}, graph.Cell{}, graph.Cell{})
		if p.path != "" {
			cells = append(cells, graph.Cell{})
		}
		return cells, err
	}
	evidence, err := v.EdgeEvidence(ctx, e.Quad)
	if err != nil {
		return nil, err
	}
	at := cmp.Or(e.Claim.LocatorText(), string(e.Claim.See))
	cells = append(cells, words(evidence.SaidBy(), evidence.Sure(), evidence.DeniedBy(), at)...)
	if p.path != "" {
		passage, err := p.of(ctx, e.Claim)
		if err != nil {
			return nil, err
		}
		cells = append(cells, words(passage)...)
	}
	return cells, nil
}

// entities returns, for shell completion, the names with a prefix of entities of a
// parameter's type, each with its kind.
func (a *app) entities(ctx context.Context, typed, kind string) []string {
	v, err := a.view()
	if err != nil {
		return nil
	}
	list, err := v.Complete(ctx, typed, kind)
	if err != nil {
		return nil
	}
	var words []string
	for _, c := range list {
		about := c.Kind
		if c.Name != "" {
			about = strings.TrimPrefix(c.Kind+", "+c.Name, ", ")
		}
		words = append(words, strings.TrimSuffix(c.Matched+"\t"+about, "\t"))
	}
	return words
}
