package session

import (
	"errors"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/dop251/goja"
)

// errEnough ends a scan that has all it is to have.
var errEnough = errors.New("enough results")

// run ranges over the results of the call's path. Errors below are thrown in the script.
func (c *call) run(paths bool, f func(r *rows, id refs.Ref) error) {
	c.below(func() error {
		err := c.s.scan(c.path, paths, f)
		if err == errEnough {
			return nil
		}
		return err
	})
}

// scan builds a path on the store and ranges over its results.
func (s *session) scan(p *path, paths bool, f func(r *rows, id refs.Ref) error) error {
	b := &shapeBuilder{s: s, evidence: s.opts.Evidence}
	sh := b.path(p)
	if b.err != nil {
		return b.err
	}
	it := s.iterator(s.Context, sh).Iterate()
	defer it.Close()
	r := newRows(s, b, it)
	return s.ways(s.Context, it, paths, func() error {
		r.tag()
		return f(r, it.Result())
	})
}

// below runs a function that reads the store. A panic there is an error of the query; the
// script's own exceptions, and a query that must end, pass through.
func (c *call) below(f func() error) {
	err := c.s.recovered(f)
	if err == nil {
		return
	}
	c.s.Check()
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		panic(thrown)
	}
	var uncatchable *goja.InterruptedError
	var overflow *goja.StackOverflowError
	if errors.As(err, &uncatchable) || errors.As(err, &overflow) {
		panic(err)
	}
	panic(c.s.VM.NewGoError(err))
}

func (s *session) recovered(f func() error) (err error) {
	done := false
	defer func() {
		if done || s.giving {
			return
		}
		switch x := recover().(type) {
		case goja.Value, *goja.Exception, *goja.InterruptedError, *goja.StackOverflowError:
			panic(x)
		default:
			err = panicked(x)
		}
	}()
	err = f()
	done = true
	return err
}
