// Package wal is the write-ahead log of a store, its journal: a file of the changes after
// the snapshot. Its records are commits, each on disk as a whole or not at all.
//
// Read returns the records of a file and distinguishes an unfinished write from damage. A
// Writer appends: Append returns when the record is on disk. Deltas travel in a record's
// payload as keys, so that a journal needs no dictionary and means the same beside any
// snapshot.
//
// # The file
//
// All numbers are little endian, all checksums CRC-32C (Castagnoli). The file begins with
// a header of 64 bytes:
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
// The salt keeps stored text from passing for a record, and is the name of the journal in
// the mark of a snapshot.
//
// The payload of a commit is deltas, see Encoder. That of a checkpoint is the ID of a
// snapshot that holds all records before it, and the number of the last of these (8
// bytes): between the moment that snapshot is renamed into place and the moment a new
// journal is, this journal belongs to both. A closed record has no payload; a writer ends
// with it, so that damage to the last commit can be distinguished from an unfinished
// write.
//
// # Unfinished or damaged
//
// A record is written by one call and synced before the next is begun, so only the last
// can be unfinished. Bytes that are no record and have no record after them are
// unfinished: they were never acknowledged, and a writer truncates them. With a record
// after them they are damage, and an error; the records before them are returned all the
// same. A file shorter than its header holds nothing. A file is read in windows: bytes
// that are no record take no memory.
package wal
