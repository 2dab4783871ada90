// Package snapshot stores a set of quads in one immutable file, which is mapped into
// memory and read in place. FORMAT.md specifies the file for independent readers.
//
// A term is represented here by its key only, a string of bytes whose order under
// bytes.Compare is the order of terms; package term makes keys. The terms of a file are
// numbered from 1 in that order, so that a range of values is a range of IDs, and quads
// are four such numbers. Every term is in some quad.
//
// A file holds the sorted keys, and the quads in four orders: by subject and by object as
// rows of fixed width, where an array of offsets leads from a term to its rows at once;
// by predicate and by label as lists of indexes of those two. So a hop from (subject,
// predicate) or (object, predicate) takes a fixed number of lookups, a range of values of
// one predicate is a binary search, and most counts are a subtraction. Frequently read
// predicates are decoded into arrays in memory, of bounded size (column.go). A Reader
// answers a term.Pattern from the order that fits it best; Rows are sorted.
//
// A Builder takes quads in any order, with repetitions, and more than fit into memory. A
// BatchWriter numbers keys by a hash table and, when it is full, sorts its quads into a
// run. Finish merges the runs' keys, which gives the IDs, then their rows, and derives
// one order from the other; runs are held in memory while the budget allows, then in a
// temporary file. Merges are partitioned into ranges, for all processors. The file
// depends on nothing but the set of quads.
//
// Damage: each page of a file has a checksum. Open checks the header, and with it the
// table of checksums through its root; a page is checked when it is first read. Even then
// the content of a file is not trusted: each offset and index is checked against its
// bounds. Damage is thrown: methods of Reader and Rows panic with *DamageError, and with
// nothing else, so that a hop has no error to check; callers recover exactly that type at
// their boundary. Verify reads everything and checks every invariant.
//
// Deliberately absent: changes (they are the journal's), deletion, compression beyond
// packing bits (a row must be found without unpacking others), values (keys are opaque),
// 32-bit systems (a file is mapped whole), and protection from a file that is truncated
// by others while it is mapped, once its pages were checked.
package snapshot
