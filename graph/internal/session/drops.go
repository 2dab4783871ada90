package session

import (
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// drops are the predicates of the hops by which a query excludes nodes: those of except's
// arguments.
type drops struct {
	by  map[plan.TermRef]bool
	any bool // or any predicate
}

// note adds those of a hop.
func (d *drops) note(quads shape.Quads) {
	for _, f := range quads {
		if f.Dir != quad.Predicate {
			continue
		}
		switch values := f.Values.(type) {
		case shape.Null:
			return
		case shape.Fixed:
			for _, ref := range values {
				node, ok := ref.(plan.TermRef)
				if d.any = d.any || !ok; d.by == nil {
					d.by = map[plan.TermRef]bool{}
				}
				d.by[node] = true
			}
			return
		}
	}
	d.any = true
}

// DropsBy reports, after Rows, whether the query leaves out nodes by quads of one of
// some predicates, by their ids in a numbering, or may do so. Limits are not among
// this.
func (r *PreparedQuery) DropsBy(predicates map[term.ID]bool, in *plan.Numbering) bool {
	if r.s.drops.any {
		return true
	}
	for node := range r.s.drops.by {
		if node.In != in || predicates[node.ID] {
			return true
		}
	}
	return false
}
