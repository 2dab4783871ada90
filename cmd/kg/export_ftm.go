package main

import (
	"bufio"
	"cmp"
	"io"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/ftm"
	"kg/schema"
)

// exportEntities writes the graph as entities of FollowTheMoney, or as statements.
func (a *app) exportEntities(cmd *cobra.Command, store *graph.Store, to io.Writer, format string, o graph.ExportOptions) ([]graph.Count, error) {
	ontology, err := a.ontology()
	if err != nil {
		return nil, err
	}
	m, err := ftm.NewModel(ontology)
	if err != nil {
		return nil, err
	}
	ctx, v := cmd.Context(), store.WholeView(a.settings.base())
	out := bufio.NewWriter(to)
	newWriter := m.NewWriter
	if format == statementsFormat {
		newWriter = m.NewStatementWriter
	}
	w := newWriter(out, v.Base, ftm.Graph{
		Quads: func(pattern quad.Quad) (list []quad.Quad, err error) {
			for q, err := range v.Each(ctx, pattern) {
				if err != nil {
					return nil, err
				}
				list = append(list, q)
			}
			return list, nil
		},
		Claim: func(label quad.Value) (ftm.ClaimInfo, error) {
			iri := iriOf(label)
			c := ftm.ClaimInfo{Retracted: v.Retraction(iri) != nil}
			claim, err := v.Claim(ctx, iri)
			if claim != nil {
				c.Denied, c.Source, c.See = claim.Stance == schema.Denies, claim.Source, claim.See
				c.Retracted = c.Retracted || v.Retraction(claim.Source) != nil
				return c, nil
			}
			for _, failed := range v.Each(ctx, quad.Quad{Subject: iri, Predicate: schema.Type, Object: schema.SourceClass, Label: iri}) {
				c.Source, err = iri, cmp.Or(err, failed)
			}
			return c, err
		},
	})
	if err = store.EachSubject(ctx, o, w.Subject); err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = out.Flush()
	}
	var lost []graph.Count
	for l, n := range w.Losses {
		lost = append(lost, graph.Count{Of: l.What, Value: l.Entity, N: n})
	}
	slices.SortFunc(lost, func(a, b graph.Count) int {
		return cmp.Or(cmp.Compare(graph.Text(a.Value), graph.Text(b.Value)), cmp.Compare(a.Of, b.Of))
	})
	return lost, err
}
