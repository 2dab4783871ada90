package names

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
)

// The file, all numbers little endian: a header of one page, the sections one
// after the other, and the CRC-32C of each page of the sections.
const (
	pageSize = 4096
	version  = 3
	magic    = "\x89kgn\r\n\x1a\n"

	// Offsets in the header.
	atVersion  = 8
	atSums     = 12 // CRC-32C of the checksums
	atSnapshot = 16
	atRules    = 48
	atStarts   = 80  // Ranks+1 numbers of nodes, 4 bytes each
	atSections = 128 // the offset where each section ends, 8 bytes each
	atSum      = pageSize - 4
)

// Ranks is how many ranks of nodes there are.
const Ranks = 4

// The sections, those first of which the size is known before the names are.
const (
	secIDs      = iota // the term of each node, 4 bytes
	secSetOf           // the set of each node, 2 bytes
	secEdges           // the edges of each node, 4 bytes
	secNodes           // where the names of each node begin, 4 bytes, and the end of the last
	secWords           // where each word begins in the next, 4 bytes, and the end of the last
	secText            // the words in order, each with a space before it; a space at the end
	secPostings        // where the nodes of each word begin, 8 bytes, and the end of the last
	secNames           // see appendName
	secNumbers         // the nodes of each word, ascending, as varints of the differences
	secKinds           // term IDs of the kinds, 4 bytes each
	secSets            // see Set, varints
	secOrder           // see Writer.Order, 4 bytes each
	sections
)

// most is how long the sections may be that are pointed into with 4 bytes.
const most = math.MaxUint32

// A Snapshot identifies the snapshot that the names are of, Rules the rules they were
// read by.
type (
	Snapshot = [32]byte
	Rules    = [32]byte
)

// Node is the entry of a node in the index.
type Node struct {
	ID    uint32 // its term
	Rank  uint8  // less than Ranks; nodes are in the order of their ranks
	Set   int    // its kinds
	Edges uint32
	Names []Name
}

// Name is something that a node is called.
type Name struct {
	Literal uint32 // its term, 0 for none
	As      uint8
	Words   []uint32 // of the key: numbers of words in order
}

// KindSet is the kinds of some nodes.
type KindSet struct {
	Kinds []uint32 // their terms
	Flag  bool     // the caller's
	Nodes int      // number of nodes with it
}

// DamageError reports a file that differs from what was written.
type DamageError struct {
	Path, Detail string
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("reading names %q: %s: the next kg that writes makes it anew", e.Path, e.Detail)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

var le = binary.LittleEndian
