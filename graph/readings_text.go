package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// oneText holds that a reading and its source are of the same text, in whatever order
// they come. A source that the store does not have yet is not missed.
func (m *merge) oneText(report []Loaded) error {
	for _, q := range m.part.all() {
		reading, source := iriOf(q.Subject), iriOf(q.Object)
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
		err := m.view.each(m.ctx, quad.Quad{Predicate: schema.ReadingOf, Object: source}, func(q quad.Quad) {
			if reading := iriOf(q.Subject); q.Label == q.Subject && !m.seen[reading] && failed == nil {
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
		m.refusals = append(m.refusals, "loading sources: "+otherText(m.opt.Base, reading, source, own, its))
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
				digest = Text(q.Object)
			}
		}
	}
	if !m.seen[source] {
		err = m.view.each(m.ctx, quad.Quad{Subject: source, Label: source}, note)
		return digest, there, err
	}
	for _, q := range m.part.under(source) {
		note(q)
	}
	return digest, there, nil
}

func otherText(base schema.Base, reading, source quad.IRI, own, its string) string {
	if its == "" {
		return fmt.Sprintf("%s is another reading of %s, which stands in no text", base.Short(reading), base.Short(source))
	}
	return fmt.Sprintf("%s is another reading of %s, and the texts differ: their SHA-256 are %s and %s", base.Short(reading), base.Short(source), brief(own), brief(its))
}

// brief is the beginning of a digest.
func brief(digest string) string {
	if len(digest) > 12 {
		return digest[:12] + "…"
	}
	return digest
}

// readings checks that readings are of the text of their source.
func (a *audit) readings(ctx context.Context, v *View) error {
	of := map[quad.IRI]quad.IRI{}
	err := v.each(ctx, quad.Quad{Predicate: schema.ReadingOf}, func(q quad.Quad) {
		if a.sources[q.Subject] && q.Label == q.Subject {
			of[iriOf(q.Subject)] = iriOf(q.Object)
		}
	})
	if err != nil {
		return err
	}
	for reading, source := range of {
		if root := rootOf(reading, of); of[root] != "" {
			a.find("readings in a ring", reading, "it is a reading of a reading of itself: one of them must be the first")
		}
		if !a.sources[source] {
			continue
		}
		own, err := v.TextDigest(ctx, reading)
		if err != nil {
			return err
		}
		its, err := v.TextDigest(ctx, source)
		if err != nil {
			return err
		}
		if own != its {
			a.find("another text", reading, "%s", otherText(a.base, reading, source, own, its))
		}
	}
	return nil
}
