package change

import (
	"context"
	"fmt"
	"maps"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/claims"
	"kg/graph/internal/decide"
	"kg/graph/internal/find"
	"kg/graph/internal/store"
	"kg/graph/internal/store/snapshot"
	"kg/internal/document"
	"kg/internal/strict"
	"kg/schema"
)

// Decide returns a decision that retracts or restores, and the kind of what it is on. What
// is retracted already, or is to be restored and is not retracted itself, is a
// *decide.ConflictError.
func (g *Graph) Decide(ctx context.Context, retracts bool, on quad.IRI, reason, by string) (kind string, d *schema.Decision, err error) {
	if kind, err = g.Kind(ctx, on); err != nil {
		return "", nil, err
	}
	last, cause := g.Decisions.Latest[on], g.Decisions.Of(on)
	isRetracted := last != nil && last.Retracts
	switch {
	case retracts && isRetracted:
		return "", nil, &decide.ConflictError{Msg: fmt.Sprintf("%s is retracted already: %s; kg restore undoes it", g.Base.Short(on), last.Because())}
	case !retracts && !isRetracted && cause != nil:
		return "", nil, g.refuse("%s is not retracted itself: it falls with %s, so restore that", on, cause.On)
	case !retracts && !isRetracted:
		return "", nil, g.refuse("%s is not retracted", on)
	}
	d, err = g.Decisions.Next(g.Base, retracts, on, reason, by)
	return kind, d, err
}

// Effect is what a decision changes.
type Effect struct {
	Claims  []claims.Fallen // that fall, or come back; derived ones last
	Edges   []quad.Quad     // that no other claim states, each once
	Foreign int             // quads of another graph
}

// EffectOf finds the effect of a decision on something of a kind. Before and after are the
// decisions without it and with it; shown is the graph that people see while the thing is
// left out.
func (g *Graph) EffectOf(ctx context.Context, on quad.IRI, kind string, before, after *decide.Decisions, shown *store.QuadStore) (e Effect, err error) {
	defer snapshot.Catch(&err)
	if kind == Foreign { // claims may be derived from it
		if err := g.R.Do(ctx, quad.Quad{Label: on}, func(quad.Quad) { e.Foreign++ }); err != nil {
			return e, err
		}
	}
	columns, err := g.R.Columns(ctx)
	if err != nil {
		return e, err
	}
	ids, err := shown.IDs()
	if err != nil {
		return e, err
	}
	others := maps.Clone(before.Fallen)
	maps.Copy(others, after.Fallen)
	e.Claims, err = claims.NewReader(columns, g.R).Fallen(on, maps.Keys(others), func(claim quad.IRI) bool {
		return (before.Of(claim) == nil) != (after.Of(claim) == nil)
	})
	if err != nil {
		return e, err
	}
	e.Edges, err = claims.OnlyStated(columns, ids, e.Claims)
	return e, err
}

// Supersede returns the decision to retract the source old, because the one source of a
// load takes its place; nil if old is retracted already.
func (g *Graph) Supersede(ctx context.Context, old quad.IRI, docs []*document.Checked, by string) (*schema.Decision, error) {
	there, err := g.HasSource(ctx, old)
	switch {
	case err != nil:
		return nil, err
	case len(docs) != 1:
		return nil, &decide.ConflictError{Msg: fmt.Sprintf("superseding %s: one source takes the place of another, and %d are given", g.Base.Short(old), len(docs))}
	case docs[0].SourceIRI() == old:
		return nil, g.refuse("superseding %s: the new source has the same id; give it one of its own, or replace the old with --replace", old)
	case !there:
		return nil, &find.UnknownError{Msg: strict.Sprintf("superseding %s: there is no such source in the store: kg query sources lists them", g.Base.Short(old))}
	}
	if last := g.Decisions.Latest[old]; last != nil && last.Retracts {
		return nil, nil
	}
	return g.Decisions.Next(g.Base, true, old, "superseded by "+g.Base.Short(docs[0].SourceIRI()), by)
}
