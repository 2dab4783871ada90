// Package cayleyui serves Cayley's web UI, at /ui/, and Cayley's HTTP API,
// below /api/, so that both do what they show.
//
// # The UI
//
// The files are those of github.com/cayleygraph/cayley/ui, which asks public
// networks for its editor and its icons, one fixed address for its data, and
// turns white on what it does not expect. They are cured as they are served, by
// replacing strings of the built bundle: see rewrites.go, which says of each
// what it is for. A replacement that does not find its string exactly as often
// as it should is an error of New, since the UI is then another one than was
// studied. All addresses become relative to the page's, so that it works on any
// port and under any path that ends in ui/ beside api/.
//
// The files of ours are in files/: editor.js is the part of Monaco's interface
// the UI uses, over a textarea; offers.js is what one can type next; kg.js is what the bundle calls in place of its
// own functions for asking the API and for drawing, and the notice in which kg
// says what the UI keeps silent about.
//
// Every page carries a content security policy without unsafe-inline: the
// UI's one inline script is allowed by the hash of what is served.
//
// # The API
//
//	GET, POST /api/v2/query?lang=gizmo   a query: text in qu, or the body
//	GET, POST /api/v2/read               quads by sub, pred, obj, label
//	GET       /api/v2/formats            the formats of read and write
//	POST      /api/v2/write              N-Quads to add, all or none
//	POST      /api/v2/delete             N-Quads to delete, all or none
//	POST      /api/v2/node/delete        a term to delete with all its quads
//	POST      /api/v1/shape/gizmo        what a query looks for, without asking
//	POST      /api/kg/names              a list of IRIs, for what people call them
//
// They are those of Cayley's own server, for its clients, and differ where that
// one is silent or wrong. Cayley's handlers are not used, since not one of them
// would be left as it is:
//
//   - A query runs in kg's Gizmo session, under its bounds. It gets 100 rows
//     unless limit asks for another number (0: as many as the server gives). An
//     answer that was cut has "truncated": true and the "limit". No answer is
//     [], not null. A query of more than 1 MiB is refused, not cut.
//   - An error is {"error": …} with the status, and "line" and "column" where
//     there is a place. It names nothing of the inside of the server.
//   - read and write take N-Quads as package nquads does: strictly, and written
//     in the canonical form. What cannot be written ends the connection, so
//     that half an answer is not taken for a whole one.
//   - Statements without a label stand under kg:source/manual, also when they
//     are deleted. Blank nodes are refused: two requests could not mean the same
//     one.
//   - What sources deny is left out unless the address has denied=true.
//
// Deliberately absent: GraphQL and MQL, which Cayley runs without any bound;
// JSON-LD as a format to write, since Cayley's reader drops what it does not
// understand and fetches the addresses it is given; gephi, namespaces and the
// v1 endpoints nobody asks for. All of them are answered with what to use
// instead.
//
// Who may ask is not decided here: package web is the gate before.
package cayleyui
