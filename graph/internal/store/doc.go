// Package store keeps a graph in a file and is a backend of Cayley: Go paths,
// Gizmo, GraphQL and Cayley's HTTP API run on it unchanged. It takes whatever
// Cayley allows: blank nodes, quads without a label, literals anywhere. Rules
// against those are for others to make.
//
//	qs, err := store.Open("kg.db", store.Options{Create: true})
//	qs.ApplyDeltas(…)    // a transaction, on disk when it returns
//	qs.Import(ctx, …)    // whole files, many times faster
//	qs.Export(ctx, w, …) // canonical N-Quads, sorted
//	qs.Now()             // the store as it is now, for a query
//	qs.Hide(…)           // the same store without the quads of some labels
//	qs.Verify(ctx, nil)  // every checksum and invariant
//	store.Recover(…)     // what is whole of a damaged store, in a new file
//
// # States
//
// A state is a snapshot, an immutable file mapped into memory (package
// snapshot), and an overlay of what came after it, in memory: quads added and
// removed, in the four orders in which quads are read, and new terms. States do
// not change. A commit makes another, which shares most of its memory with the
// one before, and publishes it with one pointer; who reads goes on with the
// state begun with, without a lock. Plans (package plan) read a state through
// the view of a handle. A plan reads one state, the one it was made for, and so
// do the iterators of Cayley's that are parts of it. A query that Cayley answers
// with its own iterators alone, such as a recursion with nothing around it,
// makes some of them on its way: asked of a handle of Now it reads one state, of
// another the later ones too.
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
// # Files
//
//	kg.db          the snapshot, with a mark if a journal goes on where it ends
//	kg.db.journal  what was committed after it (package journal)
//	kg.db.lock     locked by who writes, with who that is in it
//	kg.db.tmp-*    what is being written, or was when a process was killed:
//	               the next writer removes them
//	*.old, .old.2  what did not count when a writer came, see Stray
//
// What a dry run sorts is in files without names. A store of Scratch has none.
//
// A commit is one record of the journal and one sync; those that come at once
// share both. Before the first commit the journal is made and synced, and then
// the snapshot is marked with the journal's name: who has the snapshot alone, a
// copy of it say, gets an error and not an older graph. Close makes a small
// store (up to 8 MiB) one file, so that such a copy is the whole of it.
//
// When the journal has grown long, a new snapshot of everything is
// written beside the old one and renamed into its place while commits go on.
// The process goes on with the one it has and what came after it in memory,
// which is the same quads, until that is much or it is asked to compact. An
// import is such a rewriting with more quads, and read at once. Three steps make
// that safe at every moment:
//
//  1. the new snapshot is written and synced under a name of its own; if commits
//     came meanwhile, a new journal with them too, and the snapshot is marked
//     with both journals; a checkpoint in the old one says which records the
//     snapshot holds;
//  2. it is renamed: from now on the checkpoint tells which records count;
//  3. the new journal takes the old one's place, or none does if no commits came.
//
// Readers in other processes need no lock, and change no file. They map the
// snapshot, read the journal, and begin again if that is not the snapshot's, as
// happens when a writer came between the two.
//
// What does not count is a Stray: a journal beside a snapshot that has no mark
// and is not the one it goes on in (somebody put another file in its place), a
// journal without a snapshot, an end of a journal that is no whole commit, an
// empty file in the place of the snapshot. Readers pass it over, and can tell of
// it; the next writer keeps it under another name, and tells of it.
//
// What is no regular file, or is a text, is refused before anything is
// opened, locked or made. A link to a store is followed, and stays; beside the
// store, links are refused.
//
// # What goes wrong
//
// A write that fails leaves nothing behind that counts, and ends the writing
// until the store is opened again: what the disk holds after a failed sync is
// only known after reading it anew. Only when a snapshot is in place and the
// folder cannot be synced is it open whether the new or the old one is there
// after a power loss; the error says so.
//
// Damage is found by checksums, where it is first touched, and is an error that
// names file and place, never a wrong answer.
//
// # What is absent
//
// There is no second writer, and no cache of look-ups: to find a term takes less
// than a microsecond.
//
// Windows does not replace a file that is mapped. There a compaction or an
// import fails, and changes nothing, while anybody has the snapshot open, the
// writer itself included; commits do not mind. So Close leaves two files there.
package store
