package document

import (
	"iter"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/internal/strict"
)

// Quads returns all that the file says: see Parts.
func (c *Checked) Quads() []quad.Quad {
	list := make([]quad.Quad, 0, 16+4*len(c.doc.Entities)+c.tape.quads)
	for q := range c.Parts(1)[0] {
		list = append(list, q)
	}
	return list
}

// Parts gives all that the file says in n parts, which are made while they are read: a
// table says millions of quads. Every quad has a label, none has a blank node, and none
// comes twice. One part has the source first, then the entities, then the claims.
func (c *Checked) Parts(n int) (parts []iter.Seq[quad.Quad]) {
	for i := range n {
		entities, claims := share(len(c.doc.Entities), i, n), share(len(c.tape.chunks), i, n)
		parts = append(parts, func(yield func(quad.Quad) bool) {
			q := newQuadList(c.SourceIRI(), 0)
			if i == 0 {
				c.sourceQuads(q)
			}
			for j := entities.from; j < entities.to; j++ {
				c.entityQuads(q, &c.doc.Entities[j])
				if !q.yield(yield) {
					return
				}
			}
			if q.yield(yield) {
				c.tape.play(q.label, claims, yield)
			}
		})
	}
	return parts
}

// EntityQuads are those of Parts that are about the source and its entities, in their
// order.
func (c *Checked) EntityQuads() iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		q := newQuadList(c.SourceIRI(), 0)
		c.sourceQuads(q)
		for i := range c.doc.Entities {
			c.entityQuads(q, &c.doc.Entities[i])
			if !q.yield(yield) {
				return
			}
		}
	}
}

// ClaimQuads returns how many of the quads of Parts belong to claims and not to
// EntityQuads. plain reports that every term is valid in N-Quads, without testing each;
// if it is false, they may be valid all the same.
func (c *Checked) ClaimQuads() (count int, plain bool) { return c.tape.quads, !c.tape.odd }

// ClaimIDs are the ids of the file's claims.
func (c *Checked) ClaimIDs() []string { return c.tape.claims }

// indexRange is a half-open range of a list.
type indexRange struct{ from, to int }

// share is the i-th of n parts of a list.
func share(length, i, n int) indexRange { return indexRange{length * i / n, length * (i + 1) / n} }

// once are the facts of a list, each once: a number may be spelt in two ways.
func once(list []fact) []fact {
	const few = 64
	if len(list) <= few {
		for i := range list {
			if slices.Contains(list[:i], list[i]) {
				return once(slices.Delete(slices.Clone(list), i, i+1))
			}
		}
		return list
	}
	seen := make(map[fact]bool, len(list))
	return slices.DeleteFunc(slices.Clone(list), func(f fact) bool {
		again := seen[f]
		seen[f] = true
		return again
	})
}

// texts are the texts of words, each once, without empty ones.
func texts(words []strict.Word) (list []string) {
	for _, w := range words {
		if w.Text != "" && !slices.Contains(list, w.Text) {
			list = append(list, w.Text)
		}
	}
	return list
}

// yield yields the buffered quads, and empties the buffer.
func (q *quadList) yield(to func(quad.Quad) bool) bool {
	for _, one := range q.list {
		if !to(one) {
			return false
		}
	}
	q.list = q.list[:0]
	return true
}
