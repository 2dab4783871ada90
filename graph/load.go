package graph

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// LoadOptions say how to load.
type LoadOptions struct {
	Base    schema.Base
	Replace bool // put a known source's new content in place of the old
	DryRun  bool // find out what would change, and change nothing
}

// Loaded tells what loading did to one source.
type Loaded struct {
	Source         quad.IRI
	Entities       int
	Claims         int
	Added, Removed int           // quads
	Changes        []ClaimChange // by claim
	Shared         []quad.IRI    // entities that other sources speak of too
}

// ClaimChange is what loading did to one claim: added, removed or changed it.
type ClaimChange struct{ Claim, Change string }

// ConflictError is the refusal to load what contradicts the store.
type ConflictError struct{ Msg string }

func (e *ConflictError) Error() string { return e.Msg }

// Load puts checked claims files and their ontology into the store at path,
// making it if there is none: all of them, or nothing. Loading the same again
// changes nothing. A known source with other content is a *ConflictError
// naming the claims that differ, unless it is to be replaced.
func Load(path string, o *schema.Ontology, docs []*schema.Checked, opt LoadOptions) ([]Loaded, error) {
	if !opt.DryRun {
		unlock, err := lock(path)
		if err != nil {
			return nil, err
		}
		defer unlock()
	}
	old, err := readFile(path)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return nil, fmt.Errorf("opening store %q: %w", path, err)
	}
	set, err := newLines(old)
	if err != nil {
		return nil, fmt.Errorf("opening store %q: %w", path, err)
	}
	m := &merge{set: set, opt: opt}
	report, err := m.all(o, docs)
	if err != nil {
		return nil, err
	}
	if opt.DryRun || !m.changed && !fresh {
		return report, nil
	}
	if err := ReplaceFile(path, set.writeTo); err != nil {
		return nil, fmt.Errorf("writing store %q: %w", path, err)
	}
	return report, nil
}

// InMemory returns a store of its own with the claims files in it, which no
// file keeps.
func InMemory(o *schema.Ontology, docs []*schema.Checked, base schema.Base) (*Store, error) {
	m := &merge{set: lines{}, opt: LoadOptions{Base: base}}
	if _, err := m.all(o, docs); err != nil {
		return nil, err
	}
	return newStore(slices.Collect(maps.Values(m.set))), nil
}

// merge changes a set of quads, and remembers whether it did.
type merge struct {
	set     lines
	opt     LoadOptions
	changed bool
}

func (m *merge) all(o *schema.Ontology, docs []*schema.Checked) ([]Loaded, error) {
	if err := m.ontology(o); err != nil {
		return nil, err
	}
	var report []Loaded
	seen := map[quad.IRI]bool{}
	for _, doc := range docs {
		l, err := m.source(doc)
		if err != nil {
			return nil, err
		}
		if seen[l.Source] && l.Added+l.Removed > 0 {
			return nil, &ConflictError{fmt.Sprintf("loading source %s: two of the files have it, with different content: %s",
				m.opt.Base.Short(l.Source), differing(l.Changes))}
		}
		seen[l.Source] = true
		report = append(report, l)
	}
	return report, m.oneKind()
}

// swap takes away the lines of old that are not in new, and adds those of new.
func (m *merge) swap(old, new lines) (added, removed int) {
	for line := range old {
		if _, stays := new[line]; !stays {
			delete(m.set, line)
			removed++
		}
	}
	for line, q := range new {
		if _, there := m.set[line]; !there {
			m.set[line] = q
			added++
		}
	}
	m.changed = m.changed || added+removed > 0
	return added, removed
}

// ontology brings the terms of o up to date, and keeps those that only
// earlier loads knew.
func (m *merge) ontology(o *schema.Ontology) error {
	terms, err := newLines(o.Quads())
	if err != nil {
		return err
	}
	known := map[quad.Value]bool{}
	for _, q := range terms {
		known[q.Subject] = true
	}
	old := lines{}
	for line, q := range m.set {
		if q.Label == schema.OntologyIRI && known[q.Subject] {
			old[line] = q
		}
	}
	m.swap(old, terms)
	return nil
}

func (m *merge) source(doc *schema.Checked) (Loaded, error) {
	src := doc.SourceIRI()
	l := Loaded{Source: src}
	l.Entities, l.Claims = doc.Counts()
	now, err := newLines(doc.Quads())
	if err != nil {
		return l, fmt.Errorf("loading source %s: %w", m.opt.Base.Short(src), err)
	}
	before := lines{}
	for line, q := range m.set {
		if ofSource(q.Label, src) {
			before[line] = q
		}
	}
	if len(before) > 0 && !m.opt.Replace && !maps.EqualFunc(before, now, func(_, _ quad.Quad) bool { return true }) {
		return l, &ConflictError{fmt.Sprintf("loading source %s: it is in the store with other content: %s; --replace puts the new in place of the old",
			m.opt.Base.Short(src), differing(changes(before, now, src)))}
	}
	l.Changes = changes(before, now, src)
	l.Added, l.Removed = m.swap(before, now)
	l.Shared = m.shared(now, src)
	return l, nil
}

// ofSource tells whether a label is that of the source or of one of its claims.
func ofSource(label quad.Value, src quad.IRI) bool {
	iri, ok := label.(quad.IRI)
	return ok && (iri == src || strings.HasPrefix(string(iri), string(src)+"/claim/"))
}

// changes compares two versions of a source claim by claim. What belongs to no
// claim comes under the empty name.
func changes(before, now lines, src quad.IRI) []ClaimChange {
	old, fresh, differ := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for line, q := range before {
		id := claimOf(q, src)
		old[id] = true
		_, same := now[line]
		differ[id] = differ[id] || !same
	}
	for line, q := range now {
		id := claimOf(q, src)
		fresh[id] = true
		_, same := before[line]
		differ[id] = differ[id] || !same
	}
	var list []ClaimChange
	for _, id := range slices.Sorted(maps.Keys(differ)) {
		switch {
		case !differ[id]:
		case !old[id]:
			list = append(list, ClaimChange{id, "added"})
		case !fresh[id]:
			list = append(list, ClaimChange{id, "removed"})
		default:
			list = append(list, ClaimChange{id, "changed"})
		}
	}
	return list
}

// claimOf is the id of the claim a quad of the source belongs to.
func claimOf(q quad.Quad, src quad.IRI) string {
	iri := iriOf(q.Label)
	if iri == src {
		iri = iriOf(q.Subject)
	}
	id, isClaim := strings.CutPrefix(string(iri), string(src)+"/claim/")
	if !isClaim {
		return ""
	}
	id, _, _ = strings.Cut(id, "/")
	return id
}

// differing says which claims changed, in words.
func differing(list []ClaimChange) string {
	var words []string
	for _, c := range list {
		if c.Claim == "" {
			words = append(words, "the source or its entities "+c.Change)
		} else {
			words = append(words, "claim "+c.Claim+" "+c.Change)
		}
	}
	return strings.Join(words, ", ")
}

// shared lists the named entities of src that other sources declare too.
func (m *merge) shared(now lines, src quad.IRI) []quad.IRI {
	mine := map[quad.Value]bool{}
	for _, q := range now {
		if _, named := m.opt.Base.NamedID(iriOf(q.Subject)); named && q.Predicate == schema.Type {
			mine[q.Subject] = true
		}
	}
	found := map[quad.IRI]bool{}
	for _, q := range m.set {
		if q.Predicate == schema.Type && q.Label != src && mine[q.Subject] {
			found[iriOf(q.Subject)] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// oneKind holds that a named id is one entity with one kind, whichever
// sources speak of it.
func (m *merge) oneKind() error {
	first := map[string]quad.Quad{}
	for _, line := range slices.Sorted(maps.Keys(m.set)) {
		q := m.set[line]
		if q.Predicate != schema.Type {
			continue
		}
		id, named := m.opt.Base.NamedID(iriOf(q.Subject))
		if !named {
			continue
		}
		if f, ok := first[id]; ok && f.Object != q.Object {
			short := func(v quad.Value) string { return m.opt.Base.Short(iriOf(v)) }
			return &ConflictError{fmt.Sprintf("entity %q is a %s in %s and a %s in %s: an id stands for one entity with one kind, so give one of them another id",
				id, short(f.Object), short(f.Label), short(q.Object), short(q.Label))}
		}
		first[id] = q
	}
	return nil
}

func iriOf(v quad.Value) quad.IRI {
	iri, _ := v.(quad.IRI)
	return iri
}
