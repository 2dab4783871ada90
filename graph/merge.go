package graph

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/rdf/nquads"
	"kg/graph/internal/store"
	"kg/schema"
)

// lines is a set of quads by their canonical line.
type lines map[string]quad.Quad

func newLines(quads []quad.Quad) (lines, error) {
	set := make(lines, len(quads))
	var buf []byte
	for _, q := range quads {
		var err error
		if buf, err = nquads.AppendQuad(buf[:0], q); err != nil {
			return nil, err
		}
		set[string(buf)] = q
	}
	return set, nil
}

// merge finds out what a load changes. It holds the part of the graph that the
// load may change, which is what the ontology and the sources it loads label:
// before, and as it will be.
type merge struct {
	ctx         context.Context
	view        *View // of the store; nil if there is none
	opt         LoadOptions
	docs        []*schema.Checked
	sources     []quad.IRI
	seen        map[quad.IRI]bool // those that are merged
	changed     map[quad.IRI]bool // those of which that adds or removes quads
	labels      map[quad.IRI]bool // of other quads: whether they are sources
	before, set lines
	refusals    []string // why the whole cannot be
}

// newMerge merges into a store, or into nothing.
func newMerge(ctx context.Context, qs *store.QuadStore, opt LoadOptions) *merge {
	m := &merge{
		ctx: ctx, opt: opt, before: lines{}, set: lines{},
		seen: map[quad.IRI]bool{}, changed: map[quad.IRI]bool{}, labels: map[quad.IRI]bool{},
	}
	if qs != nil {
		m.view = NewView(qs, opt.Base)
	}
	return m
}

// all merges the ontology and all sources, and says what that changes.
func (m *merge) all(o *schema.Ontology, docs []*schema.Checked) ([]cayley.Delta, []Loaded, error) {
	if err := m.read(docs); err != nil {
		return nil, nil, err
	}
	if err := m.ontology(o); err != nil {
		return nil, nil, err
	}
	var report []Loaded
	for _, doc := range docs {
		l, err := m.source(doc)
		if err != nil {
			return nil, nil, err
		}
		report = append(report, l)
	}
	known, err := m.backgrounds()
	if err != nil {
		return nil, nil, err
	}
	report = append(report, known...)
	if err := m.judge(report); err != nil {
		return nil, nil, err
	}
	if err := m.decide(report); err != nil {
		return nil, nil, err
	}
	return m.deltas(), report, nil
}

// judge holds the graph as it will be against what makes of sources one graph:
// an id is one entity, with one kind and names that agree, and what is joined
// is of one kind. All that is wrong is told at once.
func (m *merge) judge(report []Loaded) error {
	joining := m.joining()
	if err := errors.Join(m.oneKind(), m.oneName(), joining.oneKindJoined(), joining.missing(report)); err != nil {
		return err
	}
	if len(m.refusals) > 0 {
		return &ConflictError{strings.Join(m.refusals, "\n")}
	}
	return nil
}

// read reads what the load may change.
func (m *merge) read(docs []*schema.Checked) error {
	m.docs = docs
	for _, doc := range slices.Concat(docs, m.opt.Background) {
		m.sources = append(m.sources, doc.SourceIRI())
	}
	return m.readSources()
}

// readSources reads what the ontology and the sources of the load label.
func (m *merge) readSources() error {
	if m.view == nil {
		return nil
	}
	var quads []quad.Quad
	keep := func(q quad.Quad) { quads = append(quads, q) }
	err := m.view.each(m.ctx, quad.Quad{Label: schema.OntologyIRI}, keep)
	for _, src := range m.sources {
		if err == nil {
			err = m.view.under(m.ctx, src, keep)
		}
	}
	if err == nil {
		m.before, err = newLines(quads)
	}
	m.set = maps.Clone(m.before)
	return err
}

// owns tells whether what a label labels is the load's to change.
func (m *merge) owns(label quad.Value) bool {
	return label == schema.OntologyIRI || slices.ContainsFunc(m.sources, func(src quad.IRI) bool { return ofSource(label, src) })
}

// under calls do with every quad that a source or one of its claims labels.
func (v *View) under(ctx context.Context, src quad.IRI, do func(quad.Quad)) error {
	// A wildcard in the source's name makes the pattern match more labels.
	labels := shape.Filter{From: shape.AllNodes{}, Filters: []shape.ValueFilter{shape.Wildcard{Pattern: string(src) + "%"}}}
	it := shape.BuildIterator(ctx, v.qs, shape.Quads{{Dir: quad.Label, Values: labels}})
	for q, err := range v.walk(ctx, it) {
		if err != nil {
			return err
		}
		if ofSource(q.Label, src) {
			do(q)
		}
	}
	return nil
}

// ofSource tells whether a label is that of the source or of one of its claims.
func ofSource(label quad.Value, src quad.IRI) bool {
	iri, ok := label.(quad.IRI)
	return ok && (iri == src || schema.Under(iri, src+"/claim"))
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
	if slices.ContainsFunc(m.opt.Background, func(b *schema.Checked) bool { return b.SourceIRI() == src }) {
		return l, &ConflictError{fmt.Sprintf("loading source %s: kg itself keeps a source of that name, so give this one another id", m.opt.Base.Short(src))}
	}
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
	l.Changes = changes(before, now, src)
	if m.seen[src] && len(l.Changes) > 0 {
		return l, &ConflictError{fmt.Sprintf("loading source %s: two of the files have it, with different content: %s",
			m.opt.Base.Short(src), differing(l.Changes))}
	}
	m.seen[src] = true
	if len(before) > 0 && len(l.Changes) > 0 && !m.opt.Replace {
		return l, &ConflictError{fmt.Sprintf("loading source %s: it is in the store with other content: %s; --replace puts the new in place of the old",
			m.opt.Base.Short(src), differing(l.Changes))}
	}
	l.Added, l.Removed = m.swap(before, now)
	m.changed[src] = m.changed[src] || l.Added+l.Removed > 0
	l.Shared, err = m.shared(now, src)
	return l, err
}

// deltas are the changes in the order of their lines.
func (m *merge) deltas() []cayley.Delta {
	var list []cayley.Delta
	for _, line := range slices.Sorted(maps.Keys(m.before)) {
		if _, stays := m.set[line]; !stays {
			list = append(list, cayley.Delta{Quad: m.before[line], Action: cayley.Delete})
		}
	}
	for _, line := range slices.Sorted(maps.Keys(m.set)) {
		if _, was := m.before[line]; !was {
			list = append(list, cayley.Delta{Quad: m.set[line], Action: cayley.Add})
		}
	}
	return list
}
