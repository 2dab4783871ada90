package session

import (
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
)

// WalkValue is the value of a tag that hops() sets: the hops that a recursion, a shortest
// path or another step passed. It is a quad.Value, so that it can stand in a row; it is
// never a term of the graph.
type WalkValue struct {
	Hops []Hop
}

// Hop is one step of a walk: between two nodes, over one quad, or over the
// quads of a prepared path, or over all quads that lead from one to the other.
type Hop struct {
	From, To quad.Value // From is nil where the hop came from either end
	Quads    []quad.Quad
}

// String writes the walk as Gizmo's own values read: terms in N-Quads, the
// predicates between them, against the arrow where the hop goes against it.
func (w *WalkValue) String() string {
	var b strings.Builder
	for i, h := range w.Hops {
		if i == 0 && h.From != nil {
			b.WriteString(h.From.String())
		}
		for j, q := range h.Quads {
			switch {
			case j > 0:
				b.WriteString(" |")
			case h.From != nil && q.Object == h.From && q.Subject != h.From:
				b.WriteString(" <-")
			default:
				b.WriteString(" ->")
			}
			b.WriteString(" " + quad.StringOf(q.Predicate))
			if q.Label != nil {
				b.WriteString(" (" + q.Label.String() + ")")
			}
		}
		if h.To != nil {
			b.WriteString(" " + h.To.String())
		}
	}
	return strings.TrimSpace(b.String())
}

// Native returns the walk as a value of JavaScript and JSON: a list of {from, to, quads:
// [{subject, predicate, object, label}]}, terms as strings.
func (w *WalkValue) Native() any {
	hops := make([]any, len(w.Hops))
	for i, h := range w.Hops {
		quads := make([]any, len(h.Quads))
		for j, q := range h.Quads {
			quads[j] = members("subject", q.Subject, "predicate", q.Predicate, "object", q.Object, "label", q.Label)
		}
		hop := members("from", h.From, "to", h.To)
		hop["quads"] = quads
		hops[i] = hop
	}
	return hops
}

// members makes an object of names and values, without those that are nil.
func members(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		if v, ok := pairs[i+1].(quad.Value); ok {
			m[pairs[i].(string)] = native(v)
		}
	}
	return m
}

// walk reads the terms of a walk.
func (s *session) walk(b *plan.Bundle) (*WalkValue, error) {
	w := &WalkValue{Hops: make([]Hop, len(b.Hops))}
	for i, h := range b.Hops {
		var err error
		if w.Hops[i], err = s.hop(h); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (s *session) hop(h plan.Repetition) (out Hop, err error) {
	if h.From != nil {
		if out.From, err = s.nameOf(h.From); err != nil {
			return out, err
		}
	}
	if h.To != nil {
		if out.To, err = s.nameOf(h.To); err != nil {
			return out, err
		}
	}
	out.Quads, err = s.terms.quadsOf(s.qs, h.Quads)
	return out, err
}
