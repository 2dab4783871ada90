// Package agree implements the rules by which the statements of several sources form one
// graph: joined entities are of one kind, the sources of an id confirm its names,
// readings are of one text. A load applies them to its changes, and a check to the stored
// graph.
package agree

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/schema"
)

// Clash finds two nodes whose kinds cannot be those of one entity.
func Clash(kinds []quad.Quad, parents map[quad.Value]quad.Value) (a, b quad.Quad, found bool) {
	kinds = slices.SortedFunc(slices.Values(kinds), func(a, b quad.Quad) int {
		return cmp.Or(cmp.Compare(term.TextOf(a.Subject), term.TextOf(b.Subject)), cmp.Compare(term.TextOf(a.Object), term.TextOf(b.Object)), cmp.Compare(term.TextOf(a.Label), term.TextOf(b.Label)))
	})
	var distinct []quad.Quad
	for _, b := range kinds {
		if slices.ContainsFunc(distinct, func(a quad.Quad) bool { return a.Object == b.Object }) {
			continue
		}
		for _, a := range distinct {
			if !Within(a.Object, b.Object, parents) && !Within(b.Object, a.Object, parents) {
				return a, b, true
			}
		}
		distinct = append(distinct, b)
	}
	return a, b, false
}

// Within reports whether a kind equals another one or is a subkind of it.
func Within(kind, other quad.Value, parents map[quad.Value]quad.Value) bool {
	for steps := 0; kind != nil && steps <= len(parents); steps++ {
		if kind == other {
			return true
		}
		kind = parents[kind]
	}
	return false
}

// IsRecord reports whether a kind is one of kg's own records, not of the entities of
// sources.
func IsRecord(kind quad.Value) bool {
	return slices.Contains(schema.Records, read.IRI(kind))
}

// OfSource reports whether a label is the source or one of its claims.
func OfSource(label quad.Value, src quad.IRI) bool {
	iri, ok := label.(quad.IRI)
	return ok && (iri == src || schema.IRI(iri).Under(src+"/claim"))
}
