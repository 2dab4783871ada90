package cayleyui

import (
	"context"
	"fmt"
	"net/http"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// shapeOfQuery runs a query on an empty store and records the shapes that it asks for.
// Each path has one answer, which represents all possible ones, so that a script that
// continues from answers shows where; paths from there have none, so that loops end.
func (h *Handler) shapeOfQuery(ctx context.Context, text string) (*shapeOf, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	out := &shapeOf{Nodes: []*shapeNode{}, Links: []shapeLink{}, stop: stop}
	it, err := h.View(false).CayleySession(recorder{out: out}).Execute(ctx, text, query.Options{Collation: query.JSON})
	if err != nil {
		return nil, err
	}
	defer it.Close()
	for it.Next(ctx) {
	}
	if len(out.Nodes) > mostNodes {
		return nil, refuse(http.StatusBadRequest, "the query has a shape of more than %d nodes: it is built in a loop", mostNodes)
	}
	return out, it.Err()
}

// mostNodes bounds the shape of a script that builds paths in a loop.
const mostNodes = 2000

// recorder is the empty store. Its other methods are never called, since every shape is
// one of the recorder's own.
type recorder struct {
	cayley.QuadStore
	out *shapeOf
}

// OptimizeShape replaces each shape by a recorded one; the outermost is built.
func (r recorder) OptimizeShape(_ context.Context, s shape.Shape) (shape.Shape, bool) {
	return recorded{s, r.out}, true
}

// ValueOf accepts any value as a node.
func (r recorder) ValueOf(v quad.Value) (refs.Ref, error) {
	if iri, ok := v.(quad.IRI); ok {
		var a answerRef
		if n, _ := fmt.Sscanf(string(iri), answerForm, &a.node); n == 1 && a.node >= 1 && a.node <= len(r.out.Nodes) {
			return a, nil
		}
	}
	return refs.PreFetched(v), nil
}

func (r recorder) NameOf(ref refs.Ref) (quad.Value, error) {
	switch ref := ref.(type) {
	case answerRef:
		return quad.IRI(fmt.Sprintf(answerForm, ref.node)), nil
	case refs.PreFetchedValue:
		return ref.NameOf(), nil
	}
	return nil, nil
}

func (recorder) NodesAllIterator() iterator.Shape { return iterator.NewNull() }
func (recorder) QuadsAllIterator() iterator.Shape { return iterator.NewNull() }

func (recorder) QuadIterator(quad.Direction, refs.Ref) iterator.Shape { return iterator.NewNull() }

func (recorder) Stats(context.Context, bool) (cayley.Stats, error) { return cayley.Stats{}, nil }

// answerRef is the only answer of a path: the node of its shape. A script sees an IRI.
type answerRef struct{ node int }

const answerForm = "answer:%d"

func (a answerRef) Key() any { return a }

// recorded is a shape that is recorded when it is built.
type recorded struct {
	shape.Shape
	out *shapeOf
}

// bare returns the shape within a recorded one.
func bare(s shape.Shape) shape.Shape {
	for {
		r, ok := s.(recorded)
		if !ok {
			return s
		}
		s = r.Shape
	}
}

func (r recorded) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return r, false }

// BuildIterator records the shape. Its only answer has the tags of the shape.
func (r recorded) BuildIterator(cayley.QuadStore) iterator.Shape {
	if len(r.out.Nodes) > mostNodes {
		r.out.stop()
		return iterator.NewNull()
	}
	outer := r.out.seen
	defer func() { r.out.seen = outer }()
	r.out.seen = seen{tags: map[string]bool{}}
	n := r.out.node()
	r.out.describe(r.Shape, n)
	if r.out.seen.goesOn {
		return iterator.NewNull()
	}
	it := iterator.NewSave(iterator.NewFixed(answerRef{n.ID}))
	for tag := range r.out.seen.tags {
		it.AddFixedTag(tag, answerRef{n.ID})
	}
	return it
}

// seen is the state of recording a shape.
type seen struct {
	tags   map[string]bool
	goesOn bool // from the answer of another path
}

// foreign records a step that is not a shape of Cayley's, such as shortest paths, by
// running it: the shapes that it asks for are recorded. It returns the nodes it reaches.
func (s *shapeOf) foreign(sh shape.Shape) (nodes []int) {
	ctx := context.Background() // the recorder ends by itself
	it := sh.BuildIterator(recorder{out: s}).Iterate()
	defer it.Close()
	for len(nodes) < 8 && it.Next(ctx) {
		if a, ok := it.Result().(answerRef); ok {
			nodes = append(nodes, a.node)
		}
	}
	return nodes
}
