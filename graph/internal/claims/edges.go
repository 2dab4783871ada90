package claims

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
)

// onlyStated finds the edges that only some claims state; a denied edge is not stated.
// For many claims the graph is scanned once, in order; for few each edge is looked up.
type onlyStated struct {
	read.Columns
	shown  *store.IDs // of the same state, without the edges of these claims
	claims []Fallen
	ranks  map[term.ID]int // where the claims stand that state something
	found  []statedBy
	text   [2][]byte
	last   struct {
		subject, label term.ID
		inner          bool
	}
}

// statedBy is an edge, and the first of the claims that state it.
type statedBy struct {
	rank int
	quad term.Quad
}

// scanned is how many quads are scanned in the time of looking up the edges of one claim.
const scanned = 64

// OnlyStated returns the edges that only these claims state; shown is the same state
// without their edges.
func OnlyStated(c read.Columns, shown *store.IDs, claims []Fallen) ([]quad.Quad, error) {
	o := &onlyStated{Columns: c, shown: shown, claims: claims, ranks: map[term.ID]int{}}
	return o.edges()
}

// edges are in the order of the claims, and those of a claim in that of Asserted.
func (o *onlyStated) edges() ([]quad.Quad, error) {
	for i, c := range o.claims {
		if !c.Denies {
			o.ranks[c.ID] = i
		}
	}
	find := o.lookUp
	if uint64(len(o.ranks))*scanned > o.IDs.Count(term.Pattern{}) {
		find = o.scan
	}
	if err := find(); err != nil {
		return nil, err
	}
	return o.read()
}

// inner reports whether a quad is of a figure's own parts.
func (o *onlyStated) inner(q term.Quad) bool {
	if subject, label := q[term.Subject], q[term.Label]; subject != o.last.subject || label != o.last.label {
		o.last.inner = Under(o.IDs, subject, label, &o.text)
		o.last.subject, o.last.label = subject, label
	}
	return o.last.inner
}

// lookUp looks up the edges of each claim.
func (o *onlyStated) lookUp() error {
	seen := map[term.Quad]bool{}
	for rank, c := range o.claims {
		if c.Denies {
			continue
		}
		err := o.IDs.Each(o.Ctx, term.Pattern{Quad: term.Quad{term.Label: c.ID}}, func(q term.Quad) {
			edge := q
			edge[term.Label] = term.None
			if !o.inner(q) && !seen[edge] && o.shown.Count(term.Pattern{Quad: edge}) == 0 {
				seen[edge] = true
				o.found = append(o.found, statedBy{rank, q})
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// scan goes through all quads, which are ordered by edge.
func (o *onlyStated) scan() error {
	stating := make(read.IDSet, int(o.IDs.Last())/64+1)
	for id := range o.ranks {
		stating.Add(int(id))
	}
	var edge term.Quad
	by, shown := statedBy{rank: -1}, false
	end := func() {
		if by.rank >= 0 && !shown {
			o.found = append(o.found, by)
		}
		by.rank, shown = -1, false
	}
	err := o.IDs.Each(o.Ctx, term.Pattern{}, func(q term.Quad) {
		label := q[term.Label]
		if q[term.Label] = term.None; q != edge {
			end()
			edge = q
		}
		q[term.Label] = label
		switch {
		case shown:
		case !o.shown.Hides(label):
			shown = true
		case stating.Has(int(label)) && !o.inner(q):
			if rank := o.ranks[label]; by.rank < 0 || rank < by.rank {
				by = statedBy{rank, q}
			}
		}
	})
	end()
	return err
}

// read returns the edges found in order, as quads.
func (o *onlyStated) read() ([]quad.Quad, error) {
	slices.SortFunc(o.found, func(a, b statedBy) int { return cmp.Or(a.rank-b.rank, slices.Compare(a.quad[:], b.quad[:])) })
	quads := make([]quad.Quad, len(o.found))
	predicates := map[term.ID]quad.Value{}
	var subject quad.Value
	for i, f := range o.found {
		if i == 0 || f.quad[term.Subject] != o.found[i-1].quad[term.Subject] {
			value, err := o.IDs.Value(f.quad[term.Subject])
			if err != nil {
				return nil, err
			}
			subject = value
		}
		predicate := predicates[f.quad[term.Predicate]]
		if predicate == nil {
			value, err := o.IDs.Value(f.quad[term.Predicate])
			if err != nil {
				return nil, err
			}
			predicate, predicates[f.quad[term.Predicate]] = value, value
		}
		object, err := o.IDs.Value(f.quad[term.Object])
		if err != nil {
			return nil, err
		}
		quads[i] = quad.Quad{Subject: subject, Predicate: predicate, Object: object, Label: o.claims[f.rank].IRI}
	}
	for from, to := 0, 0; from < len(quads); from = to {
		for to = from + 1; to < len(quads) && o.found[to].rank == o.found[from].rank; {
			to++
		}
		slices.SortFunc(quads[from:to], func(a, b quad.Quad) int { return read.CompareTriples(a, b) })
	}
	return quads, nil
}

// Under reports whether a term lies under another, in the sense of schema.IRI.Under.
func Under(ids *store.IDs, id, root term.ID, text *[2][]byte) bool {
	text[0], _ = ids.AppendText(text[0][:0], id)
	text[1], _ = ids.AppendText(text[1][:0], root)
	return bytes.HasPrefix(text[0], append(text[1], '/'))
}
