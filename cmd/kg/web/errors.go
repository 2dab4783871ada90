package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"kg/graph"
	"kg/internal/strict"
	"kg/queries"
)

var (
	errInternal = refuse(http.StatusInternalServerError, "internal error; the server's log has the details")
	errNoPage   = refuse(http.StatusNotFound, "there is no such page")
)

// handler answers a request, or returns an error.
type handler func(http.ResponseWriter, *http.Request) error

// answer makes an http.Handler of a handler, which must not have written anything when
// it returns an error.
func (s *Server) answer(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// elsewhere answers requests for unknown pages, and methods that pages do not have.
func (s *Server) elsewhere(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return errNoPage
	}
	w.Header().Set("Allow", "GET, HEAD")
	return refuse(http.StatusMethodNotAllowed, "pages can only be read: %s is not allowed", strict.Brief(r.Method))
}

// failure returns the status and the message of an error. Errors that are not the
// client's are logged and not shown.
func (s *Server) failure(r *http.Request, err error) (int, string) {
	var (
		refused *refusal
		unknown *graph.UnknownError
		usage   *queries.UsageError
		large   *http.MaxBytesError
		body    *BodyError
	)
	switch {
	case errors.As(err, &refused):
		return refused.code, refused.msg
	case errors.As(err, &unknown):
		return http.StatusNotFound, err.Error()
	case errors.As(err, &usage):
		return http.StatusBadRequest, err.Error()
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge, "the request is too large"
	case errors.As(err, &body):
		return body.Code(), body.Error()
	case r.Context().Err() != nil && errors.Is(r.Context().Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, "this took longer than " + s.limits.Time.String() + ": ask for less"
	case errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable, "the client went away, or the server is stopping"
	case errors.Is(err, graph.ErrTimeout), errors.Is(err, graph.ErrMemory):
		return http.StatusServiceUnavailable, "this took more time or memory than one query may: ask for less"
	case errors.Is(err, graph.ErrQuery):
		s.log.Warn("query failed", "path", r.URL.Path, "error", err.Error())
		return http.StatusInternalServerError, "the saved query failed; the server's log has the details"
	}
	s.log.Error("request failed", "path", r.URL.Path, "error", err.Error())
	return http.StatusInternalServerError, errInternal.Error()
}

// isUsage reports whether the question is at fault: an unknown name, a value of the wrong
// kind. A form shows such errors beside its fields.
func isUsage(err error) bool {
	var (
		unknown *graph.UnknownError
		usage   *queries.UsageError
	)
	return errors.As(err, &unknown) || errors.As(err, &usage)
}

// fail sends an error: below a mount in the mount's format, else as a page to browsers
// and as a line to programs.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	code, msg := s.failure(r, err)
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	for _, name := range []string{"Content-Disposition", "Content-Encoding", "Content-Length", "ETag", "Last-Modified"} {
		h.Del(name)
	}
	if i := s.mountOf(r); i >= 0 && s.Mounts[i].Refuse != nil {
		s.Mounts[i].Refuse(w, code, msg)
		return
	}
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		h.Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(code)
		_, _ = w.Write([]byte(msg + "\n")) // who went away needs no answer
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	title := http.StatusText(code)
	if title == "" {
		title = "No answer"
	}
	var unknown *graph.UnknownError
	p := errorPage{Code: code, Message: msg}
	if errors.As(err, &unknown) {
		p.Unknown = r.FormValue("id")
		for _, f := range unknown.Near {
			p.Near = append(p.Near, foundLine{Name: f.Name, Kind: f.Kind, Href: pageOf("entity", string(f.IRI))})
		}
	}
	_ = templates()["error"].ExecuteTemplate(w, "layout", page{Title: title, Page: p})
}

// errorPage is the data of the page of an error.
type errorPage struct {
	Code    int
	Message string
	Unknown string // a name that nothing goes by
	Near    []foundLine
}
