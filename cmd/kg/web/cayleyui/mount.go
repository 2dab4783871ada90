package cayleyui

import (
	"net/http"

	"kg/cmd/kg/web"
)

// Mounts returns the mounts of the handler behind the gate of package web.
func (h *Handler) Mounts() []web.Mount {
	return []web.Mount{
		{Path: "/ui/", Handler: h, Says: "Cayley's web UI", Class: func(*http.Request) web.Class { return web.Look }},
		{Path: "/api/", Handler: h, Class: h.class, Body: MaxBody, Refuse: func(w http.ResponseWriter, code int, why string) {
			answerProblem(w, code, problem{Error: why})
		}},
	}
}

// class returns the class of a request: the client chooses the length of scripts and
// reads (Long), and changes of the graph need the token (Write). A server that only reads
// refuses in the API's own format.
func (h *Handler) class(r *http.Request) web.Class {
	switch r.URL.Path {
	case "/api/v2/query", "/api/v2/read", "/api/v1/shape/gizmo", "/api/kg/names":
		return web.Long
	case "/api/v2/write", "/api/v2/delete", "/api/v2/node/delete":
		if h.Apply != nil {
			return web.Write
		}
	}
	return web.Look
}
