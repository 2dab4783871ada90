package session

import (
	"cmp"

	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// isStep keeps the nodes named; without any it keeps all.
type isStep struct{ values []quad.Value }

func (s isStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	if len(s.values) == 0 {
		return in
	}
	named := b.lookup(s.values)
	if _, ok := in.(shape.AllNodes); ok {
		return named
	}
	return b.meet(b.joined(named), in)
}

func (s isStep) reverse() pathStep { return s }

type filterStep struct{ filters filters }

func (s filterStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	return shape.AddFilters(in, s.filters...)
}

func (s filterStep) reverse() pathStep { return s }

type tagStep struct{ names []string }

func (s tagStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	return b.save(in, s.names...)
}

func (s tagStep) reverse() pathStep { return s }

// contextStep begins a label context, which the hops carry.
type contextStep struct{ labels labels }

func (s contextStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape { return in }
func (s contextStep) reverse() pathStep                                 { return s }

type andStep struct{ with *path }

func (s andStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	return b.meet(in, b.joined(b.path(s.with)))
}
func (s andStep) reverse() pathStep { return s }

type orStep struct{ with *path }

func (s orStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	return shape.Union{in, b.path(s.with)}
}

func (s orStep) reverse() pathStep { return s }

// exceptStep drops the nodes of a path. Excluded nodes are no evidence: an answer rests
// on the quads it came through.
type exceptStep struct{ without *path }

func (s exceptStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	quiet := b.silenced()
	exclude := quiet.joined(quiet.path(s.without))
	b.err = cmp.Or(b.err, quiet.err)
	return b.meet(in, shape.Except{From: shape.AllNodes{}, Exclude: exclude})
}

func (s exceptStep) reverse() pathStep { return s }

// followStep walks a prepared path from here.
type followStep struct {
	by     *path
	labels labels
}

func (s followStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	return b.walk(in, s.by, b.within(s.labels))
}

func (s followStep) reverse() pathStep { return followStep{s.by.reversed(), s.labels} }

type uniqueStep struct{}

func (uniqueStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape { return b.unique(in) }
func (s uniqueStep) reverse() pathStep                               { return s }

// pageStep skips rows or limits them; nothing and less than nothing do neither.
type pageStep struct{ skip, limit int64 }

func (s pageStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	if s.skip <= 0 && s.limit <= 0 {
		return in
	}
	of := shape.Page{From: in, Skip: max(s.skip, 0), Limit: max(s.limit, 0)}
	if before, ok := in.(shape.Page); ok { // the page of its rows
		both := before.ApplyPage(of)
		if both == nil {
			return shape.Null{}
		}
		return *both
	}
	return of
}

func (s pageStep) reverse() pathStep { return s }

type orderStep struct{}

func (orderStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape { return shape.Sort{From: in} }
func (s orderStep) reverse() pathStep                               { return s }

// hopsStep is a step whose quads are wanted in the result, under a tag.
type hopsStep struct {
	of  pathStep
	tag string
}

func (s hopsStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape { return b.hops(in, s) }
func (s hopsStep) reverse() pathStep                                 { return hopsStep{s.of.reverse(), s.tag} }

// viaStep keeps the nodes of a set that a script named.
type viaStep struct{ via via }

func (s viaStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	return b.meet(in, b.joined(s.via.shape(b)))
}
func (s viaStep) reverse() pathStep { return s }
