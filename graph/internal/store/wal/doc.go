// Package wal is the write-ahead log of a store, its journal: a file of what was
// written after the snapshot. Its records are commits, each on disk as a whole
// or not at all.
//
// Read gives the records of a file and tells an unfinished write from damage.
// A Writer appends: Append returns when the record is on disk. Deltas travel in
// a record's payload as keys, so that a journal needs no dictionary and means
// the same beside any snapshot.
//
// # The file
//
// All numbers are little endian, all checksums CRC-32C (Castagnoli). The file
// begins with a header of 64 bytes:
//
//	 0  8  "kgjrnl\r\n"
//	 8  4  version, 1
//	12  4  zero
//	16 32  ID of the snapshot that the records come after
//	48  8  salt, drawn when the file was made
//	56  4  zero
//	60  4  checksum of the 60 bytes before
//
// Records follow without a gap, a header of 28 bytes and a payload each:
//
//	 0  4  "kgrc"
//	 4  4  kind: 1 commit, 2 checkpoint, 3 closed
//	 8  8  number, from 1, one more than that of the record before
//	16  4  length of the payload
//	20  4  checksum of salt and payload
//	24  4  checksum of salt and the 24 bytes before
//
// The salt keeps a text that somebody stored from passing for a record, and is
// the name by which the mark of a snapshot knows its journal.
//
// The payload of a commit is deltas, see Encoder. That of a checkpoint is the ID of a
// snapshot that holds all records before it, and the number of the last of
// these (8 bytes): between the moment that snapshot is renamed into place and
// the moment a new journal is, this journal belongs to both. A closed record
// has no payload; a writer ends with it, so that damage to the last commit can
// be told from a write that never ended.
//
// # Unfinished or damaged
//
// A record is written by one call and synced before the next is begun, so only
// the last can be unfinished. What cannot be read as a record and has no
// record after it is unfinished: nobody was told it was kept, and a writer cuts
// it off. What has a record after it is damage, and an error; the records before
// it are given all the same. A file shorter than its header holds nothing.
// A file is read in windows: what is no record takes no memory.
package wal
