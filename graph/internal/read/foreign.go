package read

import (
	"context"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// Foreign reports whether a label is that of another graph.
type Foreign func(ctx context.Context, label quad.Value) (bool, error)

// Labels tells the labels of other graphs from those of kg's, and reads each once.
type Labels struct {
	r       *Quads
	foreign Foreign
	known   map[refs.Ref]bool
}

// Labels returns the labels of the quads, classified by foreign.
func (r *Quads) Labels(foreign Foreign) *Labels {
	return &Labels{r, foreign, map[refs.Ref]bool{}}
}

// Foreign reports whether a label is that of another graph, as no label is.
func (l *Labels) Foreign(ctx context.Context, label refs.Ref) (bool, error) {
	foreign, known := l.known[label]
	if known || label == nil {
		return foreign || label == nil, nil
	}
	value, err := l.r.QS.NameOf(label)
	if err != nil {
		return false, err
	}
	foreign, err = l.foreign(ctx, value)
	l.known[label] = foreign
	return foreign, err
}
