package plan

import (
	"encoding/binary"

	"kg/graph/internal/store/term"
)

// Packed holds the ways to many rows, in few bytes each. Quads are encoded as differences
// to the one before, and to the first row of their block, since the rows of a path differ
// in few of their terms. The zero Packed is empty.
type Packed struct {
	blocks []packedBlock
	n      int
	in     *Numbering
	odd    map[int]*Ways // those with quads of another numbering, as they are
}

// packedRows are the rows of a block.
const packedRows = 256

type packedBlock struct {
	tape  []byte
	ends  []uint32    // of the rows, in the tape
	first []term.Quad // of the first row
}

// How a term of a quad is spelled, in two bits.
const (
	spelledOut  = iota // by how far it is from that of the first row
	asFirst            // as in the quad at this index of the first row
	asBefore           // as in the quad before
	asOtherEnd         // as the other end of the quad before
	spellings   = 2    // bits of these
	isSpelling  = 1<<spellings - 1
	packedMore  = 1 // there are more ways than these
	packedCount = 2 // in addition, for each way
)

// Len is how many rows there are.
func (p *Packed) Len() int { return p.n }

// Add adds the ways of the next row; nil is stored, too.
func (p *Packed) Add(w *Ways) {
	if p.n%packedRows == 0 {
		p.blocks = append(p.blocks, packedBlock{})
	}
	b := &p.blocks[len(p.blocks)-1]
	if w != nil && !p.numbered(w) {
		if p.odd == nil {
			p.odd = map[int]*Ways{}
		}
		p.odd[p.n], w = w, nil
	}
	p.n++
	b.add(w)
}

// numbered reports whether all quads are of one numbering with those before.
func (p *Packed) numbered(w *Ways) bool {
	for _, way := range w.List {
		for i := range way {
			if p.in == nil {
				p.in = way[i].In
			}
			if way[i].In != p.in {
				return false
			}
		}
	}
	return true
}

func (b *packedBlock) add(w *Ways) {
	head := uint64(0)
	if w != nil {
		head = packedCount * uint64(len(w.List)+1)
		if w.More {
			head |= packedMore
		}
	}
	b.tape = binary.AppendUvarint(b.tape, head)
	if w != nil {
		at := 0
		var before term.Quad
		for _, way := range w.List {
			b.tape = binary.AppendUvarint(b.tape, uint64(len(way)))
			for i := range way {
				q := way[i].Quad
				b.spell(q, b.like(at), before)
				if len(b.ends) == 0 {
					b.first = append(b.first, q)
				}
				before = q
				at++
			}
		}
	}
	if b.ends = append(b.ends, uint32(len(b.tape))); len(b.ends) == packedRows {
		b.tape = append(make([]byte, 0, len(b.tape)), b.tape...)
	}
}

// like returns the quad at an index of the first row, and nothing while that is added.
func (b *packedBlock) like(at int) term.Quad {
	if len(b.ends) == 0 || at >= len(b.first) {
		return term.Quad{}
	}
	return b.first[at]
}

// otherEnd is the position of the other end of a quad.
var otherEnd = [len(term.Quad{})]int{term.Subject: term.Object, term.Object: term.Subject, term.Predicate: term.Predicate, term.Label: term.Label}

func (b *packedBlock) spell(q, like, before term.Quad) {
	at := len(b.tape)
	b.tape = append(b.tape, 0)
	for place, id := range q {
		how := byte(spelledOut)
		switch id {
		case like[place]:
			how = asFirst
		case before[place]:
			how = asBefore
		case before[otherEnd[place]]:
			how = asOtherEnd
		default:
			b.tape = binary.AppendVarint(b.tape, int64(id)-int64(like[place]))
		}
		b.tape[at] |= how << (spellings * place)
	}
}

// Ways returns those of a row, nil if nil was added.
func (p *Packed) Ways(n int) *Ways {
	if w := p.odd[n]; w != nil {
		return w
	}
	b, tape := p.row(n)
	head, tape := cutNumber(tape)
	if head == 0 {
		return nil
	}
	w := &Ways{List: make([][]QuadRef, head/packedCount-1), More: head&packedMore != 0}
	at := 0
	var q term.Quad
	for i := range w.List {
		var long uint64
		long, tape = cutNumber(tape)
		way := make([]QuadRef, long)
		for j := range way {
			like := term.Quad{}
			if n%packedRows > 0 {
				like = b.like(at)
			}
			q, tape = unspell(tape, like, q)
			way[j] = QuadRef{q, p.in}
			at++
		}
		w.List[i] = way
	}
	return w
}

// More reports whether a row has more ways than are stored.
func (p *Packed) More(n int) bool {
	if w := p.odd[n]; w != nil {
		return w.More
	}
	_, tape := p.row(n)
	head, _ := cutNumber(tape)
	return head&packedMore != 0
}

// row returns the encoding of a row.
func (p *Packed) row(n int) (*packedBlock, []byte) {
	b, i := &p.blocks[n/packedRows], n%packedRows
	from := uint32(0)
	if i > 0 {
		from = b.ends[i-1]
	}
	return b, b.tape[from:b.ends[i]]
}

func cutNumber(tape []byte) (uint64, []byte) {
	n, size := binary.Uvarint(tape)
	return n, tape[size:]
}

// unspell decodes the output of spell.
func unspell(tape []byte, like, before term.Quad) (q term.Quad, rest []byte) {
	how := tape[0]
	tape = tape[1:]
	for place := range q {
		switch how >> (spellings * place) & isSpelling {
		case asFirst:
			q[place] = like[place]
		case asBefore:
			q[place] = before[place]
		case asOtherEnd:
			q[place] = before[otherEnd[place]]
		default:
			d, size := binary.Varint(tape)
			q[place], tape = term.ID(int64(like[place])+d), tape[size:]
		}
	}
	return q, tape
}
