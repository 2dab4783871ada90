// Package claims reads claims: one by itself, and many at once by term ids: their order
// in a text, the number per source, and the claims that fall with others. The properties
// that claims files write for all claims are read predicate by predicate; a claim with
// more or fewer is read by itself.
package claims

import (
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Reader reads the claims of a store of kg's.
type Reader struct {
	read.Columns
	quads *read.Quads
	iris  read.IRIs
}

// NewReader reads the claims of a store by its numbers.
func NewReader(c read.Columns, quads *read.Quads) *Reader { return &Reader{c, quads, read.IRIs{}} }

// byID returns the claim with an id, nil for a term that is none.
func (r *Reader) byID(id term.ID) (*Claim, error) {
	value, err := r.IDs.Value(id)
	if err != nil || read.IRI(value) == "" {
		return nil, err
	}
	return Read(r.Ctx, r.quads, read.IRI(value))
}

// Split keeps the candidates of the class of claims and splits them: those that name
// their annotator are certainly claims, the others have to be read.
func (r *Reader) Split(candidates []term.ID) (sure, unsure []term.ID, err error) {
	kinds, err := r.Subjects(schema.Type, schema.ClaimClass)
	if err != nil {
		return nil, nil, err
	}
	by, err := r.Read(candidates, schema.AnnotatedBy)
	if err != nil {
		return nil, nil, err
	}
	at := 0
	for i, id := range candidates {
		at = read.Seek(kinds, at, id)
		if at == len(kinds) || kinds[at] != id {
			continue
		}
		is, err := r.iris.Is(r.IDs, by.Of[i])
		if err != nil {
			return nil, nil, err
		}
		if is && !by.Several[i] {
			sure = append(sure, id)
		} else {
			unsure = append(unsure, id)
		}
	}
	return sure, unsure, nil
}

// count counts the claims of every source that has one.
func (r *Reader) count() (map[quad.IRI]int, error) {
	all, err := r.Subjects(schema.Type, schema.ClaimClass)
	if err != nil {
		return nil, err
	}
	sure, unsure, err := r.Split(all)
	if err != nil {
		return nil, err
	}
	for _, id := range unsure {
		claim, err := r.byID(id)
		if err != nil {
			return nil, err
		}
		if claim != nil {
			sure = append(sure, id)
		}
	}
	slices.Sort(sure)
	counts := map[quad.IRI]int{}
	return counts, r.countBy(sure, schema.FromSource, counts)
}

// countBy counts the subjects of each object of a predicate.
func (r *Reader) countBy(subjects []term.ID, predicate quad.IRI, counts map[quad.IRI]int) (err error) {
	var p term.Pattern
	if p.Quad[term.Predicate], err = r.IDs.Find(predicate); err != nil || p.Quad[term.Predicate] == term.None {
		return err
	}
	by, at := map[term.ID]int{}, 0
	var last term.Quad // a statement with two labels counts once
	err = r.IDs.Each(r.Ctx, p, func(q term.Quad) {
		if at = read.Seek(subjects, at, q[term.Subject]); at < len(subjects) && subjects[at] == q[term.Subject] &&
			(last[term.Subject] != q[term.Subject] || last[term.Object] != q[term.Object]) {
			by[q[term.Object]]++
		}
		last = q
	})
	for id, n := range by {
		value, failed := r.IDs.Value(id)
		if failed != nil {
			return failed
		}
		if iri := read.IRI(value); iri != "" {
			counts[iri] += n
		}
	}
	return err
}
