package graph

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// calling is how one source calls an entity.
type calling struct {
	source quad.IRI
	label  quad.Quad       // of its name; of several the first in order
	fold   string          // of that name
	names  map[string]bool // the folds of its names
	also   map[string]bool // those, and the folds of its other names
}

// callings are how sources call one entity, by source.
type callings map[quad.IRI]*calling

// add notes a name or another name; other quads are passed over.
func (c callings) add(q quad.Quad) {
	if q.Predicate != schema.Label && q.Predicate != schema.AltLabel {
		return
	}
	src := iriOf(q.Label)
	one := c[src]
	if one == nil {
		one = &calling{source: src, names: map[string]bool{}, also: map[string]bool{}}
		c[src] = one
	}
	fold := schema.FoldName(Text(q.Object))
	one.also[fold] = true
	if q.Predicate == schema.Label {
		one.names[fold] = true
		if one.label.Object == nil || Text(q.Object) < Text(one.label.Object) {
			one.label, one.fold = q, fold
		}
	}
}

// unconfirmed lists the pairs of sources that call the entity by different
// names, neither of which has the other's among its other names. The first of a
// pair is of those to be judged.
func (c callings) unconfirmed(judged func(source quad.IRI) bool) (pairs [][2]*calling) {
	list := slices.SortedFunc(maps.Values(c), func(a, b *calling) int { return cmp.Compare(a.source, b.source) })
	list = slices.DeleteFunc(list, func(one *calling) bool { return len(one.names) == 0 })
	for i, a := range list {
		if !judged(a.source) {
			continue
		}
		for j, b := range list {
			if once := j < i || !judged(b.source); once && i != j && !a.agrees(b) {
				pairs = append(pairs, [2]*calling{a, b})
			}
		}
	}
	return pairs
}

// agrees tells whether two sources have a name in common, or one of them has
// the other's name among its other names.
func (c *calling) agrees(other *calling) bool {
	if c.fold == other.fold { // as nearly all do
		return true
	}
	return overlap(c.names, other.also) || overlap(other.names, c.also)
}

func overlap(a, b map[string]bool) bool {
	for name := range a {
		if b[name] {
			return true
		}
	}
	return false
}

// oneName holds that a named id is one entity, whichever sources speak of it:
// they call it alike, or one of them confirms that the other's name is its too.
// What the load does not change is not judged again.
func (m *merge) oneName() error {
	var called []int // quads by which the sources call entities
	for i, q := range m.part.all() {
		if m.seen[iriOf(q.Label)] && (q.Predicate == schema.Label || q.Predicate == schema.AltLabel) {
			called = append(called, i)
		}
	}
	slices.SortStableFunc(called, func(i, j int) int {
		return cmp.Compare(iriOf(m.part.quads[i].Subject), iriOf(m.part.quads[j].Subject))
	})
	for from, to := 0, 0; from < len(called); from = to {
		entity := iriOf(m.part.quads[called[from]].Subject)
		names := callings{}
		for ; to < len(called) && m.part.quads[called[to]].Subject == entity; to++ {
			names.add(m.part.quads[called[to]])
		}
		if err := m.namesElsewhere(entity, names); err != nil {
			return err
		}
		pairs := names.unconfirmed(func(src quad.IRI) bool { return m.changed[src] })
		for i, pair := range pairs {
			if slices.ContainsFunc(pairs[:i], func(told [2]*calling) bool { return told[0] == pair[0] && told[1].fold == pair[1].fold }) {
				continue // one source with that name is enough
			}
			short := m.opt.Base.Short
			here, there := Text(pair[0].label.Object), Text(pair[1].label.Object)
			m.refuse(m.place(pair[0].label), "%s is %s in %s and %s in %s: if they are one, confirm it here with also: [%[4]s]; if not, give this one another id",
				short(entity), quoted(here), short(pair[0].source), quoted(there), short(pair[1].source))
		}
	}
	return nil
}

// namesElsewhere adds how the sources that the load does not change call an
// entity that it names.
func (m *merge) namesElsewhere(entity quad.IRI, names callings) error {
	if !slices.ContainsFunc(slices.Collect(maps.Values(names)), func(c *calling) bool { return len(c.names) > 0 }) {
		return nil
	}
	var found []quad.Quad
	for _, predicate := range []quad.IRI{schema.Label, schema.AltLabel} {
		if err := m.elsewhere(entity, predicate, func(q quad.Quad) { found = append(found, q) }); err != nil {
			return err
		}
	}
	for _, q := range found {
		is, err := m.isSource(iriOf(q.Label))
		if err != nil {
			return err
		}
		if is {
			names.add(q)
		}
	}
	return nil
}

// isSource tells whether a label is that of a source in the store: what other
// graphs call an entity is theirs.
func (m *merge) isSource(label quad.IRI) (is bool, err error) {
	if known, ok := m.labels[label]; ok {
		return known, nil
	}
	err = m.view.each(m.ctx, quad.Quad{Subject: label, Predicate: schema.Type}, func(q quad.Quad) {
		is = is || q.Object == schema.SourceClass && q.Label == label
	})
	m.labels[label] = is
	return is, err
}
