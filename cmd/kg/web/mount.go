package web

import "net/http"

// Class is the class of a request, which decides how the gate treats it.
type Class int

const (
	Look  Class = iota // a small read: needs no slot
	Ask                // runs a query or draws: needs a slot, ends at the deadline
	Long               // Ask of a length that the client chooses: has at most half of the slots
	Write              // changes the graph: needs a writable server and its token
)

// Mount is a handler of another package behind this server's gate.
type Mount struct {
	Path    string // "/ui/": all below it, or a single path without the last /
	Handler http.Handler
	Says    string // what it is, for a link on the start page; empty for none
	// Class tells what a request does; without it GET and HEAD look, and all
	// else writes.
	Class func(*http.Request) Class
	Body  int64 // the largest body in bytes; 0 is the server's own limit
	// Refuse writes an answer of the gate in the form of the handler's own: its
	// status, and why. Without it a browser gets a page, a program a line.
	Refuse func(w http.ResponseWriter, code int, why string)
}

func (m *Mount) class(r *http.Request) Class {
	switch {
	case m.Class != nil:
		return m.Class(r)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return Look
	}
	return Write
}
