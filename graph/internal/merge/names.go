package merge

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/internal/strict"
	"kg/schema"
)

// oneName checks that a named id is one entity, whichever sources mention it: their names
// agree, or one of them confirms the other's name. Entities that the load does not change
// are not judged again.
func (m *merge) oneName() error {
	var called []int // quads by which the sources call entities
	for i, q := range m.part.all() {
		if m.seen[read.IRI(q.Label)] && (q.Predicate == schema.Label || q.Predicate == schema.AltLabel) {
			called = append(called, i)
		}
	}
	slices.SortStableFunc(called, func(i, j int) int {
		return cmp.Compare(read.IRI(m.part.quads[i].Subject), read.IRI(m.part.quads[j].Subject))
	})
	for from, to := 0, 0; from < len(called); from = to {
		entity := read.IRI(m.part.quads[called[from]].Subject)
		names := agree.Callings{}
		for ; to < len(called) && m.part.quads[called[to]].Subject == entity; to++ {
			names.Add(m.part.quads[called[to]])
		}
		if err := m.namesElsewhere(entity, names); err != nil {
			return err
		}
		pairs := names.Unconfirmed(func(src quad.IRI) bool { return m.changed[src] })
		for i, pair := range pairs {
			if slices.ContainsFunc(pairs[:i], func(told [2]*agree.Calling) bool { return told[0] == pair[0] && told[1].Fold == pair[1].Fold }) {
				continue // one source with that name is enough
			}
			short := m.opt.Base.Short
			here, there := term.TextOf(pair[0].Label.Object), term.TextOf(pair[1].Label.Object)
			m.refuse(m.position(pair[0].Label), "%s is %s in %s and %s in %s: if they are one, confirm it here with also: [%[4]s]; if not, give this one another id",
				short(entity), strict.Quoted(here), short(pair[0].Source), strict.Quoted(there), short(pair[1].Source))
		}
	}
	return nil
}

// namesElsewhere adds how the sources that the load does not change call an
// entity that it names.
func (m *merge) namesElsewhere(entity quad.IRI, names agree.Callings) error {
	if !slices.ContainsFunc(slices.Collect(maps.Values(names)), func(c *agree.Calling) bool { return len(c.Names) > 0 }) {
		return nil
	}
	var found []quad.Quad
	for _, predicate := range []quad.IRI{schema.Label, schema.AltLabel} {
		if err := m.elsewhere(entity, predicate, func(q quad.Quad) { found = append(found, q) }); err != nil {
			return err
		}
	}
	for _, q := range found {
		is, err := m.isSource(read.IRI(q.Label))
		if err != nil {
			return err
		}
		if is {
			names.Add(q)
		}
	}
	return nil
}

// isSource reports whether a label is that of a source in the store: names in other
// graphs are not judged.
func (m *merge) isSource(label quad.IRI) (is bool, err error) {
	if known, ok := m.labels[label]; ok {
		return known, nil
	}
	err = m.store.Do(m.ctx, quad.Quad{Subject: label, Predicate: schema.Type}, func(q quad.Quad) {
		is = is || q.Object == schema.SourceClass && q.Label == label
	})
	m.labels[label] = is
	return is, err
}
