package session

import (
	"github.com/cayleygraph/cayley/graph/refs"

	"kg/graph/internal/store/plan"
)

// waysThrough are the derivations of a result by its traces: the quads of the
// plain ones, and any choice of the ways that the bundles hold.
func waysThrough(traces []trace, tags map[string]refs.Ref) *plan.Ways {
	var plain collector
	var choices []*plan.Ways
	for _, t := range traces {
		if t.covered {
			continue
		}
		if b, ok := tags[t.tag].(*plan.Bundle); ok {
			choices = append(choices, b.Ways)
			continue
		}
		plain.add(tags[t.tag])
	}
	out := plan.OneWay(plain.list)
	for _, c := range choices {
		out = out.Then(c)
	}
	return out
}

// sameShown reports whether two results agree in the tags that rows show.
func sameShown(a, b map[string]refs.Ref) bool {
	within := func(a, b map[string]refs.Ref) bool {
		for tag, ref := range a {
			if isReserved(tag) {
				continue
			}
			other, ok := b[tag]
			if !ok || refs.ToKey(ref) != refs.ToKey(other) {
				return false
			}
		}
		return true
	}
	return within(a, b) && within(b, a)
}
