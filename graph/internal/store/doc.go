// Package store is the adapter to Cayley: a graph.QuadStore over a store in a
// file (package db), so that Go paths, Gizmo, GraphQL and Cayley's HTTP API run
// on it unchanged. It takes whatever Cayley allows: blank nodes, quads without a
// label, literals anywhere. Rules against those are for others to make.
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
//	wal       the journal, which keeps these changes on disk
//	snapshot  an immutable file: dictionary, and quads in four orders
//	plan      operators over sorted ids, that paths become
//	blank     IRIs for blank nodes
//	term      terms as bytes in the order of values; ids
//
// storetest helps their tests.
//
// # Queries
//
// Plans (package plan) read a state (db.State) through the view of a handle. A
// plan reads one state, the one it was made for, and so do the iterators of
// Cayley's that are parts of it. A query that Cayley answers with its own
// iterators alone, such as a recursion with nothing around it, makes some of
// them on its way: asked of a handle of Now it reads one state, of another the
// later ones too.
//
// # Refs
//
// Terms have numbers. Those of a snapshot are in the order of their keys
// (package term), so that comparisons are ranges of numbers; new terms get the
// numbers after. A new snapshot numbers all terms anew. That is why a ref has
// its numbering in it, and keeps it from being forgotten: a ref with old numbers
// is found by what it means, and its Key is the one it had under the first
// numbering that is still in use. So a query that has begun goes on, with refs
// of both sorts, and a node is never taken for another. (An error would be of no
// use: Cayley's recursion keeps those of its steps to itself.)
//
// There is no cache of the dictionary, since to find a term takes less than a microsecond;
// but values of terms that are asked for again are kept (named.go).
package store
