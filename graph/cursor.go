package graph

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/rdf/nquads"
	"kg/graph/internal/store"
	"kg/schema/strict"
)

// cursor stands behind an edge. It has the edge itself, so that it outlives the
// numbers of a store.
func (e Edge) cursor() (string, error) {
	line, err := nquads.AppendQuad(nil, e.Quad)
	if err != nil {
		return "", err
	}
	way := "<"
	if e.Out {
		way = ">"
	}
	return base64.RawURLEncoding.EncodeToString(append([]byte(way), line...)), nil
}

// parseCursor is the edge that a cursor stands behind; none for the empty one.
func parseCursor(entity quad.IRI, cursor string) (e Edge, err error) {
	if cursor == "" {
		return e, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil && len(text) > 0 {
		e.Out = text[0] == '>'
		quads := nquads.NewReader(strings.NewReader(string(text[1:])), "cursor")
		if e.Quad, err = quads.Read(); err == nil {
			if _, more := quads.Read(); more != io.EOF {
				err = errors.New("it has more than one edge")
			}
		}
	}
	if err != nil || e.Quad.Get(endOf(e.Out)) != quad.Value(entity) {
		return e, strict.Errorf("reading cursor %q: it is no cursor of %s: begin with the first page", cursor, string(entity))
	}
	return e, nil
}

// edgeWalker is a store that finds the edges of a node without reading them all.
type edgeWalker interface {
	Relations(ctx context.Context, node quad.Value, d quad.Direction) ([]store.Relation, error)
	Along(ctx context.Context, node quad.Value, d quad.Direction, predicate quad.Value, after quad.Quad) iter.Seq2[cayley.Ref, error]
}

func (v *View) walker() edgeWalker {
	if w, ok := v.qs.(edgeWalker); ok {
		return w
	}
	return plainWalker{v}
}

// plainWalker reads all edges of a node of any store of Cayley's.
type plainWalker struct{ v *View }

// along lists the quads with a node at d, and their refs, by predicate, other end
// and label.
func (w plainWalker) along(ctx context.Context, node quad.Value, d quad.Direction) (quads []quad.Quad, of map[quad.Quad]cayley.Ref, err error) {
	ref, err := w.v.qs.ValueOf(node)
	if err != nil || ref == nil {
		return nil, nil, err
	}
	of = map[quad.Quad]cayley.Ref{}
	it := w.v.qs.QuadIterator(d, ref).Iterate()
	defer it.Close()
	for it.Next(ctx) {
		q, err := w.v.qs.Quad(it.Result())
		if err != nil {
			return nil, nil, err
		}
		of[q] = it.Result()
		quads = append(quads, q)
	}
	slices.SortFunc(quads, compareQuads)
	return quads, of, errors.Join(it.Err(), ctx.Err())
}

func (w plainWalker) Relations(ctx context.Context, node quad.Value, d quad.Direction) (list []store.Relation, err error) {
	quads, _, err := w.along(ctx, node, d)
	for _, q := range quads {
		if n := len(list); n > 0 && list[n-1].Predicate == q.Predicate {
			list[n-1].Count++
		} else {
			list = append(list, store.Relation{Predicate: q.Predicate, Count: 1})
		}
	}
	return list, err
}

func (w plainWalker) Along(ctx context.Context, node quad.Value, d quad.Direction, predicate quad.Value, after quad.Quad) iter.Seq2[cayley.Ref, error] {
	return func(yield func(cayley.Ref, error) bool) {
		quads, of, err := w.along(ctx, node, d)
		for _, q := range quads {
			if q.Predicate == predicate && (after.Predicate == nil || compareQuads(q, after) > 0) && !yield(of[q], nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// compareQuads orders quads by predicate, ends and label.
func compareQuads(a, b quad.Quad) int {
	for _, d := range []quad.Direction{quad.Predicate, quad.Subject, quad.Object, quad.Label} {
		if order := strings.Compare(quad.StringOf(a.Get(d)), quad.StringOf(b.Get(d))); order != 0 {
			return order
		}
	}
	return 0
}
