package session

import (
	"github.com/cayleygraph/cayley/query/shape"
)

// optionalStep walks a prepared path from a node and stays there: the tags of the path
// are added, once for each way, and a node without such a way is kept.
type optionalStep struct {
	by     *path
	labels labels
}

func (s optionalStep) apply(in shape.Shape, b *shapeBuilder) shape.Shape {
	if b.quiet {
		return in
	}
	return b.optional(in, b.joined(b.alone(s.by.reversed(), b.within(s.labels))))
}

func (s optionalStep) reverse() pathStep { return s }
