package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph"
	"kg/queries"
)

// printEmpty says why there is no answer, and what to ask instead of q, which is nil for a
// text that is no saved query.
func (a *app) printEmpty(ctx context.Context, v *graph.View, q *queries.Query, e *queries.Empty) {
	fmt.Fprintln(a.err, "no answer:", e.Why)
	if len(e.Instead) == 0 {
		return
	}
	var names []string
	for _, cell := range e.Instead {
		names = append(names, cell.Text)
	}
	fmt.Fprintf(a.err, "there is one with %s: %s\n", strings.Join(names, "; "),
		q.Call(e.Param+"="+typed(ctx, v, e.Instead[0])))
}

// typed returns what to type for an entity: its name, if no other entity has it.
func typed(ctx context.Context, v *graph.View, c graph.Cell) string {
	own := true
	took := v.Took
	v.Took = func(string, graph.Found) { own = false }
	found, err := v.Find(ctx, c.Text)
	v.Took = took
	if err == nil && own && quad.Value(found) == c.Value {
		return c.Text
	}
	iri, _ := c.Value.(quad.IRI)
	return v.Base.Short(iri)
}
