package check

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/schema"
)

// read holds the terms of the graph, each once, and its quads against their rules, one
// after the other: memstore changes as it is read, and a store that a server feeds has
// one reader at a time.
func (a *audit) read(ctx context.Context, r *read.Quads, report func(done, total int64)) error {
	stats, err := r.QS.Stats(ctx, false)
	if err != nil {
		return err
	}
	n := int64(0)
	passed := func() {
		if n++; n%reportEvery == 0 {
			report(n, max(stats.Quads.Value, n))
		}
	}
	if err := a.terms(ctx, r.QS); err != nil {
		return err
	}
	foreign, err := a.ours(ctx, r, quad.Quad{}, passed, a.quad)
	a.result.Quads += foreign
	a.result.Foreign += foreign
	return err
}

// ours calls do with the quads that match p, except those under foreign labels, which are
// counted and not read. It calls passed for each.
func (a *audit) ours(ctx context.Context, r *read.Quads, p quad.Quad, passed func(), do func(quad.Quad)) (foreign int, err error) {
	sh, err := r.Matching(ctx, p)
	if sh == nil || err != nil {
		return 0, err
	}
	for ref, err := range read.Refs(ctx, sh) {
		if err != nil {
			return foreign, err
		}
		passed()
		label, err := r.QS.QuadDirection(ref, quad.Label)
		if err != nil {
			return foreign, err
		}
		is, err := a.isForeign(r.QS, label)
		if err != nil {
			return foreign, err
		}
		if is {
			foreign++
			continue
		}
		q, err := r.QS.Quad(ref)
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
		if of, _ := schema.IRI(iri).DecisionLabel(); of == label {
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
