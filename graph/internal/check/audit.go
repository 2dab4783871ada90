// Package check holds a graph against its own rules and against the ontology in it. A
// store of kg's is read by the numbers of its terms, another one quad by quad.
package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/agree"
	"kg/graph/internal/decide"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/term"
	"kg/internal/strict"
	"kg/schema"
)

// Finding is something in the graph that should not be.
type Finding struct {
	Rule    string // which rule is broken, in two or three words
	Subject quad.Value
	Detail  string
}

// Findings are the results of a check. Foreign counts the quads under labels that are not
// kg's, which are no finding.
type Findings struct {
	Findings       []Finding
	Quads, Foreign int
}

// reportEvery is after how many quads Run reports.
const reportEvery = 1 << 13

// Run checks the quads of a graph that shows everything; short forms are of base. report,
// if it is not nil, is called from time to time with the numbers of quads checked and of
// all quads.
func Run(ctx context.Context, r *read.Quads, base schema.Base, report func(done, total int64)) (*Findings, error) {
	a := newAudit(base)
	look := a.plainly
	if qs, ok := r.QS.(*store.QuadStore); ok && !qs.IsFed() {
		look = a.byID
	}
	if report == nil {
		report = func(int64, int64) {}
	}
	if err := look(ctx, r, report); err != nil {
		return nil, err
	}
	for _, iri := range a.claims {
		a.claim(iri)
	}
	for subject, types := range a.types {
		if len(types) > 1 {
			a.find("several kinds", subject, "it is of the kinds %s", a.shorts(types))
		}
	}
	for iri, err := range a.decided {
		if err != nil {
			a.find("no decision", iri, "it stands where decisions do, and has no force: %v", err)
		}
	}
	a.joins()
	if err := a.readings(ctx, r); err != nil {
		return nil, err
	}
	if err := a.names(ctx, r); err != nil {
		return nil, err
	}
	slices.SortFunc(a.result.Findings, func(x, y Finding) int {
		return strings.Compare(x.Rule+term.TextOf(x.Subject)+x.Detail, y.Rule+term.TextOf(y.Subject)+y.Detail)
	})
	a.result.Findings = slices.Compact(a.result.Findings)
	return &a.result, nil
}

// audit is the state that the rules need of the whole graph.
type audit struct {
	base    schema.Base
	result  Findings
	types   map[quad.Value][]quad.Value // kinds by node
	parents map[quad.Value]quad.Value   // kinds by kind
	domains map[quad.Value]quad.Value   // kinds by relation
	ranges  map[quad.Value]quad.Value
	sources map[quad.Value]bool
	claims  []quad.IRI
	has     map[quad.Value]map[quad.Value]bool // predicates by claim
	edges   map[quad.Value]int                 // asserted edges by claim
	foreign map[any]bool                       // labels by the key of their ref
	named   map[quad.Value]quad.Value          // the first source that names a node
	twice   map[quad.IRI]bool                  // nodes that several sources name
	joined  map[quad.IRI][]quad.IRI            // the joins of sources, from both ends
	decided map[quad.IRI]error                 // decisions, with their errors
}

func newAudit(base schema.Base) *audit {
	return &audit{
		base:  base,
		types: map[quad.Value][]quad.Value{}, parents: map[quad.Value]quad.Value{},
		domains: map[quad.Value]quad.Value{}, ranges: map[quad.Value]quad.Value{},
		sources: map[quad.Value]bool{}, has: map[quad.Value]map[quad.Value]bool{},
		edges: map[quad.Value]int{}, foreign: map[any]bool{},
		named: map[quad.Value]quad.Value{}, twice: map[quad.IRI]bool{}, joined: map[quad.IRI][]quad.IRI{},
	}
}

// plainly reads each quad.
func (a *audit) plainly(ctx context.Context, r *read.Quads, report func(done, total int64)) error {
	if err := a.learn(ctx, r); err != nil {
		return err
	}
	return a.read(ctx, r, report)
}

// learn finds the sources, claims, kinds and relations, from the statements of the
// ontology and the sources alone.
func (a *audit) learn(ctx context.Context, r *read.Quads) error {
	err := r.Do(ctx, quad.Quad{Object: schema.SourceClass}, func(q quad.Quad) {
		if q.Predicate == schema.Type && q.Label == q.Subject {
			a.sources[q.Subject] = true
		}
	})
	err = errors.Join(err, r.Do(ctx, quad.Quad{Object: schema.ClaimClass}, func(q quad.Quad) {
		if q.Predicate == schema.Type && a.sources[q.Label] && a.has[q.Subject] == nil {
			a.has[q.Subject] = map[quad.Value]bool{}
			a.claims = append(a.claims, read.IRI(q.Subject))
		}
	}))
	if err := errors.Join(err, a.learnRules(ctx, r)); err != nil {
		return err
	}
	_, err = a.ours(ctx, r, quad.Quad{Predicate: schema.Type}, func() {}, func(q quad.Quad) {
		_, claimed := a.has[q.Label]
		ours := claimed || a.sources[q.Label] || q.Label == schema.OntologyIRI
		if ours && !slices.Contains(a.types[q.Subject], q.Object) {
			a.types[q.Subject] = append(a.types[q.Subject], q.Object)
		}
	})
	return err
}

// learnRules reads the decisions and the ontology.
func (a *audit) learnRules(ctx context.Context, r *read.Quads) error {
	decisions, err := decide.Read(ctx, r)
	if err != nil {
		return err
	}
	a.decided = decisions.Each
	for node, list := range decisions.Same {
		for _, d := range list {
			a.joined[node] = append(a.joined[node], decide.Other(d, node))
		}
	}
	for predicate, of := range map[quad.IRI]map[quad.Value]quad.Value{schema.SubClassOf: a.parents, schema.Domain: a.domains, schema.Range: a.ranges} {
		err = errors.Join(err, r.Do(ctx, quad.Quad{Predicate: predicate, Label: schema.OntologyIRI}, func(q quad.Quad) {
			of[q.Subject] = q.Object
		}))
	}
	return err
}

func (a *audit) find(rule string, subject quad.Value, format string, args ...any) {
	a.result.Findings = append(a.result.Findings, Finding{rule, subject, fmt.Sprintf(format, args...)})
}

func (a *audit) short(v quad.Value) string { return a.base.ShortTerm(v) }

func (a *audit) shorts(list []quad.Value) string {
	var words []string
	for _, v := range list {
		words = append(words, a.short(v))
	}
	slices.Sort(words)
	return strings.Join(words, ", ")
}

func (a *audit) quad(q quad.Quad) {
	a.result.Quads++
	if q.Label == nil {
		a.find("no label", q.Subject, "%s %s stands in the default graph, without a claim", a.short(q.Predicate), a.short(q.Object))
		return
	}
	_, claimed := a.has[q.Label]
	switch {
	case claimed:
		a.edges[q.Label]++
		a.edge(q)
	case a.sources[q.Label]:
		if has := a.has[q.Subject]; has != nil {
			has[q.Predicate] = true
		}
		a.kinds(q)
		a.identity(q)
	case q.Label == schema.OntologyIRI, a.ofDecision(q):
	case a.ofKnownSource(q.Label):
		a.find("no claim", q.Label, "%s %s is labelled with a claim that the graph does not know", a.short(q.Subject), a.short(q.Predicate))
	default:
		a.result.Foreign++
	}
}

// ofDecision reports whether a quad is a decision's.
func (a *audit) ofDecision(q quad.Quad) bool {
	label, _ := schema.IRI(read.IRI(q.Subject)).DecisionLabel()
	_, known := a.decided[read.IRI(q.Subject)]
	return known && q.Label == label
}

func (a *audit) ofKnownSource(label quad.Value) bool {
	source, _, _, ok := schema.IRI(read.IRI(label)).SplitClaim()
	return ok && a.sources[source]
}

// edge checks an edge of a claim.
func (a *audit) edge(q quad.Quad) {
	if _, known := a.domains[q.Predicate]; !known && q.Predicate != schema.Type && q.Predicate != schema.Label {
		a.find("unknown relation", q.Predicate, "%s has it, and the ontology does not", a.short(q.Subject))
		return
	}
	for _, end := range []quad.Value{q.Subject, q.Object} {
		if _, ok := end.(quad.IRI); ok && len(a.types[end]) == 0 && q.Predicate != schema.Type {
			a.find("dangling entity", end, "claim %s speaks of it, and nothing says what it is", a.short(q.Label))
		}
	}
	a.kinds(q)
}

// kinds checks both ends of a quad against the relation's domain and range.
func (a *audit) kinds(q quad.Quad) {
	domain, known := a.domains[q.Predicate]
	if !known {
		return
	}
	if len(a.types[q.Subject]) > 0 && !a.within(q.Subject, domain) {
		a.find("wrong kind", q.Subject, "%s is for %s, and it is of kind %s", a.short(q.Predicate), a.short(domain), a.shorts(a.types[q.Subject]))
	}
	want := a.ranges[q.Predicate]
	_, isIRI := q.Object.(quad.IRI)
	_, isKind := a.types[want]
	switch {
	case isKind && !isIRI:
		a.find("wrong kind", q.Subject, "%s leads to %s, and here to the literal %s", a.short(q.Predicate), a.short(want), strict.Brief(a.short(q.Object)))
	case isKind && len(a.types[q.Object]) > 0 && !a.within(q.Object, want):
		a.find("wrong kind", q.Object, "%s of %s must be %s, and it is of kind %s",
			a.short(q.Predicate), a.short(q.Subject), a.short(want), a.shorts(a.types[q.Object]))
	case !isKind && isIRI:
		a.find("wrong kind", q.Subject, "%s leads to a literal, and here to %s", a.short(q.Predicate), a.short(q.Object))
	case !isKind && !schema.IRI(read.IRI(want)).RangeHas(q.Object):
		a.find("wrong value", q.Subject, "%s leads to a literal of %s, and here to %s", a.short(q.Predicate), a.short(want), strict.Brief(a.short(q.Object)))
	}
}

func (a *audit) within(node, kind quad.Value) bool {
	return slices.ContainsFunc(a.types[node], func(k quad.Value) bool { return agree.Within(k, kind, a.parents) })
}

// claim checks that a claim is whole.
func (a *audit) claim(iri quad.IRI) {
	has := a.has[iri]
	if !has[schema.FromSource] {
		a.find("claim not whole", iri, "it has no source")
	}
	if !has[schema.Speaker] && !has[schema.DerivedFrom] {
		a.find("claim not whole", iri, "it has no speaker, and is derived from nothing")
	}
	if !has[schema.HasTarget] && !has[schema.SeeAlso] && !has[schema.DerivedFrom] {
		a.find("claim not whole", iri, "it has no place in the text, and nothing says where to look it up")
	}
	if a.edges[iri] == 0 {
		a.find("claim not whole", iri, "it asserts no edge")
	}
}
