package session

import (
	"context"

	cayley "github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
)

// native offers the recursion to the embedded store, which walks it without an
// iterator for each round. That is for walks of plain steps of which nobody
// wants the hops. Ours answers all the same, and any store.
func (r recursion) native(ctx context.Context, o shape.Optimizer) (shape.Shape, bool) {
	if r.trace != "" || len(r.resolver.labels) > 0 || len(r.b.s.opts.Joins) > 0 {
		return nil, false
	}
	via, ok := r.step.by.cayley(r.b.context)
	if !ok {
		return nil, false
	}
	depth := r.step.depth
	if depth == 0 {
		depth = -1
	}
	follow := plan.FollowRecursive(via, depth, r.step.depthTags...)
	from := r.from
	if !r.tagged {
		from, _ = o.OptimizeShape(ctx, shape.Unique{From: from})
	}
	s, ok := o.OptimizeShape(ctx, shape.Filter{From: from, Filters: []shape.ValueFilter{follow}})
	if _, native := s.(*plan.Plan); !native {
		return nil, false
	}
	if r.tagged {
		s = distinctShape{s, r.b.s}
	}
	return s, ok
}

// cayley is the path in Cayley's own terms, if it is made of plain steps. Hops
// made in no label context are in the one given.
func (p *path) cayley(context labels) (*cayley.Path, bool) {
	out := cayley.StartMorphism()
	for _, s := range p.steps {
		switch s := s.(type) {
		case hopStep:
			if !s.labels.set {
				s.labels = context
			}
			if l := s.labels; len(s.via.paths)+len(l.only.paths)+len(l.tags) > 0 {
				return nil, false
			}
			out = s.cayley(out)
		case contextStep: // each hop has its own
		case tagStep:
			out = out.Tag(s.names...)
		case isStep:
			out = out.Is(s.values...)
		case filterStep:
			out = out.Filters(s.filters...)
		default:
			return nil, false
		}
	}
	return out, true
}

func (h hopStep) cayley(p *cayley.Path) *cayley.Path {
	var via []any
	if labels := h.labels.only.values; len(labels) > 0 {
		p = p.LabelContext([]quad.Value(labels))
	} else {
		p = p.LabelContext()
	}
	if len(h.via.values) > 0 {
		via = []any{[]quad.Value(h.via.values)}
	}
	switch {
	case h.both:
		return p.BothWithTags(h.tags, via...)
	case h.in:
		return p.InWithTags(h.tags, via...)
	}
	return p.OutWithTags(h.tags, via...)
}
