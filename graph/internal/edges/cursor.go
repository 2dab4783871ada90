package edges

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"iter"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/internal/rdf/nquads"
	"kg/internal/strict"
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
	Relations(ctx context.Context, node quad.Value, d quad.Direction) ([]store.PredicateCount, error)
	Along(ctx context.Context, node quad.Value, d quad.Direction, predicate quad.Value, after quad.Quad) iter.Seq2[cayley.Ref, error]
}

func (w *EdgePager) walker() edgeWalker {
	if own, ok := w.R.QS.(edgeWalker); ok {
		return own
	}
	return read.Walker{QS: w.R.QS}
}
