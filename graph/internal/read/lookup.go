package read

import (
	"cmp"
	"context"
	"hash/maphash"

	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
)

// IndexReader reads quads from the index of a store of kg's, without a plan: most reads
// are a hop or two, and a plan costs ten times the reading.
type IndexReader struct {
	numbering  *plan.Numbering
	predicates map[quad.IRI]term.ID
	cursor     plan.Cursor
	ends       []term.ID
	free       []*patternReader
	last       [512]lastTerm
	known      []lastTerm // IRIs whose numbers were read last, by their hash
}

// mostKnown is how many IRIs have their ids cached.
const mostKnown = 1 << 12

var seed = maphash.MakeSeed()

// lastTerm is one of the terms that were read last: quads have the same predicates,
// labels and kinds again and again.
type lastTerm struct {
	id    term.ID
	value quad.Value
}

// patternReader is a walk over the quads of a pattern. Others may begin before it ends.
type patternReader struct {
	cursor plan.Cursor
	quads  []term.Quad
}

// Index returns the index that plans read, nil for a store of Cayley's.
func (r *Quads) Index() (plan.Index, error) {
	if s, ok := r.QS.(interface{ Index() (plan.Index, error) }); ok {
		return s.Index()
	}
	return nil, nil
}

// OwnIndex is Index where all quads are at hand: nil for a store on a server, too.
func (r *Quads) OwnIndex() (plan.Index, error) {
	if qs, ok := r.QS.(*store.QuadStore); ok && qs.IsFed() {
		return nil, nil
	}
	return r.Index()
}

// looked returns the objects of subject and predicate. ok is false for a store of
// Cayley's.
func (r *Quads) looked(subject quad.Value, predicate quad.IRI) (list []quad.Value, ok bool, err error) {
	ix, err := r.Index()
	if ix == nil || err != nil {
		return nil, false, err
	}
	defer snapshot.Catch(&err)
	l := r.Terms(ix)
	var p term.Pattern
	if p.Quad[term.Predicate], err = l.Predicate(ix, predicate); err != nil || p.Quad[term.Predicate] == term.None {
		return nil, true, err
	}
	if p.Quad[term.Subject], err = l.Resolve(ix, subject); err != nil || p.Quad[term.Subject] == term.None {
		return nil, true, err
	}
	for l.cursor.Begin(p); !l.cursor.Done; {
		n := ix.Ends(&l.cursor, term.Object, l.ends)
		for _, id := range l.ends[:n] {
			value, err := l.Value(ix, id)
			if err != nil {
				return nil, true, err
			}
			list = append(list, value)
		}
		if n == 0 {
			break
		}
	}
	return list, true, nil
}

// Terms are those for an index.
func (r *Quads) Terms(ix plan.Index) *IndexReader {
	l := &r.lookups
	if l.numbering != ix.Numbering() {
		*l = IndexReader{numbering: ix.Numbering(), predicates: map[quad.IRI]term.ID{}, ends: make([]term.ID, 64)}
	}
	return l
}

// read gives the quads of an index that match p, and ends with the first error.
func (r *Quads) read(ctx context.Context, ix plan.Index, p quad.Quad, yield func(quad.Quad, error) bool) {
	l := r.Terms(ix)
	pattern, some, err := l.pattern(ix, p)
	if err != nil || !some {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			yield(quad.Quad{}, err)
		}
		return
	}
	walk := l.begin(pattern)
	defer func() { l.free = append(l.free, walk) }()
	for err == nil && !walk.cursor.Done {
		var n int
		if n, err = walk.next(ctx, ix); n == 0 {
			break
		}
		for _, found := range walk.quads[:n] {
			q := p
			err = l.fill(ix, found, &q)
			if !yield(q, err) || err != nil {
				return
			}
		}
	}
	if err != nil {
		yield(quad.Quad{}, err)
	}
}

// pattern is p in the terms of an index. It selects nothing if one of them is
// unknown there.
func (l *IndexReader) pattern(ix plan.Index, p quad.Quad) (pattern term.Pattern, some bool, err error) {
	for position, d := range quad.Directions {
		value := p.Get(d)
		if value == nil {
			continue
		}
		id := term.None
		if iri, ok := value.(quad.IRI); ok && d == quad.Predicate {
			id, err = l.Predicate(ix, iri)
		} else {
			id, err = l.Resolve(ix, value)
		}
		if err != nil || id == term.None {
			return pattern, false, err
		}
		pattern.Quad[position] = id
	}
	return pattern, true, nil
}

func (l *IndexReader) begin(p term.Pattern) *patternReader {
	r := &patternReader{}
	if n := len(l.free); n > 0 {
		r, l.free = l.free[n-1], l.free[:n-1]
	} else {
		r.quads = make([]term.Quad, 16)
	}
	r.cursor.Begin(p)
	return r
}

// next reads more quads, and more at a time when there are many.
func (r *patternReader) next(ctx context.Context, ix plan.Index) (n int, err error) {
	defer snapshot.Catch(&err)
	if r.cursor.Begun && len(r.quads) < 256 {
		r.quads = make([]term.Quad, 256)
	}
	return ix.Quads(&r.cursor, r.quads), ctx.Err()
}

// fill sets the terms of a quad that are not set.
func (l *IndexReader) fill(ix plan.Index, found term.Quad, q *quad.Quad) (err error) {
	defer snapshot.Catch(&err)
	for position, d := range quad.Directions {
		if found[position] == term.None || q.Get(d) != nil {
			continue
		}
		value, err := l.Value(ix, found[position])
		if err != nil {
			return err
		}
		q.Set(d, value)
	}
	return nil
}

// Value is the term of a number.
func (l *IndexReader) Value(ix plan.Index, id term.ID) (quad.Value, error) {
	k := &l.last[int(id)%len(l.last)]
	if k.id != id || k.value == nil {
		value, err := ix.Value(id)
		if err != nil {
			return nil, err
		}
		*k = lastTerm{id, value}
		l.Know(id, value)
	}
	return k.value, nil
}

// slot returns the cache slot of an IRI.
func (l *IndexReader) slot(iri quad.IRI) *lastTerm {
	if l.known == nil {
		l.known = make([]lastTerm, mostKnown)
	}
	return &l.known[maphash.String(seed, string(iri))%mostKnown]
}

// Know keeps the number of a term: to find it by its text takes a search.
func (l *IndexReader) Know(id term.ID, value quad.Value) {
	if iri, ok := value.(quad.IRI); ok {
		*l.slot(iri) = lastTerm{id, value}
	}
}

// Resolve is the number of a term.
func (l *IndexReader) Resolve(ix plan.Index, value quad.Value) (term.ID, error) {
	iri, ok := value.(quad.IRI)
	if !ok {
		return ix.Resolve(refs.PreFetched(value))
	}
	k := l.slot(iri)
	if k.value == value {
		return k.id, nil
	}
	id, err := ix.Resolve(refs.PreFetched(value))
	if err == nil && id != term.None {
		*k = lastTerm{id, value}
	}
	return id, err
}

// Predicate returns the id of a predicate, which is cached.
func (l *IndexReader) Predicate(ix plan.Index, predicate quad.IRI) (term.ID, error) {
	id, known := l.predicates[predicate]
	if known {
		return id, nil
	}
	id, err := ix.Resolve(refs.PreFetched(predicate))
	if err == nil {
		l.predicates[predicate] = id
	}
	return id, err
}
