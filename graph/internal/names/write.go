package names

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
)

// ErrTooMany is an index that the format is too small for: it is not written,
// and names are read from the graph.
var ErrTooMany = errors.New("there are more names than an index of them holds")

// Builder makes an index. Words are numbered as they come, and sorted by Sort.
type Builder struct {
	Kinds []uint32
	Sets  []Set

	words []string
	known map[string]uint32
	rank  []uint32 // of the words, once they are sorted
	odd   bool     // a word has a character that sorts before a space
}

// NewBuilder returns an empty index.
func NewBuilder() *Builder { return &Builder{known: map[string]uint32{}} }

// Words appends the words of a key.
func (b *Builder) Words(dst []uint32, key string) []uint32 {
	for word := range strings.SplitSeq(key, " ") {
		n, ok := b.known[word]
		if !ok {
			n = uint32(len(b.words))
			word = strings.Clone(word)
			b.words = append(b.words, word)
			b.known[word] = n
			b.odd = b.odd || strings.ContainsFunc(word, func(r rune) bool { return r < ' ' })
		}
		dst = append(dst, n)
	}
	return dst
}

// Sort puts the words in order; all of them are known then.
func (b *Builder) Sort() {
	b.known = nil
	order := make([]uint32, len(b.words))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(b.words[x], b.words[y]) })
	b.rank = make([]uint32, len(order))
	words := make([]string, len(order))
	for at, n := range order {
		b.rank[n], words[at] = uint32(at), b.words[n]
	}
	b.words = words
}

// Rank is the place of a word among all of them, after Sort.
func (b *Builder) Rank(word uint32) uint32 { return b.rank[word] }

// Compare compares keys by their words, after Sort.
func (b *Builder) Compare(x, y []uint32) int {
	return slices.CompareFunc(x, y, func(m, n uint32) int { return int(b.rank[m]) - int(b.rank[n]) })
}

// Key is the key of words, after Sort.
func (b *Builder) Key(words []uint32) string {
	var list []string
	for _, n := range words {
		list = append(list, b.words[b.rank[n]])
	}
	return strings.Join(list, " ")
}

// Write writes count nodes, which are in order.
func (b *Builder) Write(w io.Writer, of Snapshot, by Rules, count int, node func(i int) Node) error {
	if b.odd || len(b.Sets) > 1<<16 {
		return ErrTooMany
	}
	s := &sink{b: b, uses: make([]uint64, len(b.words)+1), last: make([]uint32, len(b.words))}
	for i := range count {
		s.node(uint32(i), node(i))
	}
	s.end(count)
	if len(s.sec[secNames]) > most || len(s.sec[secText]) > most {
		return ErrTooMany
	}
	s.postings(count, node)
	return s.write(w, of, by)
}

// sink is the sections of a file.
type sink struct {
	b      *Builder
	sec    [sections][]byte
	starts [Ranks + 1]uint32
	uses   []uint64 // how many bytes the nodes of a word take
	last   []uint32 // node of a word, and one
}

func (s *sink) node(i uint32, n Node) {
	for r := int(n.Rank) + 1; r <= Ranks; r++ {
		s.starts[r] = i + 1
	}
	s.sec[secIDs] = le.AppendUint32(s.sec[secIDs], n.ID)
	s.sec[secSetOf] = le.AppendUint16(s.sec[secSetOf], uint16(n.Set))
	s.sec[secEdges] = le.AppendUint32(s.sec[secEdges], n.Edges)
	s.sec[secNodes] = le.AppendUint32(s.sec[secNodes], uint32(min(len(s.sec[secNames]), most)))
	s.b.Sets[n.Set].Nodes++
	for _, name := range n.Names {
		s.sec[secNames] = s.b.appendName(s.sec[secNames], name)
		for _, word := range name.Words {
			if at := s.b.rank[word]; s.last[at] != i+1 {
				s.uses[at+1] += uint64(uvarintLen(i + 1 - s.last[at]))
				s.last[at] = i + 1
			}
		}
	}
}

// appendName writes a name: in which way it is one, its literal, how many words
// it has and which.
func (b *Builder) appendName(dst []byte, name Name) []byte {
	dst = append(dst, name.As)
	dst = binary.AppendUvarint(dst, uint64(name.Literal))
	dst = binary.AppendUvarint(dst, uint64(len(name.Words)))
	for _, word := range name.Words {
		dst = binary.AppendUvarint(dst, uint64(b.rank[word]))
	}
	return dst
}

// end writes what is known when all nodes are.
func (s *sink) end(count int) {
	s.sec[secNodes] = le.AppendUint32(s.sec[secNodes], uint32(min(len(s.sec[secNames]), most)))
	for _, k := range s.b.Kinds {
		s.sec[secKinds] = le.AppendUint32(s.sec[secKinds], k)
	}
	for _, set := range s.b.Sets {
		flag := uint64(0)
		if set.Flag {
			flag = 1
		}
		out := binary.AppendUvarint(s.sec[secSets], uint64(len(set.Kinds)))
		for _, k := range set.Kinds {
			out = binary.AppendUvarint(out, uint64(k))
		}
		s.sec[secSets] = binary.AppendUvarint(binary.AppendUvarint(out, flag), uint64(set.Nodes))
	}
	text := []byte{' '}
	for _, word := range s.b.words {
		s.sec[secWords] = le.AppendUint32(s.sec[secWords], uint32(min(len(text), most)))
		text = append(append(text, word...), ' ')
	}
	s.sec[secWords] = le.AppendUint32(s.sec[secWords], uint32(min(len(text), most)))
	s.sec[secText] = text
}

// postings writes the nodes of each word, each into the place that was counted.
func (s *sink) postings(count int, node func(i int) Node) {
	for i := range s.b.words {
		s.uses[i+1] += s.uses[i]
	}
	for _, at := range s.uses {
		s.sec[secPostings] = le.AppendUint64(s.sec[secPostings], at)
	}
	clear(s.last)
	out, at := make([]byte, s.uses[len(s.b.words)]), s.uses
	for i := range uint32(count) {
		for _, name := range node(int(i)).Names {
			for _, word := range name.Words {
				if w := s.b.rank[word]; s.last[w] != i+1 {
					at[w] += uint64(binary.PutUvarint(out[at[w]:], uint64(i+1-s.last[w])))
					s.last[w] = i + 1
				}
			}
		}
	}
	s.sec[secNumbers] = out
}

func uvarintLen(n uint32) (length int) {
	for length = 1; n >= 1<<7; length++ {
		n >>= 7
	}
	return length
}

// write writes the header, the sections and the checksums.
func (s *sink) write(w io.Writer, of Snapshot, by Rules) error {
	header := make([]byte, pageSize)
	copy(header, magic)
	le.PutUint32(header[atVersion:], version)
	copy(header[atSnapshot:], of[:])
	copy(header[atRules:], by[:])
	for r, start := range s.starts {
		le.PutUint32(header[atStarts+4*r:], start)
	}
	pages := &pageSums{}
	for i, sec := range s.sec {
		pages.add(sec)
		le.PutUint64(header[atSections+8*i:], uint64(pageSize)+pages.size)
	}
	sums := pages.end()
	le.PutUint32(header[atSums:], sum(sums))
	le.PutUint32(header[atSum:], sum(header[:atSum]))
	out := bufio.NewWriterSize(w, 1<<20)
	for _, part := range append(append([][]byte{header}, s.sec[:]...), sums) {
		if _, err := out.Write(part); err != nil {
			return err
		}
	}
	return out.Flush()
}

// pageSums sums pages of what is written in parts.
type pageSums struct {
	page []byte
	sums []byte
	size uint64
}

func (p *pageSums) add(b []byte) {
	p.size += uint64(len(b))
	for len(b) > 0 {
		n := min(len(b), pageSize-len(p.page))
		p.page, b = append(p.page, b[:n]...), b[n:]
		if len(p.page) == pageSize {
			p.sums = le.AppendUint32(p.sums, sum(p.page))
			p.page = p.page[:0]
		}
	}
}

func (p *pageSums) end() []byte {
	if len(p.page) > 0 {
		p.sums = le.AppendUint32(p.sums, sum(p.page))
	}
	return p.sums
}
