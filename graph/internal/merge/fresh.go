package merge

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/store"
	"kg/internal/document"
	"kg/internal/rdf/nquads"
	"kg/schema"
)

// add merges a source that is new to the store. There is nothing to compare, and so its
// quads are counted and checked, and made when they are written: only what the load is
// judged by is held.
func (m *merge) add(doc *document.Checked, l *Loaded) (err error) {
	var v validity
	claims, plain := doc.ClaimQuads()
	if !plain {
		for q := range doc.Parts(1)[0] {
			if err := v.check(q); err != nil {
				return err
			}
		}
	}
	l.Added = claims
	m.part.room(l.Entities)
	for q := range doc.EntityQuads() {
		if err := v.check(q); err != nil {
			return err
		}
		l.Added++
		switch q.Predicate {
		case schema.Type, schema.Label, schema.AltLabel, schema.SameAs, schema.ReadingOf, schema.SHA256:
			m.part.note(l.Source, q)
		}
	}
	l.Changes = append(make([][2]string, 0, 1+l.Claims), [2]string{"", "added"}) // the source itself
	for _, id := range doc.ClaimIDs() {
		l.Changes = append(l.Changes, [2]string{id, "added"})
	}
	slices.SortFunc(l.Changes, func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) })
	m.seen[l.Source], m.changed[l.Source] = true, true
	m.streams = append(m.streams, store.Stream{Count: l.Added, Parts: doc.Parts})
	l.Shared, err = m.shared(l.Source)
	return err
}

// validity checks quads that come one after another.
type validity struct {
	line []byte
	last [4]quad.IRI
}

// check returns the error that keeps a quad out of N-Quads.
func (v *validity) check(q quad.Quad) (err error) {
	const long = 1 << 20 // less than any line can be
	v.line = v.line[:0]
	for i, d := range quad.Directions {
		iri, _ := q.Get(d).(quad.IRI)
		if iri != "" && iri == v.last[i] {
			continue
		}
		if v.line, err = nquads.AppendTerm(v.line, q.Get(d)); err != nil {
			break
		}
		v.last[i] = iri
	}
	if err != nil || len(v.line) > long {
		_, err = nquads.AppendQuad(nil, q)
	}
	return err
}

// subjects notes those of the quads of streams that are among some nodes.
func (m *merge) subjects(nodes map[quad.Value]bool, among map[quad.Value]bool) {
	for _, doc := range m.fresh {
		for q := range doc.Parts(1)[0] {
			if among[q.Subject] {
				nodes[q.Subject] = true
			}
		}
	}
}
