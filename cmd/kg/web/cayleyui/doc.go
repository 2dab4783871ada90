// Package cayleyui serves Cayley's web UI, at /ui/, and Cayley's HTTP API,
// below /api/, so that both do what they show.
//
// # The UI
//
// The files are those of github.com/cayleygraph/cayley/ui, which loads its editor and its
// icons from public networks and its data from one fixed address, and shows an empty page
// on unexpected data. They are fixed when they are served, by replacing strings of the
// built bundle: see rewrites.go, which gives the reason of each replacement. A replacement
// whose string does not occur exactly the expected number of times is an error of New: the
// UI is then another version. All addresses become relative to the page, so that it works
// on any port and under any path that ends in ui/ beside api/.
//
// Our own files are in files/: editor.js implements the part of Monaco's interface that
// the UI uses, over a textarea; offers.js completes queries; kg.js replaces the bundle's
// functions for calling the API and for drawing, and shows notices of what the UI does not
// report.
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
//	POST      /api/v1/shape/gizmo        the shape of a query, without running it
//	POST      /api/kg/names              the names of a list of IRIs
//
// They are those of Cayley's own server, for its clients, and differ where that server is
// silent or wrong. Cayley's handlers are not used, since none of them could be used
// unchanged:
//
//   - A query runs in kg's Gizmo session, under its bounds. It gets 100 rows
//     unless limit asks for another number (0: as many as the server gives). An
//     answer that was cut has "truncated": true and the "limit". No answer is
//     [], not null. A query of more than 1 MiB is refused, not cut.
//   - An error is {"error": …} with the status, and "line" and "column" where
//     the error has a position. It reveals nothing of the inside of the server.
//   - read and write take N-Quads as package nquads does: strictly, and written
//     in the canonical form. What cannot be written ends the connection, so
//     that half an answer is not taken for a whole one.
//   - Statements without a label get the label kg:source/manual, also for deletion. Blank
//     nodes are refused: two requests could not refer to the same one.
//   - What sources deny is left out unless the address has denied=true.
//
// Deliberately absent: GraphQL and MQL, which Cayley runs without any bound;
// JSON-LD as a format to write, since Cayley's reader drops what it does not
// understand and fetches the addresses it is given; gephi, namespaces and the v1 endpoints
// that the UI does not use. The error for each says what to use instead.
//
// Access is not decided here: package web is the gate before.
package cayleyui
