package names

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// ErrTooMany is an index that the format, or the memory that is taken for it, is
// too small for: it is not written, and names are read from the graph.
var ErrTooMany = errors.New("there are more names than an index of them holds")

// postingsBudget is how many bytes of the nodes of words are put together at once.
const postingsBudget = 128 << 20

// Writer writes an index into a file, node by node.
type Writer struct {
	Kinds []uint32
	Sets  []KindSet
	Order []uint32 // some nodes, by their numbers, in an order to list them in

	f      *os.File
	from   [sections]int64
	out    [sections]*bufio.Writer
	words  int
	node   uint32
	names  int64 // bytes written
	name   []byte
	starts [Ranks + 1]uint32
	uses   []uint32 // how many bytes the nodes of a word take
	last   []uint32 // node of a word, and one
	budget int
}

// NewWriter begins an index of count nodes, whose names have the words of d, which
// are sorted. It writes them and needs them no more.
func NewWriter(f *os.File, count int, d *Dict) (*Writer, error) {
	if d.odd || len(d.text)+len(d.order) >= most {
		return nil, ErrTooMany
	}
	w := &Writer{f: f, words: len(d.order), budget: postingsBudget}
	at := int64(pageSize)
	for sec, size := range map[int]int{secIDs: 4 * count, secSetOf: 2 * count, secEdges: 4 * count, secNodes: 4*count + 4,
		secWords: 4*w.words + 4, secText: len(d.text) + w.words + 1, secPostings: 8*w.words + 8} {
		w.from[sec+1] = int64(size)
	}
	for sec := range secNames + 1 {
		at += w.from[sec]
		w.from[sec] = at
	}
	for sec := range secNames + 1 {
		w.begin(sec)
	}
	if err := w.text(d); err != nil {
		return nil, err
	}
	w.uses, w.last = make([]uint32, w.words), make([]uint32, w.words)
	return w, nil
}

func (w *Writer) begin(sec int) {
	w.out[sec] = bufio.NewWriterSize(io.NewOffsetWriter(w.f, w.from[sec]), 1<<18)
}

// text writes the words.
func (w *Writer) text(d *Dict) error {
	w.out[secText].WriteByte(' ')
	at := uint32(1)
	for _, n := range d.order {
		word := d.word(n)
		w.uint32(secWords, at)
		w.out[secText].Write(word)
		w.out[secText].WriteByte(' ')
		at += uint32(len(word)) + 1
	}
	w.uint32(secWords, at)
	return errors.Join(w.out[secWords].Flush(), w.out[secText].Flush())
}

// uint32 writes a number; a bufio.Writer returns its error when it is flushed.
func (w *Writer) uint32(sec int, n uint32) {
	w.out[sec].Write(le.AppendUint32(w.out[sec].AvailableBuffer(), n))
}

// Node writes the next node.
func (w *Writer) Node(n Node) {
	w.node++
	for r := int(n.Rank) + 1; r <= Ranks; r++ {
		w.starts[r] = w.node
	}
	w.uint32(secIDs, n.ID)
	w.out[secSetOf].Write(le.AppendUint16(w.out[secSetOf].AvailableBuffer(), uint16(n.Set)))
	w.uint32(secEdges, n.Edges)
	w.uint32(secNodes, uint32(min(w.names, most)))
	w.Sets[n.Set].Nodes++
	w.name = w.name[:0]
	for i := range n.Names {
		w.name = appendName(w.name, &n.Names[i])
		for _, word := range n.Names[i].Words {
			if w.last[word] != w.node {
				w.uses[word] += uint32(uvarintLen(w.node - w.last[word]))
				w.last[word] = w.node
			}
		}
	}
	w.names += int64(len(w.name))
	w.out[secNames].Write(w.name)
}

// appendName writes a name: in which way it is one, its literal, how many words
// it has and which.
func appendName(dst []byte, name *Name) []byte {
	dst = append(dst, name.As)
	dst = binary.AppendUvarint(dst, uint64(name.Literal))
	dst = binary.AppendUvarint(dst, uint64(len(name.Words)))
	for _, word := range name.Words {
		dst = binary.AppendUvarint(dst, uint64(word))
	}
	return dst
}

func uvarintLen(n uint32) (length int) {
	for length = 1; n >= 1<<7; length++ {
		n >>= 7
	}
	return length
}

// End writes the sections that need all nodes.
func (w *Writer) End(of Snapshot, by Rules) error {
	if w.names > most || len(w.Sets) > 1<<16 {
		return ErrTooMany
	}
	w.uint32(secNodes, uint32(w.names))
	at := uint64(0)
	for _, size := range w.uses {
		w.out[secPostings].Write(le.AppendUint64(w.out[secPostings].AvailableBuffer(), at))
		at += uint64(size)
	}
	w.out[secPostings].Write(le.AppendUint64(w.out[secPostings].AvailableBuffer(), at))
	for sec := range secNames + 1 {
		if err := w.out[sec].Flush(); err != nil {
			return err
		}
	}
	w.from[secNumbers] = w.from[secNames] + w.names
	w.begin(secNumbers)
	if err := w.postings(); err != nil {
		return err
	}
	w.from[secKinds] = w.from[secNumbers] + int64(at)
	w.begin(secKinds)
	for _, k := range w.Kinds {
		w.uint32(secKinds, k)
	}
	w.from[secSets] = w.from[secKinds] + int64(4*len(w.Kinds))
	w.begin(secSets)
	sets := w.sets()
	w.out[secSets].Write(sets)
	w.from[secOrder] = w.from[secSets] + int64(len(sets))
	w.begin(secOrder)
	for _, node := range w.Order {
		w.uint32(secOrder, node)
	}
	if err := errors.Join(w.out[secKinds].Flush(), w.out[secSets].Flush(), w.out[secOrder].Flush()); err != nil {
		return err
	}
	return w.finish(w.from[secOrder]+int64(4*len(w.Order)), of, by)
}

func (w *Writer) sets() (out []byte) {
	for _, set := range w.Sets {
		flag := uint64(0)
		if set.Flag {
			flag = 1
		}
		out = binary.AppendUvarint(out, uint64(len(set.Kinds)))
		for _, k := range set.Kinds {
			out = binary.AppendUvarint(out, uint64(k))
		}
		out = binary.AppendUvarint(binary.AppendUvarint(out, flag), uint64(set.Nodes))
	}
	return out
}

// finish writes the checksums of the sections, which end there, and the header.
func (w *Writer) finish(end int64, of Snapshot, by Rules) error {
	header := make([]byte, pageSize)
	copy(header, magic)
	le.PutUint32(header[atVersion:], version)
	copy(header[atSnapshot:], of[:])
	copy(header[atRules:], by[:])
	for r, start := range w.starts {
		le.PutUint32(header[atStarts+4*r:], start)
	}
	for sec := range sections {
		next := end
		if sec+1 < sections {
			next = w.from[sec+1]
		}
		le.PutUint64(header[atSections+8*sec:], uint64(next))
	}
	var sums []byte
	in, page := bufio.NewReaderSize(io.NewSectionReader(w.f, pageSize, end-pageSize), 1<<18), make([]byte, pageSize)
	for at := int64(pageSize); at < end; at += pageSize {
		part := page[:min(pageSize, end-at)]
		if _, err := io.ReadFull(in, part); err != nil {
			return err
		}
		sums = le.AppendUint32(sums, sum(part))
	}
	le.PutUint32(header[atSums:], sum(sums))
	le.PutUint32(header[atSum:], sum(header[:atSum]))
	_, err := w.f.WriteAt(sums, end)
	_, err2 := w.f.WriteAt(header, 0)
	return errors.Join(err, err2)
}
