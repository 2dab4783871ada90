package session

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// terms are some of the terms that were read last: rows and their quads have the
// same predicates, labels and nodes again and again.
type terms struct {
	last   []termEntry
	misses int
}

// The number of cached terms: more for a query that reads many.
const (
	fewTerms  = 128
	mostTerms = 1 << 13
)

type termEntry struct {
	node plan.TermRef
	term quad.Value
}

// of is the term of a node.
func (t *terms) of(qs graph.QuadStore, n plan.TermRef) (quad.Value, error) {
	if t.misses == 4*len(t.last) && t.misses < 4*mostTerms {
		t.last, t.misses = make([]termEntry, max(fewTerms, 8*len(t.last))), 0
	}
	k := &t.last[int(n.ID)%len(t.last)]
	if k.node != n {
		t.misses++
		v, err := qs.NameOf(n)
		if err != nil {
			return nil, err
		}
		*k = termEntry{n, v}
	}
	return k.term, nil
}

// quadsOf are the quads of links.
func (t *terms) quadsOf(qs graph.QuadStore, list []plan.QuadRef) ([]quad.Quad, error) {
	if len(list) == 0 {
		return nil, nil
	}
	quads := make([]quad.Quad, len(list))
	for i, link := range list {
		for position, id := range link.Quad {
			if id == term.None {
				continue
			}
			v, err := t.of(qs, plan.TermRef{ID: id, In: link.In})
			if err != nil {
				return nil, err
			}
			quads[i].Set(quad.Directions[position], v)
		}
	}
	return quads, nil
}
