// Package store is the adapter to Cayley: a graph.QuadStore over a store in a file
// (package db), so that Go paths, Gizmo, GraphQL and Cayley's HTTP API run on it
// unchanged. It accepts all that Cayley allows: blank nodes, quads without a label,
// literals anywhere. Stricter rules are its callers'.
//
//	qs, err := store.Open("kg.db", db.Options{Create: true})
//	qs.ApplyDeltas(…)    // a transaction, on disk when it returns
//	qs.Import(ctx, …)    // whole files, many times faster
//	qs.Export(ctx, w, …) // canonical N-Quads, sorted
//	qs.Now()             // the store as it is now, for a query
//	qs.Hide(…)           // the same store without the quads of some labels
//	qs.Verify(ctx, nil)  // every checksum and invariant
//
// # Rooms
//
// Each uses those below it and none above:
//
//	store     handles, refs, iterators; what plans read
//	bulk      whole texts in, and canonical N-Quads out
//	db        open, commit, recovery, compaction: the files, and their order
//	memtable  the changes since the snapshot, in memory
//	wal       the journal of these changes, on disk
//	snapshot  an immutable file: dictionary, and quads in four orders
//	plan      operators over sorted ids, compiled from paths
//	blank     IRIs for blank nodes
//	term      terms as bytes in the order of values; ids
//
// storetest has helpers for their tests.
//
// # Queries
//
// Plans (package plan) read a state (db.State) through the view of a handle. A plan reads
// one state, the one it was made for, and so do Cayley's iterators within it. A query
// that Cayley answers with its own iterators alone, such as a bare recursion, makes some
// of them while it runs: on a handle of Now it reads one state, on another the later ones
// too.
//
// # Refs
//
// Terms have numbers (ids). Those of a snapshot are in the order of their keys (package
// term), so that comparisons are ranges of ids; new terms get the ids after these. A new
// snapshot renumbers all terms. So a ref holds its numbering, and keeps it in memory: a
// ref with an old id is resolved by its value, and its Key is the one it had under the
// first numbering that is still in use. So a running query goes on, with refs of both
// sorts, and a node is never taken for another. (An error would be of no use: Cayley's
// recursion hides those of its steps.)
//
// There is no cache of the dictionary, since finding a term takes less than a
// microsecond; but values of terms that are read repeatedly are cached (named.go).
package store
