package merge

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// shared lists the named entities of src that other sources declare too.
func (m *merge) shared(src quad.IRI) (found []quad.IRI, err error) {
	for _, q := range m.part.under(src) {
		entity := read.IRI(q.Subject)
		if _, named := m.opt.Base.NamedID(entity); !named || q.Predicate != schema.Type {
			continue
		}
		var elsewhere []quad.Quad
		for _, other := range m.part.kindsOf(entity) {
			if other.Label != src {
				elsewhere = append(elsewhere, other)
			}
		}
		if len(elsewhere) == 0 {
			if elsewhere, err = m.kindsElsewhere(entity); err != nil {
				return nil, err
			}
		}
		if len(elsewhere) > 0 {
			found = append(found, entity)
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// kindsElsewhere lists the quads that give an entity a kind in the part of the
// store that the load does not change.
func (m *merge) kindsElsewhere(entity quad.IRI) (list []quad.Quad, err error) {
	err = m.elsewhere(entity, schema.Type, func(q quad.Quad) { list = append(list, q) })
	return list, err
}

// elsewhere calls do with the quads of subject and predicate in the part of the
// store that the load does not change.
func (m *merge) elsewhere(subject quad.Value, predicate quad.IRI, do func(quad.Quad)) error {
	return m.store.Do(m.ctx, quad.Quad{Subject: subject, Predicate: predicate}, func(q quad.Quad) {
		if !m.owns(q.Label) {
			do(q)
		}
	})
}

// oneKind checks that a named id is one entity with one kind, whichever sources mention
// it. Only additions of the load can violate that.
func (m *merge) oneKind() error {
	byID, fresh := map[string][]quad.Quad{}, map[string]bool{}
	for i, q := range m.part.all() {
		if q.Predicate != schema.Type {
			continue
		}
		if id, named := m.opt.Base.NamedID(read.IRI(q.Subject)); named {
			byID[id] = append(byID[id], q)
			fresh[id] = fresh[id] || m.part.marks[i]&was == 0
		}
	}
	folders, err := m.inhabited()
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		if !fresh[id] {
			continue
		}
		var kinds []quad.Quad
		for _, folder := range folders {
			entity := m.opt.Base.Named(folder, id)
			if _, named := m.opt.Base.NamedID(entity); !named {
				continue // a source may have the id of an entity
			}
			elsewhere, err := m.kindsElsewhere(entity)
			if err != nil {
				return err
			}
			kinds = append(kinds, elsewhere...)
		}
		m.sameKind(id, append(kinds, byID[id]...))
	}
	return nil
}

func (m *merge) sameKind(id string, kinds []quad.Quad) {
	short := func(v quad.Value) string { return m.opt.Base.Short(read.IRI(v)) }
	for _, q := range kinds {
		if f := kinds[0]; q.Object != f.Object {
			m.refuse(m.position(q, f), "entity %q is a %s in %s and a %s in %s: an id stands for one entity with one kind, so give one of them another id",
				id, short(f.Object), short(f.Label), short(q.Object), short(q.Label))
			return
		}
	}
}

// refuse notes why the load contradicts itself or the store, and where.
func (m *merge) refuse(position, format string, args ...any) {
	m.refusals = append(m.refusals, fmt.Sprintf("loading %s: %s", position, fmt.Sprintf(format, args...)))
}

// position returns the position of the first of these quads that is in a file, or else the
// sources of the load.
func (m *merge) position(quads ...quad.Quad) string {
	for _, q := range quads {
		for _, doc := range m.docs {
			if position := doc.Position(q); position != "" {
				return position
			}
		}
	}
	var short []string
	for _, src := range m.sources {
		short = append(short, m.opt.Base.Short(src))
	}
	return "source " + strings.Join(short, ", ")
}

// folders are the parts of IRIs under which entities live: one for each kind
// that this load or an earlier one knows.
func (m *merge) folders() []string {
	return slices.Sorted(maps.Values(m.classes()))
}

// classes are those folders, by kind.
func (m *merge) classes() map[quad.Value]string {
	folders := map[quad.Value]string{}
	for _, q := range m.part.under(schema.OntologyIRI) {
		if q.Predicate == schema.Type && q.Object == schema.Class {
			folders[q.Subject] = ""
		}
	}
	for _, q := range m.part.under(schema.OntologyIRI) {
		if _, is := folders[q.Subject]; is && q.Predicate == schema.Label {
			folders[q.Subject] = schema.Folder(term.TextOf(q.Object))
		}
	}
	return folders
}

// inhabited are those folders in which the store has an entity.
func (m *merge) inhabited() (folders []string, err error) {
	for kind, folder := range m.classes() {
		for _, err := range m.store.Each(m.ctx, quad.Quad{Predicate: schema.Type, Object: kind}) {
			if err != nil {
				return nil, err
			}
			folders = append(folders, folder)
			break
		}
	}
	slices.Sort(folders)
	return folders, nil
}
