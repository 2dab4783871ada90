// Package session runs queries in Gizmo, Cayley's query language, on a store with a
// planner (package plan), in place of Cayley's own session.
//
// A query is JavaScript (package js, which knows no graph) that builds paths and asks for
// their results. Run prepares one, with parameters that are values; ranging over its Rows
// runs it in the caller's goroutine, yielding each row where the script finds it. Methods
// is the table of all methods that a query can call: bindings, help and completion are
// made from it. NewSession implements Cayley's own interfaces.
//
// A path is a list of steps (path.go, steps.go, hops.go) from which a shapeBuilder
// (build.go) makes a shape, of Cayley's kinds and of the store's own: left joins,
// recursions and those for evidence. The store makes one plan of it. One operator is here
// instead: the shortest paths (shortest.go, over package shortest). The answers are those
// of Cayley's session except for its faults, which a test lists.
//
// # Values
//
// Values that JavaScript would change are protected: a text that Gizmo would read as
// another term is a String object (literals.go), an integer beyond 2^53 an object that is
// the term (whole.go). A label context holds within the paths that are followed
// (build.go); the plan enforces that all quads of a row have one label (one_context.go,
// plan.Agreed).
//
// # Evidence
//
// With Options.Evidence every hop tags the quad it passes, so that a row has the ways to
// it (ways.go, and plan's evidence.go): each is the quads of one derivation, also through
// untagged nodes, and none contains another. A node that unique() keeps has all the ways
// to it that show the same tags, one that a recursion meets all the shortest; nodes that
// except() drops are no evidence. A value emitted in forEach has the ways of the
// callback's row, if it is of that row or stands in the query's text. Values that a
// script computes from a count, an array or an earlier row cannot be traced, and its rows
// say so (evidence.go). With Options.Joins nodes that are stated to be the same are
// walked as one.
//
// # Bounds
//
// A query cannot take the process down or starve it. It ends at its timeout, at its limit
// of rows, at its memory bound, when its context is cancelled and when its consumer
// stops, and leaves no goroutine. A panic below is an error of the query. Package js
// bounds the script; here a path has at most 1000 steps, and the store's iterators are
// stopped from below (guard.go). The timeout holds within 100 ms, on a machine that is
// not overloaded.
//
// Some steps cannot be bounded within a process, and can make it late:
//   - a store's iterator that checks neither its context nor its own sub-iterators, and
//     a single read of the store from a slow disk;
//   - one literal of the graph of many megabytes, for it is a text longer than any a
//     script can make, and the pattern it is matched with;
//   - listing the properties of an object or a text of a million (Object.keys and its
//     like): 0.1 s;
//   - the parsing and compiling of a query of 128 KiB: 0.1 s;
//   - the garbage collector, when it has much to mark and little to run on.
package session
