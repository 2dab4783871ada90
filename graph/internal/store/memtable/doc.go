// Package memtable keeps the changes since a snapshot in memory: quads added and
// removed, in the four orders in which quads are read, and new terms. With the
// snapshot below it a Table answers what the snapshot alone would: find a term,
// count and walk the quads of a pattern (Rows).
//
// Tables are copied on write: Edit shares all memory with the table it copies
// until something changes, and then all but the changed nodes of the B-trees. So
// readers need no lock, and keep the table they began with.
//
//	next := table.Edit()
//	n, err := next.Apply(transaction, &record) // all or nothing
//
// Replay makes a table from a journal, AddTo a snapshot from a table.
package memtable
