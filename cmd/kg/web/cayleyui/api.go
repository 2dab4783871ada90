package cayleyui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"kg/cmd/kg/web"
	"kg/graph"
	"kg/internal/strict"
)

// endpoint answers a request of the API, or returns an error, before which it must not
// have written anything.
type endpoint func(http.ResponseWriter, *http.Request) error

// api adds the endpoints to the mux, and an error in JSON for all other paths below
// /api/.
func (h *Handler) api() {
	for pattern, e := range map[string]endpoint{
		"GET /api/v2/query":         h.query,
		"POST /api/v2/query":        h.query,
		"GET /api/v2/read":          h.read,
		"POST /api/v2/read":         h.read,
		"GET /api/v2/formats":       h.formats,
		"POST /api/v2/write":        h.writing(h.write),
		"POST /api/v2/delete":       h.writing(h.delete),
		"POST /api/v2/node/delete":  h.writing(h.deleteNode),
		"POST /api/v1/shape/{lang}": h.shape,
		"POST /api/kg/names":        h.names,
		"/api/v2/query":             methods("GET, HEAD, POST"),
		"/api/v2/read":              methods("GET, HEAD, POST"),
		"/api/v2/formats":           methods("GET, HEAD"),
		"/api/v2/write":             methods("POST"),
		"/api/v2/delete":            methods("POST"),
		"/api/v2/node/delete":       methods("POST"),
		"/api/v1/shape/{lang}":      methods("POST"),
		"/api/v1/":                  absent,
		"/api/v2/namespaces/":       absent,
		"/api/v2/namespace-rules":   absent,
		"/api/":                     absent,
	} {
		h.mux.Handle(pattern, h.answer(e))
	}
}

// refusal is an answer with a status and a reason.
type refusal struct {
	code int
	msg  string
}

func (e *refusal) Error() string { return e.msg }

func refuse(code int, format string, args ...any) error {
	return &refusal{code, strict.Sprintf(format, args...)}
}

func absent(_ http.ResponseWriter, r *http.Request) error {
	return refuse(http.StatusNotFound, "there is no %s here: this server has /api/v2/query, read, formats, write, delete and node/delete", strict.Brief(r.URL.Path))
}

func methods(allowed string) endpoint {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Allow", allowed)
		return refuse(http.StatusMethodNotAllowed, "%s is not for this address: use %s", strict.Brief(r.Method), strings.ReplaceAll(allowed, ", ", " or "))
	}
}

func (h *Handler) answer(e endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if err := e(w, r); err != nil {
			h.fail(w, r, err)
		}
	})
}

// problem is an error as a client sees it.
type problem struct {
	Error  string `json:"error"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// fail sends an error. Errors that are not the client's are logged and not shown.
func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	code, p := h.problem(r, err)
	answerProblem(w, code, p)
}

func answerProblem(w http.ResponseWriter, code int, p problem) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = encode(w, p) // who went away needs no answer
}

func (h *Handler) problem(r *http.Request, err error) (int, problem) {
	var (
		refused *refusal
		mistake interface{ Position() (line, column int) } // in a query or in quads
		large   *http.MaxBytesError
		body    *web.BodyError
	)
	said := problem{Error: err.Error()}
	switch {
	case errors.As(err, &refused):
		return refused.code, said
	case errors.As(err, &mistake):
		said.Line, said.Column = mistake.Position()
		return http.StatusBadRequest, said
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge, problem{Error: fmt.Sprintf("the request has more than %d bytes", large.Limit)}
	case errors.As(err, &body):
		return body.Code(), problem{Error: body.Error()}
	case errors.Is(err, graph.ErrTimeout), errors.Is(err, graph.ErrMemory):
		return http.StatusServiceUnavailable, said
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, problem{Error: "this took longer than a request may: ask for less"}
	case r.Context().Err() != nil:
		return http.StatusServiceUnavailable, problem{Error: "the request was given up"}
	}
	h.Log.Error("request failed", "path", r.URL.Path, "error", err.Error())
	return http.StatusInternalServerError, problem{Error: "internal error; the server's log has the details"}
}

// encode writes JSON without escaping the angle brackets of IRIs.
func encode(w http.ResponseWriter, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func answerJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	_ = encode(w, v) // who went away needs no answer
	return nil
}
