package merge

import (
	"errors"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// oneText checks that a reading and its source are of the same text, in either order of
// loading. A source that the store does not have yet is no error.
func (m *merge) oneText(report []Loaded) error {
	for _, q := range m.part.all() {
		reading, source := read.IRI(q.Subject), read.IRI(q.Object)
		if q.Predicate != schema.ReadingOf || !m.seen[reading] {
			continue
		}
		there, err := m.ofOneText(reading, source)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(report, func(l Loaded) bool { return l.Source == reading }); i >= 0 && !there {
			report[i].ReadingOf = source
		}
	}
	for source := range m.seen {
		var failed error
		err := m.store.Do(m.ctx, quad.Quad{Predicate: schema.ReadingOf, Object: source}, func(q quad.Quad) {
			if reading := read.IRI(q.Subject); q.Label == q.Subject && !m.seen[reading] && failed == nil {
				_, failed = m.ofOneText(reading, source)
			}
		})
		if err := errors.Join(err, failed); err != nil {
			return err
		}
	}
	return nil
}

// ofOneText refuses a reading of another text than its source's. It reports whether
// there is such a source.
func (m *merge) ofOneText(reading, source quad.IRI) (bool, error) {
	its, there, err := m.textOf(source)
	if err != nil || !there {
		return false, err
	}
	own, _, err := m.textOf(reading)
	if err == nil && own != its {
		m.refusals = append(m.refusals, "loading sources: "+agree.OtherText(m.opt.Base, reading, source, own, its))
	}
	return true, err
}

// textOf is the digest of a source's text as it will be, and whether there is such a
// source.
func (m *merge) textOf(source quad.IRI) (digest string, there bool, err error) {
	note := func(q quad.Quad) {
		if q.Subject == quad.Value(source) {
			there = true
			if q.Predicate == schema.SHA256 {
				digest = term.TextOf(q.Object)
			}
		}
	}
	if !m.seen[source] {
		err = m.store.Do(m.ctx, quad.Quad{Subject: source, Label: source}, note)
		return digest, there, err
	}
	for _, q := range m.part.under(source) {
		note(q)
	}
	return digest, there, nil
}
