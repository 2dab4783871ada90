package session

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Options are the inputs and bounds of a query. The zero value binds nothing and has only
// the bounds that cannot be lifted: see the package.
type Options struct {
	// Params are global variables of the script: an IRI as g.IRI makes one, a
	// text as str does, numbers and booleans as JavaScript's own, other terms
	// as the value they are, and undefined for nil. They are values, never text
	// of the query.
	Params map[string]quad.Value
	// Namespaces are prefixes (without colon) that g.IRI expands, as
	// g.addNamespace declares them.
	Namespaces map[string]string
	// Belongs are the predicates whose subject belongs to their object, by which
	// g.Reach goes.
	Belongs []quad.IRI
	// Joins are the nodes that are stated to be the same as a node. A query walks from,
	// and to, all of them as if they were one.
	Joins map[quad.IRI][]quad.IRI
	// Kinds, if not nil, caches the results of g.Kind for the queries of one state.
	Kinds Kinds
	// Limit is the number of rows after which the query is cut; 0 is all.
	Limit int
	// Timeout is the time the query may take; 0 is as long as the context.
	Timeout time.Duration
	// MaxMemory bounds by how many bytes the process may grow for the query; 0
	// is no bound. See the package for the margin.
	MaxMemory int64
	// Yields makes the query end before those that do not yield, however long it
	// has run, when together they grow the process by too much.
	Yields bool
	// Evidence asks for the quads behind each row.
	Evidence bool
	// Unread leaves terms unread that a path's own rows have by their numbers, until
	// Row.Value asks for one.
	Unread bool
}

// Kinds are the classes that a kind stands for, by its name or IRI. They are of one
// state of a store, and not for concurrent use.
type Kinds map[quad.Value][]quad.Value

// PreparedQuery is a query that can be run, once, by ranging over Rows.
type PreparedQuery struct {
	Kept RowBuffer // rows that the caller wants to read again, empty at first
	s    *session
	text string
	ran  bool
}

// Run prepares a query against qs: nothing happens before Rows.
func Run(ctx context.Context, qs graph.QuadStore, text string, opts Options) *PreparedQuery {
	return &PreparedQuery{s: newSession(ctx, qs, opts), text: text}
}

// Rows runs the query, in the caller's goroutine: a row is given out where the
// script finds it. The rows end with the first error: a *js.Error for a mistake
// in the query, js.ErrTimeout, js.ErrMemory, the context's own error, or the store's.
// A list that the query emits is a row for each of its members. To stop ranging
// stops the query.
func (r *PreparedQuery) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if r.ran {
			yield(Row{}, errors.New("running the query: a Result can be ranged over once"))
			return
		}
		r.ran = true
		r.s.flatten = true
		left := false // perhaps while something else ends the query, too
		r.s.emit = func(it item) bool {
			left = !yield(it.row, nil)
			return !left
		}
		if err := r.s.run(r.text); err != nil && !left {
			yield(Row{}, err)
		}
	}
}

// Unrun reports, after Rows, that the script made a path and did not run it, or asked
// nothing at all: no row of it is about the graph.
func (r *PreparedQuery) Unrun() bool { return r.s.idle || !r.s.asked }

// Truncated reports, after Rows, that Options.Limit cut the answer: there was at least
// one more row.
func (r *PreparedQuery) Truncated() bool { return r.s.truncated }
