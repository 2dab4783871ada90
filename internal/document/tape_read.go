package document

import (
	"encoding/binary"
	"math"

	"github.com/cayleygraph/quad"
)

// player yields the quads of a part of a tape.
type player struct {
	entities []fileEntity
	values   []quad.Value
	rest     string // of a chunk
	nodes    []quad.Value
}

// play yields the quads of some chunks, with the source as the label of statements about
// a claim. It reports whether all were taken.
func (t *tape) play(source quad.Value, chunks indexRange, yield func(quad.Quad) bool) bool {
	p := &player{entities: t.entities}
	for _, chunk := range t.chunks[chunks.from:chunks.to] {
		for p.rest, p.values = chunk.text, *chunk.values; p.rest != ""; {
			if !p.claimQuads(source, yield) {
				return false
			}
		}
	}
	return true
}

// claimQuads yields the quads of the next claim.
func (p *player) claimQuads(source quad.Value, yield func(quad.Quad) bool) bool {
	claim := quad.IRI(p.text())
	p.nodes = append(p.nodes[:0], claim)
	for subject := p.nodes[0]; ; {
		head := p.byte()
		if head>>objectAt == termEnd {
			return true
		}
		if head&otherNode != 0 {
			subject = p.term(p.byte(), claim)
		}
		q := quad.Quad{Subject: subject, Predicate: p.values[p.number()], Label: p.nodes[0]}
		q.Object = p.term(head>>objectAt, claim)
		if head&ofSource != 0 {
			q.Label = source
		}
		if !yield(q) {
			return false
		}
	}
}

func (p *player) term(kind byte, claim quad.IRI) quad.Value {
	switch kind {
	case termNumber:
		return p.values[p.number()]
	case termNode:
		return p.nodes[p.number()]
	case termNew:
		p.nodes = append(p.nodes, claim+quad.IRI(p.text()))
		return p.nodes[len(p.nodes)-1]
	case termEntity:
		return p.entities[p.number()-1].term
	case termIRI:
		return quad.IRI(p.text())
	case termTyped:
		of := p.values[p.number()].(quad.IRI)
		return quad.TypedString{Value: quad.String(p.text()), Type: of}
	case termInt:
		return quad.Int(p.int())
	case termTrue, termFalse:
		return quad.Bool(kind == termTrue)
	case termFloat:
		bits := binary.LittleEndian.Uint64([]byte(p.rest[:8]))
		p.rest = p.rest[8:]
		return quad.Float(math.Float64frombits(bits))
	}
	return quad.String(p.text())
}

func (p *player) byte() byte {
	b := p.rest[0]
	p.rest = p.rest[1:]
	return b
}

func (p *player) number() (n uint64) {
	for shift := 0; ; shift += 7 {
		b := p.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

func (p *player) int() int64 {
	n := p.number()
	return int64(n>>1) ^ -int64(n&1) // zigzag, as in encoding/binary
}

func (p *player) text() string {
	n := p.number()
	s := p.rest[:n]
	p.rest = p.rest[n:]
	return s
}
