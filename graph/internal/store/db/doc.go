// Package db keeps quads in a file, durably: one writer, any number of readers.
// It knows terms only as bytes (package term) and their numbers.
//
//	d, err := db.Open("kg.db", db.Options{Create: true})
//	d.State()              // the quads at this moment
//	d.Commit(transaction)  // on disk when it returns
//	d.Load(ctx, …)         // many quads, many times faster
//	d.Compact(ctx)         // everything into one snapshot
//	d.Verify(ctx, …)       // every checksum and invariant
//	db.Recover(…)          // what is whole of a damaged store, in a new file
//
// # States
//
// A state is a snapshot, an immutable file mapped into memory (package
// snapshot), and a memtable of what came after it (package memtable). States do
// not change. A commit makes another, which shares most of its memory with the
// one before, and publishes it with one pointer; readers go on with the state
// they began with, without a lock.
//
// # Files
//
//	kg.db          the snapshot, with a mark if a journal goes on where it ends
//	kg.db.journal  what was committed after it (package wal)
//	kg.db.lock     locked by the writer, which is named in it
//	kg.db.tmp-*    what is being written, or was when a process was killed:
//	               the next writer removes them
//	*.old, .old.2  what did not count when a writer came, see Stray
//
// What a dry run sorts is in files without names. A store of Scratch has none.
//
// A commit is one record of the journal and one sync; those that come at once
// share both (group commit). Before the first commit the journal is made and
// synced, and then the snapshot is marked with the journal's name: a copy of the
// snapshot alone is an error and not an older graph. Close makes a small store
// (up to 8 MiB) one file, so that such a copy is the whole of it.
//
// When the journal has grown long, a compaction writes a new snapshot of
// everything beside the old one and renames it into its place while commits go
// on. The process goes on with the one it has and what came after it in memory,
// which is the same quads, until that is much or it is asked to compact. A load
// is such a rewriting with more quads, and read at once. Three steps make that
// safe at every moment:
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
// There is no second writer.
//
// Windows does not replace a file that is mapped, but renames it. There the snapshot
// that is replaced steps aside under a name of its own, and is removed by a later
// writer when nobody reads it any more; see swap.
package db
