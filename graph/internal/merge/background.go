package merge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/read"
	"kg/internal/document"
	"kg/schema"
)

// backgrounds brings the background of the sources up to date.
func (m *merge) backgrounds() (report []Loaded, err error) {
	for _, doc := range m.opt.Background {
		l, err := m.background(doc)
		if err != nil {
			return nil, fmt.Errorf("loading source %s: %w", m.opt.Base.Short(doc.SourceIRI()), err)
		}
		if l.Claims+l.Added+l.Removed > 0 {
			report = append(report, l)
		}
	}
	return report, nil
}

// background adds the claims of doc about the entities that its other sources declare,
// and about the ends of these claims. They follow from those sources alone: neither the
// order of loading nor an earlier version of doc leaves a trace. Entities that a source
// declares are not declared again: background does not state the kind or the name of a
// source's entity.
func (m *merge) background(doc *document.Checked) (Loaded, error) {
	b := &background{m: m, src: doc.SourceIRI(), base: doc.Base()}
	l := Loaded{Source: b.src}
	var now []quad.Quad
	if !m.opt.NoBackground {
		all := doc.Quads()
		taken, err := b.take(all)
		if err != nil {
			return l, err
		}
		if now, err = b.only(all, taken); err != nil {
			return l, err
		}
		l.Claims = len(taken)
	}
	for _, q := range now {
		if q.Predicate == schema.Type && q.Label == b.src && !agree.IsRecord(q.Object) {
			l.Entities++
		}
	}
	if err := m.part.next(b.src, now); err != nil {
		return l, err
	}
	l.Changes, _ = m.part.compare(b.src)
	l.Added, l.Removed = m.part.swap(b.src)
	return l, nil
}

// background is a source of background.
type background struct {
	m       *merge
	src     quad.IRI
	base    schema.Base
	folders []string // of all kinds
}

// declared reports whether another source declares an entity.
func (b *background) declared(entity quad.IRI) (bool, error) {
	kinds, err := b.m.kindsElsewhere(entity)
	for _, q := range b.m.part.kindsOf(entity) {
		kinds = append(kinds, q)
	}
	return slices.ContainsFunc(kinds, func(q quad.Quad) bool {
		label := string(read.IRI(q.Label))
		return !agree.OfSource(q.Label, b.src) && strings.HasPrefix(label, string(b.base.Source("")))
	}), err
}

// clash reports whether another source uses the id of one of the edges' ends for an
// entity of another kind.
func (b *background) clash(edges []quad.Quad) (bool, error) {
	if b.folders == nil {
		b.folders = b.m.folders()
	}
	for _, q := range edges {
		for _, end := range []quad.Value{q.Subject, q.Object} {
			id, named := b.base.NamedID(read.IRI(end))
			for _, folder := range b.folders {
				other := b.base.Named(folder, id)
				if !named || other == end {
					continue
				}
				if is, err := b.declared(other); is || err != nil {
					return is, err
				}
			}
		}
	}
	return false, nil
}

// take lists the claims about entities that a source declares, and about the ends of a
// claim taken, except those that clash.
func (b *background) take(all []quad.Quad) (taken map[string]bool, err error) {
	edges, about := map[string][]quad.Quad{}, map[quad.IRI][]string{} // by claim, and claims by their subjects
	for _, q := range all {
		if q.Label != b.src {
			id, subject := claimOf(q, b.src), read.IRI(q.Subject)
			edges[id], about[subject] = append(edges[id], q), append(about[subject], id)
		}
	}
	var spoken []quad.IRI
	for entity := range about {
		is, err := b.declared(entity)
		if err != nil {
			return nil, err
		}
		if is {
			spoken = append(spoken, entity)
		}
	}
	taken = map[string]bool{}
	for ; len(spoken) > 0; spoken = spoken[1:] {
		for _, id := range about[spoken[0]] {
			if taken[id] {
				continue
			}
			if is, err := b.clash(edges[id]); is || err != nil {
				if err != nil {
					return nil, err
				}
				continue
			}
			taken[id] = true
			for _, q := range edges[id] {
				spoken = append(spoken, read.IRI(q.Object))
			}
		}
	}
	return taken, nil
}

// only are the quads of the claims taken, of the source, and of those entities
// among theirs that no other source declares.
func (b *background) only(all []quad.Quad, taken map[string]bool) (now []quad.Quad, err error) {
	ends := map[quad.Value]bool{}
	for _, q := range all {
		if taken[claimOf(q, b.src)] || q.Subject == b.src && len(taken) > 0 {
			now = append(now, q)
			ends[q.Subject], ends[q.Object] = true, true
		}
	}
	for _, q := range all {
		if claimOf(q, b.src) != "" || !ends[q.Subject] {
			continue
		}
		is, err := b.declared(read.IRI(q.Subject))
		if err != nil {
			return nil, err
		}
		if !is {
			now = append(now, q)
		}
	}
	return now, nil
}
