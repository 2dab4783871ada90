package gizmo

import "github.com/cayleygraph/cayley/query/shape"

const maxPaths = 1000

type shortestStep struct {
	to via
	k  int
	by *path
}

func (s shortestStep) apply(in shape.Shape, b *build) shape.Shape { return in }
func (s shortestStep) reverse() step                              { return s }

type viaStep struct{ via via }

func (s viaStep) apply(in shape.Shape, b *build) shape.Shape { return s.via.shape(b) }
func (s viaStep) reverse() step                              { return s }
