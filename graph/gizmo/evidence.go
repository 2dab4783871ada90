package gizmo

import (
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// knowledge is what a script knows from the graph, and through which quads: a
// value it gives out rests on them.
type knowledge struct {
	all    bool      // results went into the script's variables
	read   collector // the quads of those
	quads  []quad.Quad
	frames []frame // the rows of the callbacks it is in
}

// frame is a row in a callback's hands.
type frame []refs.Ref

// note takes down the quads of a result that goes into a variable.
func (k *knowledge) note(r *rows) {
	if !r.b.evidence {
		return
	}
	for _, t := range r.b.traces {
		k.read.add(r.tags[t.tag])
	}
}

// within enters a callback with the result at hand; the function it returns
// leaves it. What the callback keeps, nobody knows, so it counts as read.
func (k *knowledge) within(r *rows) func() {
	if !r.b.evidence {
		return func() {}
	}
	f := frame(collect(r.b.traces, r.tags))
	k.frames = append(k.frames, f)
	return func() {
		k.frames = k.frames[:len(k.frames)-1]
		if len(k.frames) == 0 {
			for _, q := range f {
				k.read.add(q)
			}
		}
	}
}

// prove sets a row's evidence: with r, the quads of its own result.
func (k *knowledge) prove(s *session, r *rows, row *Row) error {
	if !s.opts.Evidence {
		return nil
	}
	var own collector
	for _, f := range k.frames {
		for _, q := range f {
			own.add(q)
		}
	}
	if r != nil {
		for _, t := range r.b.traces {
			own.add(r.tags[t.tag])
		}
	}
	var err error
	if row.Quads, err = quadsOf(s.qs, own.list); err != nil {
		return err
	}
	row.AllRead = k.all
	row.Read, err = k.resolved(s)
	return err
}

// resolved are the quads read so far; rows share the list until it grows.
func (k *knowledge) resolved(s *session) ([]quad.Quad, error) {
	if n := len(k.quads); n < len(k.read.list) {
		more, err := quadsOf(s.qs, k.read.list[n:])
		if err != nil {
			return nil, err
		}
		k.quads = append(k.quads, more...)
	}
	return k.quads[:len(k.quads):len(k.quads)], nil
}
