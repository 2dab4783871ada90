package session

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/voc"
	"github.com/dop251/goja"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/internal/js"
)

// session runs one query, once: no state of a query in its JavaScript runtime can reach
// another.
type session struct {
	js.Runtime
	opts    Options
	parent  context.Context
	qs      graph.QuadStore // guarded: its iterators end when the query must
	ns      voc.Namespaces
	classes plan.Classes // of Options.Joins
	serial  int          // of traces
	jsonld  bool         // save() without a tag names it as JSON-LD does

	terms terms // that the query reads
	later terms // read by the consumer of the rows, which may be another goroutine
	drops drops

	asked bool // a path was run, or a value emitted
	idle  bool // the script gave out, or ended in, a path that it did not run

	emit      func(item) bool // gives a result out; false ends the query
	sent      int
	truncated bool
	giving    bool // within emit: a panic is the consumer's

	wholes  *goja.Object // prototype of the integers that JavaScript would round
	flatten bool         // lists and objects that are emitted become rows
	known   knowledge
}

// item is a result as the script gives it: a row of a path, or a value that it
// emits, or the one it ends with.
type item struct {
	row   Row
	value any // emitted: nil, bool, int64, float64, string, time.Time, quad.Value, []any, map[string]any
	kind  itemKind
}

type itemKind int

const (
	pathRow itemKind = iota
	emitted
	final
)

func newSession(ctx context.Context, qs graph.QuadStore, opts Options) *session {
	s := &session{opts: opts, parent: ctx, classes: plan.Classes{Others: opts.Joins}}
	s.qs = guard(graph.Unwrap(qs), &s.Stop)
	s.Host = s
	for prefix, full := range opts.Namespaces {
		s.ns.Register(voc.Namespace{Prefix: prefix + ":", Full: full})
	}
	return s
}

// expand writes out an IRI that begins with a prefix of Options.Namespaces.
func (s *session) expand(iri quad.IRI) quad.IRI {
	if prefix, rest, ok := strings.Cut(string(iri), ":"); ok {
		if full, ok := s.opts.Namespaces[prefix]; ok {
			return quad.IRI(full + rest)
		}
	}
	return iri
}

// run runs the query to its end and returns the error that ended it early. A panic of the
// store or the interpreter is an error of the query; one of the consumer goes to the
// consumer.
func (s *session) run(text string) (err error) {
	program, err := scripts().Compile(text)
	if err != nil {
		return err
	}
	defer s.begin()()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // see snapshot.Fault
	defer func() {
		if s.giving {
			return // the consumer panics; it shall see its own
		}
		if x := recover(); x != nil {
			err = s.Ended(panicked(x))
		}
	}()
	s.known.begin(program.Literals, s.opts.Params)
	s.load(program)
	v, err := s.Run(program)
	if err != nil {
		return s.Ended(err)
	}
	if !nothing(v) && !s.Stop.Now() {
		// Reading a script's objects may run its getters.
		if thrown := s.VM.Try(func() { s.give(final, v) }); thrown != nil {
			return s.Ended(thrown)
		}
	}
	return s.Ended(nil)
}

// send gives a result out, unless the limit is reached.
func (s *session) send(it item) {
	if s.Stop.Now() {
		return
	}
	if s.opts.Limit > 0 && s.sent >= s.opts.Limit {
		s.truncated = true
		s.End(js.Limit)
		return
	}
	s.sent++
	s.giving = true
	more := s.emit(it)
	s.giving = false
	if !more {
		s.End(js.Yield)
	}
}

// ways ranges over an iterator's results, and over the further paths to each.
func (s *session) ways(ctx context.Context, it iterator.Scanner, paths bool, f func() error) error {
	for it.Next(ctx) {
		for ok := true; ok; ok = paths && it.NextPath(ctx) {
			if s.Stop.Now() {
				return js.ErrStopped
			}
			if err := f(); err != nil {
				return err
			}
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	// Cayley's iterators end early and without an error when the context does.
	return ctx.Err()
}

// iterator builds a shape on the store, which makes a plan of it. Values were looked up
// when the shape was made, and Cayley's own optimizer passes are left out: they lose
// rows, and panic on some valid queries.
func (s *session) iterator(ctx context.Context, sh shape.Shape) iterator.Shape {
	r, ok := s.qs.(shape.Optimizer)
	if !ok {
		return iterator.NewError(plan.ErrPlan)
	}
	if sh, _ = sh.Optimize(ctx, r); shape.IsNull(sh) {
		return iterator.NewNull()
	}
	it, _ := sh.BuildIterator(s.qs).Optimize(ctx)
	return it
}

// panicked is a panic as an error.
func panicked(x any) error {
	if err, ok := x.(error); ok && errors.Is(err, js.ErrStopped) {
		return err
	}
	if err := snapshot.Fault(x); err != nil {
		return fmt.Errorf("running the query: %w", err)
	}
	return fmt.Errorf("running the query: the store or the interpreter failed: %v", x)
}

// nameOf is the term of a reference; a walk's is a *Walk.
func (s *session) nameOf(ref refs.Ref) (quad.Value, error) {
	if b, ok := ref.(*plan.Bundle); ok {
		return s.walk(b)
	}
	if p, ok := ref.(refs.PreFetchedValue); ok {
		return p.NameOf(), nil
	}
	if n, ok := ref.(plan.TermRef); ok {
		return s.terms.of(s.qs, n)
	}
	return s.qs.NameOf(ref)
}
