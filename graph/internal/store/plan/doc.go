// Package plan answers path questions over the index of a store. Cayley offers a store
// every part of a query, from the bottom up (shape.Optimizer); Optimize replaces it by a
// Plan, so that in the end the whole query is one Plan, whether it comes from Go paths,
// Gizmo or GraphQL.
//
// A plan is a tree of a few kinds of nodes: fixed nodes, all nodes or ranges of them,
// links (a hop, with any of its ends known, a plan of its own, or a tag), intersect,
// union, filter, unique, page, sorted, tags, joined and recursion. Opened, each is an
// operator that can be scanned, and probed with a node for the number of its rows and the
// rows. Ids follow the order of values, so a comparison is a few ranges of ids: under a
// hop it is a range the index counts without reading it. An intersection scans the plan
// with the fewest rows and probes the others, or merges two ascending hops. Sizes that
// the index knows, a hop's or the sum over a small set, are exact in Stats, and Cayley's
// Count uses them.
//
// # Rows
//
// Rows are paths. The multiplicity of a node is the number of ways to it: a node is
// yielded that often, and joins multiply it. A triple under two labels is two ways. A
// quad without a label has no node there. Tags are numbers in slots until Cayley asks for
// its map. A Save around the quads of a NodesFrom sets tags to the quad, a QuadRef.
//
// Where Cayley's own iterators lose rows or make some up, plans do not:
//   - And with several ways in several of its parts adds them up;
//   - Or, probed with a node, knows only the first part that has it;
//   - several optional parts are listed one after the other, not combined;
//   - Limit and Skip, probed with a node, count the probes;
//   - Sort assigns the further rows of a node to the one before;
//   - the label of a quad without one is a result, which makes Sort panic;
//   - Not and Unique forget further ways, or in a scan their tags;
//   - And can divide by zero.
//
// The effects of Cayley's first two passes precede any call to the store, and stay:
//   - an optional part is dropped if an earlier one stands deeper in the same
//     intersection;
//   - an Except of a shape that the first pass finds empty, such as values that no quad
//     has, panics in the second. A store whose ValueOf returned a TermRef of ID
//     term.None for them, which plans take for no node, would avoid that; but
//     refs.Namer requires nil, and callers rely on it. A caller that takes untrusted
//     paths looks values up before Cayley does, as kg's Gizmo session does, or
//     recovers.
//
// # States
//
// A plan reads one state of a store: the Index it was made with, the oldest of them if
// the store changed while Cayley offered its parts. Refs of another state are resolved by
// value, see TermRef; a part that was made under another numbering is run on its own and
// joined by value.
//
// # Comparisons
//
// A shape.Comparison means what Index.Ranges says, over any plan: by value, so that 007
// is less than 20. Cayley's own go by Go type. Regular expressions and wildcards match
// what Cayley's match, and read the values of candidates.
//
// # Recursion
//
// Cayley's FollowRecursive does not come before a store; as a part of a plan it is an
// iterator like any other foreign one. Follow is a recursion of our own, and Recursion
// the same as a shape. Its memory grows with the nodes it meets, not with the rows it
// begins with nor with the number of ways.
//
// # Evidence
//
// A tag can hold the quad of a hop (a Save around the quads, see Rows). A row's evidence
// is its ways: the quads of its derivations, of which none contains another, 64 at most.
// Operators that merge rows collect the ways to all of them in a Bundle: Witnessed, a
// unique whose rows show the same tags, and a Recursion with a Lineage, which has all the
// shortest ways to a node. Tags that begin with a zero byte are shown by no row.
//
// In the step of a recursion operators that buffer rows store with them the node that the
// step went on from; a foreign part is built for each run, with the seed.
//
// # Errors
//
// An Index panics with an error where its methods have none to return. Every iterator
// catches that, and returns it from Err; so it does with a context that is done, which
// Cayley's iterators keep to themselves. See Index. The context is checked in every loop
// that can go on without giving a row, and while a plan is opened, about every
// millisecond.
package plan
