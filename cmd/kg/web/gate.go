package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"kg/internal/strict"
)

// contentPolicy lets a page load only resources of this server, and no inline script or
// style.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// careful are the security headers of every answer.
var careful = map[string]string{
	"Content-Security-Policy":      contentPolicy,
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"X-Frame-Options":              "DENY",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
}

// refusal is an error with its HTTP status and a message for the client.
type refusal struct {
	code int
	msg  string
}

func (e *refusal) Error() string { return e.msg }

func refuse(code int, format string, args ...any) error {
	return &refusal{code, strict.Sprintf(format, args...)}
}

// gate wraps next with all checks of a request. A body is read before a slot is taken, so
// that a client which announces a body and sends nothing holds no slot. An admitted
// request is passed to kept, which may have the answer in its cache.
func (s *Server) gate(class func(*http.Request) Class, body int64, next http.Handler, kept func(http.ResponseWriter, *http.Request, http.Handler)) http.Handler {
	inner := s.within(class, body, next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range careful {
			w.Header().Set(name, value)
		}
		if err := s.admit(w, r, class(r), body); err != nil {
			s.fail(w, r, err)
			return
		}
		kept(w, r, inner)
	})
}

// anew answers a request without a cache.
func anew(w http.ResponseWriter, r *http.Request, next http.Handler) { next.ServeHTTP(w, r) }

// within gives an admitted request its deadline and its slot.
func (s *Server) within(class func(*http.Request) Class, body int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := class(r)
		ctx, cancel := context.WithTimeout(r.Context(), s.limits.Time)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = &sentBody{http.MaxBytesReader(w, r.Body, body)}
		if c == Ask || c == Long {
			forget, err := s.readBody(w, r, min(body, s.limits.Body))
			defer forget()
			as := holderOf(r, c)
			if err == nil {
				err = s.takeSlot(w, r, as)
			}
			if err != nil {
				s.fail(w, r, err)
				return
			}
			answer := &slotWriter{ResponseWriter: w, s: s, ctx: ctx, as: as, holds: true}
			defer answer.leave()
			w = answer
		}
		if !plain(r) {
			s.whole(w, r, next)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// admit checks the host, origin, length and token of a request.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, c Class, body int64) error {
	switch {
	case !s.knows(r.Host):
		return refuse(http.StatusMisdirectedRequest, "this server has no name %q: kg serve --host adds a name", r.Host)
	case foreign(r):
		return refuse(http.StatusForbidden, "a page of another site may not use this server")
	case len(r.URL.RequestURI()) > s.limits.Address:
		return refuse(http.StatusRequestURITooLong, "the address is longer than %d bytes", s.limits.Address)
	case r.ContentLength > body:
		return refuse(http.StatusRequestEntityTooLarge, "the request is larger than %d bytes", body)
	case c == Write:
		return s.mayWrite(w, bearer(r))
	}
	return nil
}

// knows reports whether a request was sent to a name of this server. A foreign name whose
// DNS points here (DNS rebinding) is not one: it is neither an IP address nor localhost.
// An empty name is allowed: health checks by HTTP/1.0 send none, browsers always do.
func (s *Server) knows(host string) bool {
	if host == "" {
		return true
	}
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if name == "localhost" || slices.Contains(s.hosts, name) {
		return true
	}
	_, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil
}

// foreign reports whether a page of another origin sent the request. Browsers say so in
// headers; other clients do not, and have no cookies either. Following a link from
// another site to a page is allowed.
func foreign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Host != r.Host {
			return true
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	safe := r.Method == http.MethodGet || r.Method == http.MethodHead
	return !safe || r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// outermost counts and logs a request, and answers a panic with 500. Nothing of the panic
// is shown.
func (s *Server) outermost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		rec := &recorder{ResponseWriter: w}
		s.metrics.begin()
		defer func() {
			if p := recover(); p != nil {
				if errors.Is(asError(p), http.ErrAbortHandler) {
					s.metrics.end(r, 499, time.Since(began))
					panic(http.ErrAbortHandler)
				}
				s.log.Error("panic", "path", r.URL.Path, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				s.fail(rec, r, errInternal)
			}
			s.metrics.end(r, rec.status(), time.Since(began))
			s.log.Info("request", "method", r.Method, "path", r.URL.Path, "status", rec.status(),
				"bytes", rec.bytes, "ms", float64(time.Since(began).Microseconds())/1000, "from", r.RemoteAddr)
		}()
		next.ServeHTTP(rec, r)
	})
}

func asError(p any) error {
	err, _ := p.(error)
	return err
}

// recorder records the status and size of an answer.
type recorder struct {
	http.ResponseWriter
	code  int
	bytes int64
}

func (w *recorder) WriteHeader(code int) {
	if w.code == 0 {
		w.code = code
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.code == 0 {
		w.code = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap returns the underlying writer, for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}
