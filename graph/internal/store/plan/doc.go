// Package plan answers path questions over the index of a store. Cayley offers
// a store every part of a query, from the bottom up (shape.Optimizer); Optimize
// puts a Plan in its place, so that in the end the whole query is one Plan,
// whatever asked it: Go paths, Gizmo, GraphQL.
//
// A plan is a tree of a few kinds of nodes: fixed nodes, all nodes or ranges of
// them, links (a hop, with any of its ends known, a plan of its own, or a tag),
// intersect, union, filter, unique, page, sorted, tags, joined and recursion. Opened,
// each is an operator that can be scanned, and asked how many rows a node has
// and which. Ids follow the order of values, so a comparison is a few ranges of
// ids: under a hop it is a range the index counts without reading it. An
// intersection scans the plan with the fewest rows and asks the others, or goes
// through two ascending hops side by side. Sizes that the index knows, a hop's
// or the sum over a small set, are exact in Stats, and Cayley's Count uses them.
//
// # Rows
//
// Rows are paths. The multiplicity of a node is the number of ways to it: a node
// comes that often, and joins multiply it. A triple under two labels is two ways. A
// quad without a label has no node there. Tags are numbers in slots until Cayley
// asks for its map. A Save around the quads of a NodesFrom has tags that hold
// the quad, a Link.
//
// Where Cayley's own iterators lose rows or make some up, plans do not:
//   - And with several ways in several of its parts adds them up;
//   - Or, asked for a node, knows only the first part that has it;
//   - several optional parts are listed one after the other, not with each
//     other;
//   - Limit and Skip, asked for a node, count the questions;
//   - Sort gives the further rows of a node to the one before;
//   - the label of a quad without one is a result, which makes Sort panic;
//   - Not and Unique forget further ways, or in a scan their tags;
//   - And can divide by zero.
//
// What Cayley's first two passes do to a query comes before a store is asked,
// and stays:
//   - an optional part is dropped if an earlier one stands deeper in the same
//     intersection;
//   - an Except of what the first pass finds to be nothing, such as values that
//     no quad has, panics in the second. A store whose ValueOf answered them
//     with a Node of ID term.None, which plans take for no node, would be spared
//     that; but refs.Namer says nil, and callers rely on it. A
//     caller that takes paths from strangers looks values up before Cayley does, as
//     kg's Gizmo session does, or recovers.
//
// # States
//
// A plan reads one state of a store: the Index it was made with, the oldest of
// them if the store changed while Cayley offered its parts. Refs of another
// state are found by what they mean, see Node; a part that was made when terms
// had other numbers is run for itself and joined so.
//
// # Comparisons
//
// A shape.Comparison means what Index.Ranges says, over any plan: by value, so
// that 007 is less than 20. Cayley's own go by Go type. Regular expressions and
// wildcards match what Cayley's match, and read the values of candidates.
//
// # Recursion
//
// Cayley's FollowRecursive does not come before a store; as a part of a plan it
// is an iterator like any other foreign one. Follow is a recursion of our own,
// and Recursion the same as a shape. What it keeps grows with the nodes it meets,
// not with the rows it begins with nor with the ways it goes.
//
// # Evidence
//
// A tag can hold the quad of a hop (a Save around the quads, see Rows). A row's
// evidence is its ways: the quads of its derivations, of which none contains
// another, 64 at most. What makes one row of several keeps the ways to all of them
// in a Bundle: Witnessed, a unique whose rows show the same tags, and a Recursion
// with a Lineage, which has all the shortest ways to a node. Tags that begin with
// a zero byte are shown by no row.
//
// In the step of a recursion whatever keeps rows keeps with them which node the
// step went on from; a foreign part is built for each run, with the seed.
//
// # Errors
//
// An Index panics with an error where its methods have none to return. Every
// iterator catches that, and returns it from Err; so it does with a context
// that is done, which Cayley's iterators keep to themselves. See Index. The
// context is checked in every loop that can go on without giving a row, and while a
// plan is opened, about every millisecond.
package plan
