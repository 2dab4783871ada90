// Package memtable holds the changes since a snapshot in memory: quads added and removed,
// in the four orders in which quads are read, and new terms. A Table combines them with
// the snapshot below and answers the same questions: find a term, count and iterate over
// the quads of a pattern (Rows).
//
// Tables are copied on write: Edit shares all memory with the table it copies until
// something changes, and then all but the changed nodes of the B-trees. So readers need
// no lock, and keep the table they began with.
//
//	next := table.Edit()
//	n, err := next.Apply(transaction, &record) // all or nothing
//
// Replay makes a table from a journal, AddTo a snapshot from a table.
package memtable
