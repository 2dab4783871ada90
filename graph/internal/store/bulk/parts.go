package bulk

import (
	"context"
	"fmt"
	"io"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/term"
	"kg/internal/rdf/nquads"
)

// Parts are a text that others read, in parts. Its quads have labels and absolute IRIs,
// and no blank nodes.
type Parts interface {
	// Next gives the next part; io.EOF is the end. It is called by one goroutine at a
	// time.
	Next() (Part, error)
	io.Closer
}

// Part passes its quads to add; several do so concurrently. Malformed text goes to reject
// with its mistake, and ends the part unless reject returns nil.
type Part = func(add func(quad.Quad) error, reject func(text []byte, err error) error) error

// readPart adds the quads of the part.
func (w *blockWorker) readPart(ctx context.Context) error {
	return w.block.part(func(q quad.Quad) error {
		w.block.quads++
		return w.adder.Add(ctx, q)
	}, func(text []byte, err error) error {
		if w.options.Rejects == nil {
			return err
		}
		w.block.reject(text, err)
		return nil
	})
}

// Adder gives quads to a sink.
type Adder struct {
	To   db.Sink
	keys [4][]byte
	last [4]quad.IRI // of which the keys are
	n    int
}

// Add adds a quad. An invalid term of RDF is a *graph.DeltaError, and so is a quad too
// long for a line of N-Quads.
func (a *Adder) Add(ctx context.Context, q quad.Quad) (err error) {
	if a.n++; a.n%1024 == 0 && ctx.Err() != nil {
		return ctx.Err()
	}
	for position, v := range [4]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		iri, _ := v.(quad.IRI)
		if iri != "" && iri == a.last[position] {
			continue // subjects, predicates and labels repeat
		}
		if a.keys[position], err = AppendKey(a.keys[position][:0], position, v); err != nil {
			return &graph.DeltaError{Delta: graph.Delta{Quad: q, Action: graph.Add}, Err: err}
		}
		a.last[position] = iri
	}
	const long = 1 << 20
	if len(a.keys[term.Object]) > long {
		if _, err := nquads.AppendQuad(nil, q); err != nil {
			return &graph.DeltaError{Delta: graph.Delta{Quad: q, Action: graph.Add}, Err: err}
		}
	}
	return a.To.Add(a.keys[0], a.keys[1], a.keys[2], a.keys[3])
}

// AppendKey appends the key of a term of a quad; that of no label is empty.
func AppendKey(to []byte, position int, v quad.Value) ([]byte, error) {
	if v == nil && position == term.Label {
		return to, nil
	}
	to, err := term.Append(to, v)
	if err != nil {
		err = fmt.Errorf("the quad has no %s that can be stored: %w", quad.Directions[position], err)
	}
	return to, err
}
