package records

import (
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/index"
	"kg/schema"
)

// OneKind reports whether entities of two kinds can be one: of any two of kg's kinds one
// is the other or a subkind of it. Kinds of other graphs exclude nothing.
func (r *Records) OneKind(a, b int) bool {
	if b < a {
		a, b = b, a
	}
	return r.kinds[a][b-a]
}

// learnKinds fills in OneKind for all sets of kinds that nodes have.
func (r *Records) learnKinds(sets [][]*index.KindEntry) {
	for i, a := range sets {
		var row []bool
		for _, b := range sets[i:] {
			row = append(row, !slices.ContainsFunc(a, func(x *index.KindEntry) bool {
				return slices.ContainsFunc(b, func(y *index.KindEntry) bool { return excludes(x, y) })
			}))
		}
		r.kinds = append(r.kinds, row)
	}
}

// excludes reports whether nothing can be of both kinds.
func excludes(k, other *index.KindEntry) bool {
	ours := func(k *index.KindEntry) bool { return isOne(k, schema.ThingKind) }
	return ours(k) && ours(other) && !isOne(k, other.IRI) && !isOne(other, k.IRI)
}

// isOne reports whether a kind is another one or a subkind of it.
func isOne(k *index.KindEntry, iri quad.IRI) bool {
	return slices.ContainsFunc(k.Above, func(above *index.KindEntry) bool { return above.IRI == iri })
}
