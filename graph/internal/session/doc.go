// Package session runs queries in Gizmo, Cayley's query language, on a store that
// plans (package plan), in place of Cayley's own session.
//
// A query is JavaScript (package js, which knows no graph) that builds paths and
// asks for their results. Run prepares one, with parameters that are values;
// ranging over its Rows runs it in the caller's goroutine, each row given out
// where the script finds it.
// Methods is the table of all that a query can call: bindings, help and
// completion are made from it. NewSession asks in the form of Cayley's own
// interfaces.
//
// A path is a list of steps (path.go, steps.go, hops.go) from which a build
// (build.go) makes a shape, of Cayley's kinds and of the store's own: left joins,
// recursions and what keeps evidence. The store makes one plan of it. What it
// does not have is here: the shortest paths (shortest.go, over package shortest). The answers are
// those of Cayley's session but for its faults, which a test lists.
//
// # Values
//
// What JavaScript would change on its way is kept from it: a text that Gizmo
// would read as another term is a String object (literals.go), an integer beyond
// 2^53 an object that is the term (whole.go). A label context holds within the
// paths that are followed (build.go); that all quads of a row are of one is for the plan
// to see (one_context.go, plan.Agreed).
//
// # Evidence
//
// With Options.Evidence every hop tags the quad it passes, so that a row has the
// ways to it (ways.go, and plan's evidence.go): each is the quads of one derivation, also through nodes
// that nobody tagged, and none contains another. A node that unique() keeps has
// all the ways to it that show the same tags, one that a recursion meets all the
// shortest; what except() drops is no evidence. What is emitted in forEach has the
// ways of the callback's row, if its values are that row's or stand in the query's
// text. What a script made of a count, an array or a value of an earlier row
// cannot be traced, and its rows say so (evidence.go). With Options.Joins nodes
// that are said to be the same are walked as one.
//
// # Bounds
//
// A query cannot take the process down or starve it. It ends at its timeout, at
// its limit of rows, at its bound of memory, when its context is cancelled and
// when its consumer stops, and leaves no goroutine. A panic below is an error of
// the query. Package js bounds the script; here a path has 1000 steps, and the
// store's iterators are stopped from below (guard.go). The timeout holds within
// 100 ms, on a machine that is not overloaded.
//
// What cannot be bounded within a process, and can make it late:
//   - a store's iterator that looks at neither its context nor its own
//     sub-iterators, and a single look of the store at a slow disk;
//   - one literal of the graph of many megabytes, for it is a text longer than
//     any a script can make, and what it is matched with;
//   - listing the properties of an object or a text of a million (Object.keys
//     and its like): 0.1 s;
//   - the parsing and compiling of a query of 128 KiB: 0.1 s;
//   - the collector, when it has much to mark and little to run on.
package session
