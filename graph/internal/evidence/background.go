package evidence

import (
	"cmp"
	"context"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/session"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Background is the claims of a graph that are common knowledge: see claims.IsBackground.
type Background struct {
	Labels []quad.Value // of these claims

	ids        map[term.ID]bool // of the labels
	predicates map[term.ID]bool // of their quads
	numbering  *plan.Numbering  // of the ids
	joins      bool             // they join nodes
}

// ReadBackground finds the background of a graph.
func ReadBackground(ctx context.Context, r *read.Quads) (*Background, error) {
	b := &Background{}
	err := r.Do(ctx, quad.Quad{Predicate: schema.SeeAlso}, func(q quad.Quad) {
		b.Labels = append(b.Labels, q.Subject)
	})
	return b, err
}

// Number finds the ids of the labels and of the predicates of their quads.
func (b *Background) Number(ctx context.Context, r *read.Quads) error {
	ix, err := r.Index()
	if ix == nil || err != nil {
		return err
	}
	b.numbering, b.ids, b.predicates = ix.Numbering(), map[term.ID]bool{}, map[term.ID]bool{}
	predicates := map[quad.Value]bool{}
	note := func(ids map[term.ID]bool, value quad.Value) {
		id, failed := ix.Resolve(refs.PreFetched(value))
		err = cmp.Or(err, failed)
		ids[id] = true
	}
	for _, label := range b.Labels {
		note(b.ids, label)
		if failed := r.Do(ctx, quad.Quad{Label: label}, func(q quad.Quad) { predicates[q.Predicate] = true }); failed != nil {
			return failed
		}
	}
	for predicate := range predicates {
		note(b.predicates, predicate)
	}
	b.joins = predicates[quad.Value(schema.SameAs)]
	return err
}

// Drops reports whether a query that was run may leave out nodes because of what
// background states. Number must have been called.
func (b *Background) Drops(asked *session.PreparedQuery) bool {
	return b.joins || asked.DropsBy(b.predicates, b.numbering)
}

// Under reports whether background may state an edge of a way to a row: it may where not
// all ways are known.
func (b *Background) Under(row session.Row) bool {
	if row.MoreWays || row.Untraced || len(b.Labels) == 0 {
		return len(b.Labels) > 0
	}
	return row.Under(b.ids, b.numbering)
}
