// Package merge computes the changes of a load: it reads the quads that the ontology and
// the sources of the load label, computes additions and removals, and checks the
// resulting graph by the rules of package agree.
package merge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/decide"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/internal/document"
	"kg/schema"
)

// merge computes the changes of a load. It holds the part of the graph that the load may
// change: the quads labelled by the ontology and the sources it loads.
type merge struct {
	ctx      context.Context
	store    *read.Quads
	opt      Options
	docs     []*document.Checked
	sources  []quad.IRI
	seen     map[quad.IRI]bool // those that are merged
	changed  map[quad.IRI]bool // those of which that adds or removes quads
	labels   map[quad.IRI]bool // of other quads: whether they are sources
	part     *affected
	fresh    map[quad.IRI]*document.Checked // sources of which the store has nothing
	streams  []store.Stream                 // of these
	refusals []string                       // why the whole cannot be
}

// Options say how to load: see LoadOptions of package graph.
type Options struct {
	Base         schema.Base
	Replace      bool
	Background   []*document.Checked
	NoBackground bool
}

// Changes are the changes to a store: single quads, and whole sources that are new to the
// store.
type Changes struct {
	Deltas  []cayley.Delta
	Streams []store.Stream
}

// Load computes the changes of the ontology and the sources, per source too.
func Load(ctx context.Context, qs *store.QuadStore, o *schema.Ontology, docs []*document.Checked, opt Options) (Changes, []Loaded, error) {
	m := newMerge(ctx, qs, opt)
	report, err := m.all(o, docs)
	if err != nil {
		return Changes{}, nil, err
	}
	return Changes{m.part.deltas(), m.streams}, report, nil
}

// Remove computes the changes of removing a source, with the background that no other one
// needs: how many quads of the source are removed, and which joins of other sources lead
// to removed nodes.
func Remove(ctx context.Context, qs *store.QuadStore, source quad.IRI, opt Options) (deltas []cayley.Delta, quads int, missing []quad.Quad, err error) {
	m := newMerge(ctx, qs, opt)
	m.sources = []quad.IRI{source}
	for _, doc := range opt.Background {
		m.sources = append(m.sources, doc.SourceIRI())
	}
	if err := m.readSources(); err != nil {
		return nil, 0, nil, err
	}
	_, quads = m.part.swap(source)
	m.seen[source] = true
	report := []Loaded{{Source: source}}
	if _, err := m.backgrounds(); err != nil {
		return nil, 0, nil, err
	}
	if err := m.judge(report); err != nil {
		return nil, 0, nil, err
	}
	return m.part.deltas(), quads, report[0].Missing, nil
}

// newMerge merges into a store.
func newMerge(ctx context.Context, qs *store.QuadStore, opt Options) *merge {
	return &merge{
		ctx: ctx, store: read.Of(qs), opt: opt, part: newPart(),
		seen: map[quad.IRI]bool{}, changed: map[quad.IRI]bool{}, fresh: map[quad.IRI]*document.Checked{}, labels: map[quad.IRI]bool{},
	}
}

// all merges the ontology and all sources, and returns the changes.
func (m *merge) all(o *schema.Ontology, docs []*document.Checked) ([]Loaded, error) {
	if err := m.read(docs); err != nil {
		return nil, err
	}
	if err := m.ontology(o); err != nil {
		return nil, err
	}
	var report []Loaded
	for _, doc := range docs {
		l, err := m.source(doc)
		if err != nil {
			return nil, err
		}
		report = append(report, l)
	}
	known, err := m.backgrounds()
	if err != nil {
		return nil, err
	}
	report = append(report, known...)
	return report, m.judge(report)
}

// judge checks the resulting graph by the rules that make sources one graph: an id is one
// entity, with one kind and names that agree, and joined nodes are of one kind. All
// violations are reported at once.
func (m *merge) judge(report []Loaded) error {
	joining := m.joining()
	if err := errors.Join(m.oneKind(), m.oneName(), joining.oneKindJoined(), joining.missing(report), m.oneText(report)); err != nil {
		return err
	}
	if len(m.refusals) > 0 {
		return &decide.ConflictError{Msg: strings.Join(m.refusals, "\n")}
	}
	return nil
}

// read reads the quads that the load may change.
func (m *merge) read(docs []*document.Checked) error {
	m.docs = docs
	for _, doc := range slices.Concat(docs, m.opt.Background) {
		m.sources = append(m.sources, doc.SourceIRI())
	}
	if err := m.readSources(); err != nil {
		return err
	}
	for i, src := range m.sources {
		if again := slices.Index(m.sources[i+1:], src) >= 0 || slices.Index(m.sources[:i], src) >= 0; i < len(docs) && !again && len(m.part.of[src]) == 0 {
			m.fresh[src] = docs[i]
		}
	}
	return nil
}

// readSources reads the quads that the ontology and the sources of the load label.
func (m *merge) readSources() error {
	var failed error
	keep := func(src quad.IRI) func(quad.Quad) {
		return func(q quad.Quad) {
			if failed == nil {
				failed = m.part.put(src, q, was|is)
			}
		}
	}
	err := m.store.Do(m.ctx, quad.Quad{Label: schema.OntologyIRI}, keep(schema.OntologyIRI))
	for _, src := range m.sources {
		if err == nil {
			err = m.under(src, keep(src))
		}
	}
	return errors.Join(err, failed)
}

// owns reports whether the load may change the quads under a label.
func (m *merge) owns(label quad.Value) bool {
	return label == schema.OntologyIRI || slices.ContainsFunc(m.sources, func(src quad.IRI) bool { return agree.OfSource(label, src) })
}

// under calls do with every quad that a source or one of its claims labels.
func (m *merge) under(src quad.IRI, do func(quad.Quad)) error {
	// A wildcard in the source's name makes the pattern match more labels.
	labels := shape.Filter{From: shape.AllNodes{}, Filters: []shape.ValueFilter{shape.Wildcard{Pattern: string(src) + "%"}}}
	it := shape.BuildIterator(m.ctx, m.store.QS, shape.Quads{{Dir: quad.Label, Values: labels}})
	for q, err := range m.store.Walk(m.ctx, it) {
		if err != nil {
			return err
		}
		if agree.OfSource(q.Label, src) {
			do(q)
		}
	}
	return nil
}

// ontology brings the terms of o up to date, and keeps those that only
// earlier loads knew.
func (m *merge) ontology(o *schema.Ontology) error {
	terms, known := o.Quads(), map[quad.Value]bool{}
	for _, q := range terms {
		known[q.Subject] = true
	}
	for _, q := range m.part.under(schema.OntologyIRI) {
		if !known[q.Subject] {
			terms = append(terms, q)
		}
	}
	if err := m.part.next(schema.OntologyIRI, terms); err != nil {
		return err
	}
	m.part.swap(schema.OntologyIRI)
	return nil
}

func (m *merge) source(doc *document.Checked) (Loaded, error) {
	src := doc.SourceIRI()
	l := Loaded{Source: src}
	if slices.ContainsFunc(m.opt.Background, func(b *document.Checked) bool { return b.SourceIRI() == src }) {
		return l, &decide.ConflictError{Msg: fmt.Sprintf("loading source %s: kg itself keeps a source of that name, so give this one another id", m.opt.Base.Short(src))}
	}
	l.Entities, l.Claims = doc.Counts()
	if m.fresh[src] != nil {
		if err := m.add(doc, &l); err != nil {
			return l, fmt.Errorf("loading source %s: %w", m.opt.Base.Short(src), err)
		}
		return l, nil
	}
	if err := m.part.next(src, doc.Quads()); err != nil {
		return l, fmt.Errorf("loading source %s: %w", m.opt.Base.Short(src), err)
	}
	var has bool
	l.Changes, has = m.part.compare(src)
	if m.seen[src] && len(l.Changes) > 0 {
		return l, &decide.ConflictError{Msg: fmt.Sprintf("loading source %s: two of the files have it, with different content: %s",
			m.opt.Base.Short(src), differing(l.Changes))}
	}
	m.seen[src] = true
	if has && len(l.Changes) > 0 && !m.opt.Replace {
		return l, &decide.ConflictError{Msg: fmt.Sprintf("loading source %s: it is in the store with other content: %s; --replace puts the new in place of the old",
			m.opt.Base.Short(src), differing(l.Changes))}
	}
	l.Added, l.Removed = m.part.swap(src)
	m.changed[src] = m.changed[src] || l.Added+l.Removed > 0
	var err error
	l.Shared, err = m.shared(src)
	return l, err
}
