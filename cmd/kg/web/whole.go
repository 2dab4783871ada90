package web

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"kg/graph"
)

// plain reports whether the answer to a request does not depend on the graph.
func plain(r *http.Request) bool {
	switch r.URL.Path {
	case "/healthz", "/metrics", "/favicon.ico":
		return true
	}
	return strings.HasPrefix(r.URL.Path, "/static/")
}

// whole calls next with an intact store. If the store is overwritten meanwhile, this
// request gets an error, and the next one a reopened store.
func (s *Server) whole(w http.ResponseWriter, r *http.Request, next http.Handler) {
	answer := &checked{ResponseWriter: w}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		x := recover()
		fault := graph.Fault(x)
		if x != nil && fault == nil {
			panic(x)
		}
		if fault == nil {
			fault = answer.broken
		}
		switch {
		case fault == nil:
		case answer.begun:
			s.log.Error("an answer broke off", "path", r.URL.Path, "error", fault.Error())
			panic(http.ErrAbortHandler) // the client must not take half for the whole
		default:
			s.fail(w, r, s.unusable(fault))
		}
	}()
	var err error
	if answer.still, err = s.Ready(); err != nil {
		s.fail(w, r, s.unusable(err))
		return
	}
	next.ServeHTTP(answer, r)
}

// unusable returns the error of a request for which there is no intact store.
func (s *Server) unusable(err error) error {
	s.log.Error("the store cannot be used", "error", err.Error())
	return refuse(http.StatusServiceUnavailable, "the store was overwritten, or cannot be read: ask again; the server's log says more")
}

// checked writes an answer, and stops once the store has been overwritten.
type checked struct {
	http.ResponseWriter
	still  func() error
	begun  bool // the header was sent
	broken error
}

func (c *checked) check() error {
	if c.broken == nil {
		c.broken = c.still()
	}
	return c.broken
}

func (c *checked) WriteHeader(code int) {
	if c.check() == nil {
		c.begun = true
		c.ResponseWriter.WriteHeader(code)
	}
}

func (c *checked) Write(b []byte) (int, error) {
	if err := c.check(); err != nil {
		return 0, err
	}
	c.begun = true
	return c.ResponseWriter.Write(b)
}

// Unwrap returns the underlying writer, for http.ResponseController.
func (c *checked) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// faultless calls do, which reads the store in the background, and turns panics and faults
// of an overwritten store into errors: there they would end the server.
func faultless(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if x := recover(); x != nil {
			if err = graph.Fault(x); err == nil {
				err = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
			}
		}
	}()
	return do()
}
