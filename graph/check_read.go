package graph

import (
	"context"
	"errors"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/schema"
)

// read holds the terms of the graph, each once, and its quads against their rules:
// at the same time in a store of kg's, while others, memstore for one, change as they
// are read, and one that a server feeds has one reader at a time.
func (a *audit) read(ctx context.Context, v *View, report func(Progress)) error {
	stats, err := v.qs.Stats(ctx, false)
	if err != nil {
		return err
	}
	n := int64(0)
	passed := func() {
		if n++; n%reportEvery == 0 && report != nil {
			report(Progress{Doing: "checking rules", Quads: n, Done: n, Total: max(stats.Quads.Value, n)})
		}
	}
	terms := newAudit(a.base)
	check := func() error { return terms.terms(ctx, v.qs) }
	join := func() error { return nil }
	if qs, ok := v.qs.(*store.QuadStore); v.state == nil || ok && qs.IsFed() {
		if err := check(); err != nil {
			return err
		}
	} else {
		done := aside(check)
		join = func() error { return <-done }
	}
	foreign, err := a.ours(ctx, v, quad.Quad{}, passed, a.quad)
	err = errors.Join(err, join())
	a.result.Quads += foreign
	a.result.Foreign += foreign
	a.result.Findings = append(a.result.Findings, terms.result.Findings...)
	return err
}

// ours calls do with the quads that match p, and counts those under foreign labels
// instead, which are not read. It calls passed for each.
func (a *audit) ours(ctx context.Context, v *View, p quad.Quad, passed func(), do func(quad.Quad)) (foreign int, err error) {
	sh, err := v.r.Matching(ctx, p)
	if sh == nil || err != nil {
		return 0, err
	}
	for ref, err := range read.Refs(ctx, sh) {
		if err != nil {
			return foreign, err
		}
		passed()
		label, err := v.qs.QuadDirection(ref, quad.Label)
		if err != nil {
			return foreign, err
		}
		is, err := a.isForeign(v.qs, label)
		if err != nil {
			return foreign, err
		}
		if is {
			foreign++
			continue
		}
		q, err := v.qs.Quad(ref)
		if err != nil {
			return foreign, err
		}
		do(q)
	}
	return foreign, nil
}

// isForeign reports whether a label is not kg's. No label at all is no foreign one.
func (a *audit) isForeign(qs cayley.QuadStore, label cayley.Ref) (bool, error) {
	if label == nil {
		return false, nil
	}
	key := refs.ToKey(label)
	is, known := a.foreign[key]
	if !known {
		value, err := qs.NameOf(label)
		if err != nil {
			return false, err
		}
		_, claim := a.has[value]
		is = !claim && !a.sources[value] && value != schema.OntologyIRI && !a.decisions(value) && !a.ofKnownSource(value)
		const most = 1 << 16 // a graph may have a label for each quad
		if len(a.foreign) == most {
			clear(a.foreign)
		}
		a.foreign[key] = is
	}
	return is, nil
}

// decisions reports whether decisions stand under a label.
func (a *audit) decisions(label quad.Value) bool {
	for iri := range a.decided {
		if of, _ := schema.DecisionLabel(iri); of == label {
			return true
		}
	}
	return false
}

// terms checks every term of the graph.
func (a *audit) terms(ctx context.Context, qs cayley.QuadStore) error {
	for ref, err := range read.Refs(ctx, qs.NodesAllIterator()) {
		if err != nil {
			return err
		}
		value, err := qs.NameOf(ref)
		if err != nil {
			return err
		}
		a.term(value)
	}
	return nil
}

func (a *audit) term(v quad.Value) {
	switch t := v.(type) {
	case quad.BNode:
		a.find("blank node", v, "a graph that is compared and merged has none")
	case quad.IRI:
		if err := schema.CheckIRI(string(t)); err != nil {
			a.find("bad IRI", v, "%v", err)
		}
	}
}
