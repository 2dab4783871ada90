package check

import (
	"context"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/internal/strict"
	"kg/schema"
)

// identity records the names a source gives a node, and its joins.
func (a *audit) identity(q quad.Quad) {
	node := read.IRI(q.Subject)
	switch q.Predicate {
	case schema.Label:
		if first := a.named[node]; first == nil {
			a.named[node] = q.Label
		} else if first != q.Label {
			a.twice[node] = true
		}
	case schema.SameAs:
		other := read.IRI(q.Object)
		a.joined[node] = append(a.joined[node], other)
		a.joined[other] = append(a.joined[other], node)
	}
}

// names checks that the sources which name a node by one id mean one entity.
func (a *audit) names(ctx context.Context, r *read.Quads) error {
	for node := range a.twice {
		names := agree.Callings{}
		for _, predicate := range []quad.IRI{schema.Label, schema.AltLabel} {
			err := r.Do(ctx, quad.Quad{Subject: node, Predicate: predicate}, func(q quad.Quad) {
				if a.sources[q.Label] {
					names.Add(q)
				}
			})
			if err != nil {
				return err
			}
		}
		for _, pair := range names.Unconfirmed(func(quad.IRI) bool { return true }) {
			x, y := pair[1], pair[0]
			a.find("unconfirmed name", node, "it is %s in %s and %s in %s, and neither has the other's name among its other names",
				strict.Quoted(term.TextOf(x.Label.Object)), a.short(x.Source), strict.Quoted(term.TextOf(y.Label.Object)), a.short(y.Source))
		}
	}
	return nil
}

// joins checks that joined nodes can be one entity.
func (a *audit) joins() {
	seen := map[quad.IRI]bool{}
	for node := range a.joined {
		if seen[node] {
			continue
		}
		seen[node] = true
		var kinds []quad.Quad
		for todo := []quad.IRI{node}; len(todo) > 0; todo = todo[1:] {
			for _, kind := range a.types[todo[0]] {
				kinds = append(kinds, quad.Quad{Subject: todo[0], Object: kind})
			}
			for _, other := range a.joined[todo[0]] {
				if !seen[other] {
					seen[other] = true
					todo = append(todo, other)
				}
			}
		}
		if x, y, found := agree.Clash(kinds, a.parents); found {
			a.find("joined kinds", x.Subject, "it is of kind %s, and joined to %s, which is of kind %s", a.short(x.Object), a.short(y.Subject), a.short(y.Object))
		}
	}
}
