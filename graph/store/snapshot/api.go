package snapshot

import (
	"context"
	"io"

	"kg/graph/store/term"
)

// Identity tells snapshots apart: the SHA-256 of a file's header, which covers
// the checksums of all that follows. Equal sets of quads have equal files.
type Identity [32]byte

// DamageError says where a snapshot is not what its Builder wrote. Open and
// Verify return it; every other method of a Reader and of its Rows panics with
// *DamageError, and with nothing else, when it meets damage: callers recover
// exactly that type at their boundary.
type DamageError struct {
	Path    string // of the file
	Section string // "header", "dictionary", "subject rows", ...
	Offset  int64  // in the file, in bytes, of the page or the datum
	Msg     string
}

func (e *DamageError) Error() string { return e.Path }

// Reader reads one snapshot file. It may be used by many goroutines at once.
type Reader struct{}

// Open maps the snapshot at path and checks its header; pages are checked when
// they are first read. A damaged file is a *DamageError.
func Open(path string) (*Reader, error) { panic("soon") }

// Close unmaps the file. No method may run then or later, and nothing that
// AppendKey appended is affected.
func (r *Reader) Close() error { panic("soon") }

// ID returns the identity of the snapshot.
func (r *Reader) ID() Identity { panic("soon") }

// Terms returns the number of terms, which is the greatest ID.
func (r *Reader) Terms() term.ID { panic("soon") }

// Quads returns the number of quads.
func (r *Reader) Quads() uint64 { panic("soon") }

// Size returns the length of the file in bytes.
func (r *Reader) Size() int64 { panic("soon") }

// Find returns the ID of the term with the given key.
func (r *Reader) Find(key []byte) (term.ID, bool) { panic("soon") }

// Seek returns the first ID whose key is not less than key, Terms()+1 if there
// is none.
func (r *Reader) Seek(key []byte) term.ID { panic("soon") }

// AppendKey appends the key of id to dst. It appends nothing for an id that is
// None or greater than Terms.
func (r *Reader) AppendKey(dst []byte, id term.ID) []byte { panic("soon") }

// Rows returns the quads that p selects, each once, ascending in one of two
// ways: by (object, predicate, subject, label) where p names an object, limits
// the objects without naming a subject, or names a predicate and no subject;
// by (subject, predicate, object, label) otherwise. See Rows.ByObject.
func (r *Reader) Rows(p term.Pattern) Rows { panic("soon") }

// Count returns how many quads p selects, exactly: by a few look-ups where a
// prefix of an order answers, else by reading the shortest list of candidates.
func (r *Reader) Count(p term.Pattern) uint64 { panic("soon") }

// Contains tells whether q is in the snapshot.
func (r *Reader) Contains(q term.Quad) bool { panic("soon") }

// Verify checks everything: all checksums, and every invariant of the format:
// sorted keys and rows, ranks, that the four orders hold the same quads, that
// every term is used. progress may be nil; it gets bytes and their total.
// Damage is returned as *DamageError, an end of ctx as its error.
func (r *Reader) Verify(ctx context.Context, progress func(done, total uint64)) error {
	panic("soon")
}

// Rows are the quads of one pattern. The zero Rows are empty. They are used by
// one goroutine and before the Reader is closed.
type Rows struct{}

// Next goes to the next quad and tells whether there is one.
func (it *Rows) Next() bool { panic("soon") }

// Quad returns the quad Next went to.
func (it *Rows) Quad() term.Quad { panic("soon") }

// ByObject tells the order of the rows: by (object, predicate, subject, label)
// or, if false, by (subject, predicate, object, label).
func (it *Rows) ByObject() bool { panic("soon") }

// Fill puts the next quads into dst and returns how many; fewer than len(dst)
// only at the end. It is faster than Next.
func (it *Rows) Fill(dst []term.Quad) int { panic("soon") }

// AppendIDs appends the terms at one place (term.Subject ... term.Label) of all
// remaining quads, repeated terms repeatedly. It is the fastest way to hop.
func (it *Rows) AppendIDs(dst []term.ID, place int) []term.ID { panic("soon") }

// Builder makes a snapshot from quads given as keys, in any order and with any
// repetitions. The file depends on nothing but the set of quads.
//
//	b := NewBuilder("dir/kg.db.tmp-", 512<<20, 2)
//	defer b.Close()
//	batch := b.NewBatch()        // one for each goroutine that adds
//	batch.Add(s, p, o, l) ...
//	batch.Close()
//	b.Finish(ctx, "dir/kg.db.tmp-new", nil)
//
// NewBatch and AddSnapshot may be called from several goroutines at once.
type Builder struct {
	// Create makes a new file that must not exist yet, for temporary files and
	// for the snapshot. Nil is the file system of the machine; it can be set
	// to something that fails.
	Create func(path string) (File, error)
	// Remove removes a file that Create made. Nil is os.Remove.
	Remove func(path string) error
}

// File is what a Builder needs of a file. *os.File is one.
type File interface {
	io.Writer
	io.WriterAt
	io.ReaderAt
	Sync() error
	Close() error
}

// NewBuilder returns a Builder. What does not fit into budget bytes of memory
// is kept in files named temp with digits after it; they are gone after Close.
// Those of a process that was killed are to be removed by the next writer.
// batches is how many batches will be in use at once: they share the budget.
func NewBuilder(temp string, budget int64, batches int) *Builder { panic("soon") }

// Batch takes quads for a Builder. It is used by one goroutine at a time.
type Batch struct{}

// NewBatch returns a new batch.
func (b *Builder) NewBatch() *Batch { panic("soon") }

// Add adds a quad by the keys of its terms; an empty label is none. It keeps
// none of its arguments. Now and then it sorts what was added and, when memory
// is short, writes it to a file: its errors are those of writing. After an
// error the Builder is of no more use.
func (t *Batch) Add(subject, predicate, object, label []byte) error { panic("soon") }

// Close hands over what was added. The batch cannot be used any more.
func (t *Batch) Close() error { panic("soon") }

// AddSnapshot adds the quads of r, except those for which except is true (nil
// is none). Terms that no other quad uses are forgotten. Damage in r is
// returned as *DamageError.
func (b *Builder) AddSnapshot(ctx context.Context, r *Reader, except func(term.Quad) bool) error {
	panic("soon")
}

// Finish writes the snapshot to path, which must not exist, and syncs it; to
// rename it and to sync its folder is the caller's. All batches must have been
// closed. When it fails, also by the end of ctx, there is no file at path.
// progress may be nil; done and total count steps of work.
func (b *Builder) Finish(ctx context.Context, path string, progress func(done, total uint64)) error {
	panic("soon")
}

// Close frees what the Builder holds and removes its temporary files. It must
// be called, whether or not Finish was, and may be called twice.
func (b *Builder) Close() error { panic("soon") }
