package session

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// oracle walks paths over a list of quads, in the plainest way there is.
type oracle struct {
	qs      graph.QuadStore // for filters only
	quads   []quad.Quad
	whole   []quad.Quad // the graph that quads are some of; nil for quads themselves
	context labels      // around the path that is walked
}

// all is the whole graph: its nodes are there to start from, and what it has is
// excluded, whatever part of it is walked.
func (o *oracle) all() []quad.Quad {
	if o.whole == nil {
		return o.quads
	}
	return o.whole
}

func (o *oracle) nodes() []way {
	var list []way
	seen := map[quad.Value]bool{}
	for _, q := range o.all() {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil && !seen[v] {
				seen[v] = true
				list = append(list, way{node: v})
			}
		}
	}
	return list
}

func (o *oracle) path(p *path) []way { return o.walk(o.nodes(), p.steps, labels{}) }

func (o *oracle) walk(in []way, steps []pathStep, context labels) []way {
	within := &oracle{o.qs, o.quads, o.whole, context}
	for _, s := range steps {
		in = within.step(in, s)
	}
	return in
}

// in is the context of a step that was made in one, or in none.
func (o *oracle) in(l labels) labels {
	if l.set {
		return l
	}
	return o.context
}

func (o *oracle) step(in []way, s pathStep) []way {
	switch s := s.(type) {
	case isStep:
		return keep(in, func(w way) bool { return len(s.values) == 0 || slices.Contains(s.values, w.node) })
	case filterStep:
		return keep(in, func(w way) bool { return o.passes(w.node, s.filters) })
	case tagStep:
		return each(in, func(w way) []way { return []way{w.with(s.names, w.node)} })
	case contextStep:
		return in
	case hopStep:
		return each(in, func(w way) []way { return o.hop(w, s) })
	case hasStep:
		return each(in, func(w way) []way { return o.has(w, s) })
	case saveStep:
		return each(in, func(w way) []way { return o.save(w, s) })
	case predicatesStep:
		return o.ends(in, s.labels, func(q quad.Quad, n quad.Value) quad.Value {
			switch {
			case s.back && q.Predicate == n:
				return q.Get(end(s.in))
			case !s.back && q.Get(end(s.in)) == n:
				return q.Predicate
			}
			return nil
		})
	case labelsStep:
		var all []way
		for _, d := range []quad.Direction{quad.Subject, quad.Object} {
			all = append(all, o.ends(in, s.labels, func(q quad.Quad, n quad.Value) quad.Value {
				switch {
				case s.back && q.Label == n:
					return q.Get(d)
				case !s.back && q.Get(d) == n:
					return q.Label
				}
				return nil
			})...)
		}
		return merged(all)
	case savePredicatesStep:
		return each(in, func(w way) (out []way) {
			for _, q := range o.quads {
				if q.Get(end(s.in)) == w.node {
					out = append(out, o.labelled(w.over(q, w.node).with([]string{s.tag}, q.Predicate), s.labels, q)...)
				}
			}
			return out
		})
	case andStep:
		other := o.path(s.with)
		return each(in, func(w way) []way { return meet(w, other) })
	case orStep:
		return append(slices.Clone(in), o.path(s.with)...)
	case exceptStep:
		other := (&oracle{qs: o.qs, quads: o.all()}).path(s.without)
		return keep(in, func(w way) bool { return !slices.ContainsFunc(other, func(x way) bool { return x.node == w.node }) })
	case followStep:
		return o.walk(in, s.by.steps, o.in(s.labels))
	case uniqueStep:
		return merged(in)
	case orderStep:
		return in
	case recursiveStep:
		return o.recursive(in, s)
	case optionalStep:
		return each(in, func(w way) []way {
			var out []way
			for _, m := range o.walk([]way{{node: w.node}}, s.by.steps, o.in(s.labels)) {
				m.node = w.node
				out = append(out, meet(w, []way{m})...)
			}
			if len(out) == 0 {
				return []way{w}
			}
			return out
		})
	}
	panic(fmt.Sprintf("the oracle knows no %T", s))
}

func end(in bool) quad.Direction {
	if in {
		return quad.Object
	}
	return quad.Subject
}

func keep(in []way, f func(way) bool) []way {
	return each(in, func(w way) []way {
		if f(w) {
			return []way{w}
		}
		return nil
	})
}

func each(in []way, f func(way) []way) (out []way) {
	for _, w := range in {
		out = append(out, f(w)...)
	}
	return out
}

func (o *oracle) ends(in []way, l labels, f func(quad.Quad, quad.Value) quad.Value) []way {
	return merged(each(in, func(w way) (out []way) {
		for _, q := range o.quads {
			if v := f(q, w.node); v != nil {
				out = append(out, o.labelled(w.over(q, v), l, q)...)
			}
		}
		return out
	}))
}

// via joins a way with the ways of a set that end at v.
func (o *oracle) via(w way, v via, at quad.Value) (out []way) {
	if v.all() {
		return []way{w}
	}
	for _, x := range v.values {
		if x == at {
			out = append(out, w)
		}
	}
	for _, p := range v.paths {
		w := w
		node := w.node
		w.node = at
		for _, m := range meet(w, o.path(p)) {
			m.node = node
			out = append(out, m)
		}
	}
	return out
}

// meetAt joins a way with one that ends at v.
func (o *oracle) meetAt(w, x way, v quad.Value) []way {
	if x.node != v {
		return nil
	}
	x.node = w.node
	return meet(w, []way{x})
}

func (o *oracle) labelled(w way, l labels, q quad.Quad) (out []way) {
	l = o.in(l)
	if l.only.all() {
		out = []way{w}
	} else if q.Label != nil && l.one != nil {
		for _, p := range l.only.paths {
			for _, x := range o.path(p) {
				x.bound = maps.Clone(x.tags)
				maps.DeleteFunc(x.bound, func(tag string, _ quad.Value) bool { return !slices.Contains(l.one, tag) })
				out = append(out, o.meetAt(w, x, q.Label)...)
			}
		}
	} else if q.Label != nil {
		out = o.via(w, l.only, q.Label)
	}
	if q.Label != nil {
		out = each(out, func(w way) []way { return []way{w.with(l.tags, q.Label)} })
	}
	return out
}

func (o *oracle) hop(w way, s hopStep) (out []way) {
	for _, q := range o.quads {
		for _, in := range []bool{true, false} {
			if q.Get(end(in)) != w.node || in != s.in && !s.both {
				continue
			}
			next := w.over(q, q.Get(end(!in))).with(s.tags, q.Predicate)
			for _, x := range o.via(next, s.via, q.Predicate) {
				out = append(out, o.labelled(x, s.labels, q)...)
			}
		}
	}
	return out
}

func (o *oracle) has(w way, s hasStep) (out []way) {
	for _, q := range o.quads {
		other := q.Get(end(!s.in))
		if q.Get(end(s.in)) != w.node || !o.passes(other, s.filters) {
			continue
		}
		for _, x := range o.via(w.over(q, w.node), s.via, q.Predicate) {
			for _, y := range o.via(x, s.nodes, other) {
				out = append(out, o.labelled(y, s.labels, q)...)
			}
		}
	}
	return out
}

func (o *oracle) save(w way, s saveStep) (out []way) {
	for _, q := range o.quads {
		if q.Get(end(s.in)) != w.node {
			continue
		}
		for _, x := range o.via(w.over(q, w.node), s.via, q.Predicate) {
			out = append(out, o.labelled(x.with([]string{s.tag}, q.Get(end(!s.in))), s.labels, q)...)
		}
	}
	if len(out) == 0 && s.optional {
		return []way{w}
	}
	return out
}

// recursive goes round by round; every node comes by its first way.
func (o *oracle) recursive(in []way, s recursiveStep) (out []way) {
	round := merged(in)
	seen := map[quad.Value]bool{}
	for depth := 1; len(round) > 0 && (s.depth == 0 || depth <= s.depth); depth++ {
		var next []way
		for _, w := range o.walk(round, s.by.steps, o.in(s.labels)) {
			if !seen[w.node] {
				seen[w.node] = true
				next = append(next, w)
				out = append(out, w.with(s.depthTags, quad.Int(depth)))
			}
		}
		round = next
	}
	return out
}

func (o *oracle) passes(v quad.Value, list filters) bool {
	if len(list) == 0 {
		return true
	}
	ref, err := o.qs.ValueOf(v)
	if err != nil || ref == nil {
		return false
	}
	it := shape.Filter{From: shape.Fixed{ref}, Filters: list}.BuildIterator(o.qs).Iterate()
	return it.Next(context.Background())
}

var _ refs.Ref // the oracle's own nodes are values

// pathOf is the path a query's text makes.
func pathOf(t *testing.T, text string) *path {
	t.Helper()
	s := newSession(context.Background(), nil, Options{})
	defer s.begin()()
	program, err := scripts().Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	s.load(program)
	v, err := s.Run(program)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v.Export().(*scriptObject).path
}
