// Package db stores quads in a file, durably: one writer, any number of readers. It knows
// terms only as bytes (package term) and their numbers.
//
//	d, err := db.Open("kg.db", db.Options{Create: true})
//	d.State()              // the quads at this moment
//	d.Commit(transaction)  // on disk when it returns
//	d.Load(ctx, …)         // many quads, many times faster
//	d.Compact(ctx)         // everything into one snapshot
//	d.Verify(ctx, …)       // every checksum and invariant
//	db.Recover(…)          // the undamaged part of a store, into a new file
//
// # States
//
// A state is a snapshot, an immutable file mapped into memory (package snapshot), and a
// memtable of later changes (package memtable). States are immutable. A commit makes the
// next one, which shares most of its memory with the one before, and publishes it with
// one pointer; readers go on with the state they began with, without a lock.
//
// # Files
//
//	kg.db          the snapshot, with a mark if it has a journal
//	kg.db.journal  the commits after it (package wal)
//	kg.db.lock     locked by the writer, which is named in it
//	kg.db.tmp-*    files being written, or left by a killed process:
//	               the next writer removes them
//	*.old, .old.2  stray files that a writer put aside, see Stray
//
// A dry run sorts in unnamed files. A store of Scratch has no files with names.
//
// A commit is one record of the journal and one sync; concurrent ones share both (group
// commit). Before the first commit the journal is made and synced, and then the snapshot
// is marked with the journal's name: a copy of the snapshot alone is an error and not an
// older graph. Close makes a small store (up to 8 MiB) one file, so that such a copy is
// the whole of it.
//
// When the journal has grown long, a compaction writes a new snapshot of everything
// beside the old one and renames it into its place while commits go on. The process goes
// on with the old one and the later changes in memory, which are the same quads, until
// these are many or it is asked to compact. A load is such a rewriting with more quads,
// whose result is read at once. Three steps make that crash-safe:
//
//  1. the new snapshot is written and synced under a name of its own; if commits
//     came meanwhile, a new journal with them too, and the snapshot is marked
//     with both journals; a checkpoint in the old one says which records the
//     snapshot holds;
//  2. it is renamed: from now on the checkpoint tells which records count;
//  3. the new journal takes the old one's place, or none does if no commits came.
//
// Readers in other processes need no lock, and change no file. They map the snapshot,
// read the journal, and begin again if that is not the snapshot's, as happens when a
// writer replaced them in between.
//
// A file, or the end of one, that is not part of the store is a Stray: a journal beside a
// snapshot without a mark to which it does not belong (the snapshot was replaced), a
// journal without a snapshot, an incomplete commit at the end of a journal, an empty file
// in place of the snapshot. Readers ignore it, and can report it; the next writer renames
// it, and reports it.
//
// A path that is no regular file, or is a text, is refused before anything is opened,
// locked or made. A link to a store is followed, and stays; beside the store, links are
// refused.
//
// # What goes wrong
//
// A write that fails has no effect, and ends the writing until the store is opened again:
// the content of the disk after a failed sync is only known after reading it again. Only
// when a snapshot is renamed into place and the folder cannot be synced is it unknown
// whether the new or the old one is there after a power loss; the error says so.
//
// Damage is found by checksums, when it is first read, and is an error that names file
// and offset, never a wrong answer.
//
// # What is absent
//
// There is no second writer.
//
// Windows does not replace a file that is mapped, but renames it. There the replaced
// snapshot is renamed first, and is removed by a later writer when no process reads it
// any more; see swap.
package db
