package blank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"kg/internal/rdf/nquads"
)

// Namer takes quads with blank nodes and gives them back with IRIs. Its fields
// are set before the first quad comes.
type Namer struct {
	Prefix  string // prefix of the IRIs
	Memory  int64  // bytes of buffered and sorted data
	Largest int64  // the size of the largest component, in bytes
	Temp    string // prefix of the names of temporary files
	Create  func(path string) (File, error)
	Remove  func(path string) error

	mu     sync.Mutex
	quads  uint32
	spool  *recordTape   // the quads, numbered from 0: text, line, terms
	labels *recordSorter // of each text with the numbers of its quads
	tapes  []*recordTape
	files  int
}

// Batch is some quads of a text, to be handed over at once. The zero Batch is
// empty.
type Batch struct {
	quads  []byte // line and terms of each
	ends   []int
	labels []byte // each with its size, and before it the quad's index
}

// Add adds the quad of a line. It keeps nothing of terms.
func (b *Batch) Add(line int, terms *[4]nquads.Term) {
	b.quads = appendQuad(binary.BigEndian.AppendUint64(b.quads, uint64(line)), terms)
	for i := range terms {
		if terms[i].Kind == nquads.Blank {
			b.labels = binary.BigEndian.AppendUint32(b.labels, uint32(len(b.ends)))
			b.labels = appendSized(b.labels, terms[i].Text)
		}
	}
	b.ends = append(b.ends, len(b.quads))
}

// Take takes the quads of a batch, which is of a text by its number, and leaves
// it empty. It is safe for concurrent use.
func (n *Namer) Take(text int, b *Batch) error {
	if len(b.ends) == 0 {
		return nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if uint64(n.quads)+uint64(len(b.ends)) > math.MaxUint32 {
		return fmt.Errorf("setting blank nodes aside: more than %d quads have some: load the texts one after the other", uint32(math.MaxUint32))
	}
	if n.spool == nil { // most texts have no blank nodes
		n.spool, n.labels = n.newTape(int(n.Memory/2)), n.newSorter(int(n.Memory/2))
	}
	var of, number [4]byte
	binary.BigEndian.PutUint32(of[:], uint32(text))
	from := 0
	for _, end := range b.ends {
		if err := n.spool.add(of[:], b.quads[from:end]); err != nil {
			return err
		}
		from = end
	}
	for rest := b.labels; len(rest) > 0; {
		binary.BigEndian.PutUint32(number[:], n.quads+binary.BigEndian.Uint32(rest))
		var label []byte
		label, rest = sized(rest[4:])
		// No label has a NUL, which ends it.
		if err := n.labels.add(of[:], label, []byte{0}, number[:]); err != nil {
			return err
		}
	}
	n.quads += uint32(len(b.ends))
	b.quads, b.ends, b.labels = b.quads[:0], b.ends[:0], b.labels[:0]
	return nil
}

// Close removes the temporary files. It may be called twice.
func (n *Namer) Close() error {
	var errs []error
	for _, t := range n.tapes {
		errs = append(errs, t.close())
	}
	n.tapes, n.spool, n.labels = nil, nil, nil
	return errors.Join(errs...)
}
