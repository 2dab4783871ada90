package names

import (
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"

	"kg/internal/files"

	"github.com/edsrzf/mmap-go"
)

// Reader reads one file. It may be used by many goroutines at once.
type Reader struct {
	path   string
	data   mmap.MMap
	sums   []byte
	seen   []atomic.Uint64 // pages that were checked, a bit each
	sec    [sections]struct{ from, to int }
	starts [Ranks + 1]int
	sets   []KindSet
}

// Open maps the file at path. The error is a *DamageError if the file is no
// index, and wraps fs.ErrNotExist if there is none.
func Open(path string) (r *Reader, err error) {
	f, err := files.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r = &Reader{path: path}
	if !info.Mode().IsRegular() || info.Size() < pageSize {
		return nil, &DamageError{path, "it is no index of names"}
	}
	if r.data, err = mmap.Map(f, mmap.RDONLY, 0); err != nil {
		return nil, fmt.Errorf("mapping names %q: %w", path, err)
	}
	runtime.SetFinalizer(r, func(r *Reader) { r.data.Unmap() })
	defer Catch(&err)
	r.layOut()
	r.sets = r.readSets()
	return r, nil
}

// Catch is to be deferred: it makes the panic of a Reader an error.
func Catch(err *error) {
	if x := recover(); x != nil {
		damage, ok := x.(*DamageError)
		if !ok {
			panic(x)
		}
		*err = damage
	}
}

func (r *Reader) throw(format string, args ...any) {
	panic(&DamageError{r.path, fmt.Sprintf(format, args...)})
}

// layOut reads the header and the checksums.
func (r *Reader) layOut() {
	header := r.data[:pageSize]
	if string(header[:len(magic)]) != magic || le.Uint32(header[atVersion:]) != version || le.Uint32(header[atSum:]) != sum(header[:atSum]) {
		r.throw("its header is none of this version")
	}
	at := uint64(pageSize)
	for i := range r.sec {
		end := le.Uint64(header[atSections+8*i:])
		if end < at || end > uint64(len(r.data)) {
			r.throw("section %d ends at byte %d of %d", i, end, len(r.data))
		}
		r.sec[i].from, r.sec[i].to = int(at), int(end)
		at = end
	}
	pages := (int(at) - pageSize + pageSize - 1) / pageSize
	if r.sums = r.data[at:]; len(r.sums) != 4*pages || sum(r.sums) != le.Uint32(header[atSums:]) {
		r.throw("its checksums are not whole")
	}
	r.data = r.data[:len(r.data):len(r.data)]
	r.seen = make([]atomic.Uint64, pages/64+1)
	for i := range r.starts {
		r.starts[i] = int(le.Uint32(header[atStarts+4*i:]))
	}
	n := r.Nodes()
	for i, want := range map[int]int{secIDs: 4 * n, secSetOf: 2 * n, secEdges: 4 * n, secNodes: 4*n + 4} {
		if r.sec[i].to-r.sec[i].from != want {
			r.throw("section %d has not %d nodes", i, n)
		}
	}
	if words := r.sec[secWords].to - r.sec[secWords].from; words < 4 || r.sec[secPostings].to-r.sec[secPostings].from != 2*words {
		r.throw("it has not as many words as lists of nodes")
	}
}

// bytes are some of a section, checked.
func (r *Reader) bytes(sec, from, to int) []byte {
	from, to = from+r.sec[sec].from, to+r.sec[sec].from
	if from > to || from < r.sec[sec].from || to > r.sec[sec].to {
		r.throw("bytes %d to %d are outside of section %d", from, to, sec)
	}
	if from < to {
		end := r.sec[sections-1].to
		for page := (from - pageSize) / pageSize; page <= (to-1-pageSize)/pageSize; page++ {
			if r.seen[page/64].Load()&(1<<(page%64)) == 0 {
				at := (page + 1) * pageSize
				if sum(r.data[at:min(at+pageSize, end)]) != le.Uint32(r.sums[4*page:]) {
					r.throw("the checksum of page %d is wrong", page+1)
				}
				r.seen[page/64].Or(1 << (page % 64))
			}
		}
	}
	return r.data[from:to:to]
}

func (r *Reader) size(sec int) int { return r.sec[sec].to - r.sec[sec].from }

func (r *Reader) uint32(sec, i int) uint32 { return le.Uint32(r.bytes(sec, 4*i, 4*i+4)) }

// Verify reads everything.
func (r *Reader) Verify() (err error) {
	defer Catch(&err)
	for sec := range sections {
		r.bytes(sec, 0, r.size(sec))
	}
	return nil
}

// Is reports whether the file is of a snapshot and by some rules.
func (r *Reader) Is(of Snapshot, by Rules) bool {
	return string(r.data[atSnapshot:atRules]) == string(of[:]) && string(r.data[atRules:atStarts]) == string(by[:])
}

// Nodes counts the nodes.
func (r *Reader) Nodes() int { return r.starts[Ranks] }

// OfRank gives the first node of a rank and the first after them.
func (r *Reader) OfRank(rank uint8) (from, to int) { return r.starts[rank], r.starts[rank+1] }

// Rank is that of a node.
func (r *Reader) Rank(i int) uint8 {
	for rank := range r.starts[1:] {
		if i < r.starts[rank+1] {
			return uint8(rank)
		}
	}
	return Ranks - 1
}

// Kinds are the terms of the kinds.
func (r *Reader) Kinds() (list []uint32) {
	for i := range r.size(secKinds) / 4 {
		list = append(list, r.uint32(secKinds, i))
	}
	return list
}

// Sets are the sets of kinds, by number.
func (r *Reader) Sets() []KindSet { return r.sets }

func (r *Reader) readSets() (list []KindSet) {
	for b := r.bytes(secSets, 0, r.size(secSets)); len(b) > 0; {
		next := func() (n uint64) {
			var size int
			if n, size = binary.Uvarint(b); size <= 0 {
				r.throw("a set of kinds is cut off")
			}
			b = b[size:]
			return n
		}
		var s KindSet
		for range next() {
			s.Kinds = append(s.Kinds, uint32(next()))
		}
		s.Flag = next() == 1
		s.Nodes = int(next())
		list = append(list, s)
	}
	return list
}

// ID is the term of a node.
func (r *Reader) ID(i int) uint32 { return r.uint32(secIDs, i) }

// Ordered counts the nodes that the writer put in an order.
func (r *Reader) Ordered() int { return r.size(secOrder) / 4 }

// InOrder returns the node at a position of that order.
func (r *Reader) InOrder(position int) int {
	node := int(r.uint32(secOrder, position))
	if node >= r.Nodes() {
		r.throw("node %d is in order, of %d", node, r.Nodes())
	}
	return node
}

// SetOf is the number of the set of kinds of a node.
func (r *Reader) SetOf(i int) int {
	n := int(le.Uint16(r.bytes(secSetOf, 2*i, 2*i+2)))
	if n >= len(r.sets) {
		r.throw("node %d has the kinds %d, of %d", i, n, len(r.sets))
	}
	return n
}

// Edges counts the edges of a node.
func (r *Reader) Edges(i int) int { return int(r.uint32(secEdges, i)) }

// Names are those of a node, the best first, in list's memory.
func (r *Reader) Names(i int, list []Name) []Name {
	b := r.bytes(secNames, int(r.uint32(secNodes, i)), int(r.uint32(secNodes, i+1)))
	next := func() uint32 {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			r.throw("a name of node %d is cut off", i)
		}
		b = b[size:]
		return uint32(n)
	}
	list = list[:0]
	for len(b) > 0 {
		var name Name
		if len(list) < cap(list) {
			name = list[:len(list)+1][len(list)] // for the memory of its words
		}
		name.As, b = b[0], b[1:]
		name.Literal = next()
		count := next()
		name.Words = name.Words[:0]
		for range count {
			name.Words = append(name.Words, next())
		}
		list = append(list, name)
	}
	return list
}

// Ours reports whether the file at path is one that Write wrote, damaged or not, or
// missing.
func Ours(path string) bool {
	f, err := files.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return os.IsNotExist(err)
	}
	defer f.Close()
	begin := make([]byte, len(magic))
	_, err = f.ReadAt(begin, 0)
	return err == nil && string(begin) == magic
}
