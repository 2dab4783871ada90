package session

import (
	"cmp"
	"context"
	"iter"

	"kg/internal/js"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/jsonld"
)

// Session is a query.Session. It serves any number of queries, also concurrently; none
// sees another's state.
type Session struct {
	qs   graph.QuadStore
	opts Options
}

// NewSession asks qs, within the bounds of opts.
func NewSession(qs graph.QuadStore, opts Options) *Session { return &Session{qs, opts} }

// Execute runs a query as Cayley's interfaces ask for it. With query.Raw its results are
// of type Row; with query.JSON and query.JSONLD they are maps from tags to values, or the
// emitted values. A value the query merely ends with is nil there, as in Cayley's own
// session. A limit above 0 holds in addition to that of the options. query.REPL is not
// supported.
func (s *Session) Execute(ctx context.Context, text string, opt query.Options) (query.Iterator, error) {
	switch opt.Collation {
	case query.Raw, query.JSON, query.JSONLD:
	default:
		return nil, &query.ErrUnsupportedCollation{Collation: opt.Collation}
	}
	if _, err := scripts().Compile(text); err != nil {
		return nil, err
	}
	opts := s.opts
	if opt.Limit > 0 && (opts.Limit == 0 || opt.Limit < opts.Limit) {
		opts.Limit = opt.Limit
	}
	ctx, cancel := context.WithCancel(ctx)
	run := newSession(ctx, s.qs, opts)
	run.flatten = opt.Collation == query.Raw
	run.jsonld = opt.Collation == query.JSONLD
	r := &resultIterator{cancel: cancel, collation: opt.Collation}
	r.next, r.stop = iter.Pull2(func(yield func(item, error) bool) {
		run.emit = func(it item) bool { return yield(it, nil) }
		if err := run.run(text); err != nil && !run.Stop.Is(js.Yield) {
			yield(item{}, err)
		}
	})
	return r, nil
}

// resultIterator is a query.Iterator.
type resultIterator struct {
	next      func() (item, error, bool)
	stop      func()
	cancel    func()
	collation query.Collation
	cur       item
	err       error
}

func (r *resultIterator) Next(ctx context.Context) bool {
	if r.err != nil {
		return false
	}
	defer context.AfterFunc(ctx, r.cancel)()
	it, err, ok := r.next()
	r.cur = it
	if ok {
		r.err = err
	}
	r.err = cmp.Or(r.err, ctx.Err())
	return ok && r.err == nil
}

func (r *resultIterator) Err() error { return r.err }

func (r *resultIterator) Close() error {
	r.cancel()
	r.stop()
	return nil
}

func (r *resultIterator) Result() any {
	switch {
	case r.collation == query.Raw:
		return r.cur.row
	case r.cur.kind == final:
		return nil
	case r.cur.kind == emitted:
		return jsonValue(r.cur.value)
	}
	m := map[string]any{}
	for name, v := range r.cur.row.All() {
		m[name] = r.term(v)
	}
	return m
}

func (r *resultIterator) term(v quad.Value) any {
	if _, ok := v.(*WalkValue); ok || r.collation == query.JSON {
		return native(v)
	}
	return jsonld.FromValue(exact(v))
}
