package merge

import (
	"crypto/sha256"
	"iter"
	"maps"
	"slices"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/read"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

// affected is the part of a graph that a load may change, before and after: each quad
// once, in the order of arrival, so that reports are in order too. Two quads are equal if
// their canonical lines are.
type affected struct {
	at    map[[16]byte]int // by the digest of the line, cut to 128 bits
	quads []quad.Quad
	marks []mark               // parallel to quads
	of    map[quad.IRI][]int   // those that a source, or the ontology, labels
	kinds map[quad.Value][]int // those that give a node its kind; records have none here
	line  []byte               // of the last quad
}

// mark is the set of states a quad is in.
type mark uint8

const (
	was      mark = 1 << iota // in the store
	is                        // in the store after the load so far
	next                      // in the new version of the current source
	streamed                  // it is in a stream, which deltas leave out
)

func newPart() *affected {
	return &affected{at: map[[16]byte]int{}, of: map[quad.IRI][]int{}, kinds: map[quad.Value][]int{}}
}

// put adds the states s to a quad under src.
func (p *affected) put(src quad.IRI, q quad.Quad, s mark) error {
	line, err := nquads.AppendQuad(p.line[:0], q)
	if err != nil {
		return err
	}
	p.line = line
	sum := sha256.Sum256(line)
	key := [16]byte(sum[:])
	i, there := p.at[key]
	if !there {
		i = len(p.quads)
		p.at[key] = i
		p.append(src, q, 0)
	}
	p.marks[i] |= s
	return nil
}

func (p *affected) append(src quad.IRI, q quad.Quad, s mark) {
	i := len(p.quads)
	p.quads, p.marks, p.of[src] = append(p.quads, q), append(p.marks, s), append(p.of[src], i)
	if q.Predicate == schema.Type && !agree.IsRecord(q.Object) {
		p.kinds[q.Subject] = append(p.kinds[q.Subject], i)
	}
}

// room reserves memory for so many entities.
func (p *affected) room(entities int) {
	p.quads, p.marks = slices.Grow(p.quads, entities), slices.Grow(p.marks, entities)
	kinds := make(map[quad.Value][]int, len(p.kinds)+entities)
	maps.Copy(kinds, p.kinds)
	p.kinds = kinds
}

// note notes a quad that the store will have from a stream, and that it has not.
func (p *affected) note(src quad.IRI, q quad.Quad) { p.append(src, q, is|streamed) }

// all are the quads that the store will have of the part.
func (p *affected) all() iter.Seq2[int, quad.Quad] {
	return func(yield func(int, quad.Quad) bool) {
		for i, q := range p.quads {
			if p.marks[i]&is != 0 && !yield(i, q) {
				return
			}
		}
	}
}

// under are those of a source, or of the ontology.
func (p *affected) under(src quad.IRI) iter.Seq2[int, quad.Quad] { return p.now(p.of[src]) }

// kindsOf are those that give a node its kind.
func (p *affected) kindsOf(node quad.Value) iter.Seq2[int, quad.Quad] { return p.now(p.kinds[node]) }

// now are those of a list that the store will have.
func (p *affected) now(list []int) iter.Seq2[int, quad.Quad] {
	return func(yield func(int, quad.Quad) bool) {
		for _, i := range list {
			if p.marks[i]&is != 0 && !yield(i, p.quads[i]) {
				return
			}
		}
	}
}

// next records the new version of a source, for compare and swap.
func (p *affected) next(src quad.IRI, quads []quad.Quad) error {
	for _, q := range quads {
		if err := p.put(src, q, next); err != nil {
			return err
		}
	}
	return nil
}

// compare lists claim by claim how the new version of a source differs from the stored
// one, and whether there is a stored one. Quads of no claim come under the empty name.
func (p *affected) compare(src quad.IRI) (list [][2]string, has bool) {
	const old, fresh, differs = 1, 2, 4
	claims := map[string]int{}
	for _, i := range p.of[src] {
		s, found := p.marks[i], 0
		if s&is != 0 {
			found |= old
		}
		if s&next != 0 {
			found |= fresh
		}
		if found == old || found == fresh {
			found |= differs
		}
		has = has || found&old != 0
		if found != 0 {
			claims[claimOf(p.quads[i], src)] |= found
		}
	}
	for _, id := range slices.Sorted(maps.Keys(claims)) {
		switch found := claims[id]; {
		case found&differs == 0:
		case found&old == 0:
			list = append(list, [2]string{id, "added"})
		case found&fresh == 0:
			list = append(list, [2]string{id, "removed"})
		default:
			list = append(list, [2]string{id, "changed"})
		}
	}
	return list, has
}

// swap replaces the stored version of a source by the new one.
func (p *affected) swap(src quad.IRI) (added, removed int) {
	for _, i := range p.of[src] {
		s := p.marks[i]
		switch {
		case s&next != 0 && s&is == 0:
			added++
			s |= is
		case s&next == 0 && s&is != 0:
			removed++
			s &^= is
		}
		p.marks[i] = s &^ next
	}
	return added, removed
}

// deltas returns the changes: removals first.
func (p *affected) deltas() []cayley.Delta {
	var gone, come []cayley.Delta
	for i, s := range p.marks {
		switch s & (was | is | streamed) {
		case was:
			gone = append(gone, cayley.Delta{Quad: p.quads[i], Action: cayley.Delete})
		case is:
			come = append(come, cayley.Delta{Quad: p.quads[i], Action: cayley.Add})
		}
	}
	return append(gone, come...)
}

// claimOf is the id of the claim a quad of the source belongs to.
func claimOf(q quad.Quad, src quad.IRI) string {
	iri := read.IRI(q.Label)
	if iri == src {
		iri = read.IRI(q.Subject)
	}
	id, isClaim := strings.CutPrefix(string(iri), string(src)+"/claim/")
	if !isClaim {
		return ""
	}
	id, _, _ = strings.Cut(id, "/")
	return id
}
