package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	"kg/schema"
)

// kind is a kind of the index.
type kind struct {
	iri    quad.IRI
	number int     // among the kinds
	name   string  // what files and queries call it, or else what other graphs do
	key    string  // schema.FoldWords of its name
	above  []*kind // itself, and the kinds above it
}

func compareKinds(a, b *kind) int {
	return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.iri, b.iri))
}

// inOrder are kinds by name, each once.
func inOrder(list []*kind) []*kind {
	slices.SortFunc(list, compareKinds)
	return slices.Compact(list)
}

// kind is that of an IRI, made if it is not there.
func (x *index) kind(iri quad.IRI) *kind {
	k := x.kinds[iri]
	if k == nil {
		k = &kind{iri: iri, number: len(x.kinds)}
		x.kinds[iri] = k
	}
	return k
}

// readKinds reads what the kinds are called and what stands above them.
func (x *index) readKinds(ctx context.Context, v *View) error {
	parents := map[quad.IRI][]quad.IRI{}
	err := v.each(ctx, quad.Quad{Predicate: schema.SubClassOf}, func(q quad.Quad) {
		child, parent := iriOf(q.Subject), iriOf(q.Object)
		if child != "" && parent != "" {
			x.kind(child)
			x.kind(parent)
			parents[child] = append(parents[child], parent)
		}
	})
	if err != nil {
		return err
	}
	for iri, k := range x.kinds {
		ours, theirs := "", ""
		err := v.each(ctx, quad.Quad{Subject: iri, Predicate: schema.Label}, func(q quad.Quad) {
			if text := Text(q.Object); q.Label == schema.OntologyIRI {
				ours = text
			} else if theirs == "" || text < theirs {
				theirs = text
			}
		})
		if err != nil {
			return err
		}
		k.name = cmp.Or(ours, theirs, LastPart(iri), string(iri))
		k.key = schema.FoldWords(spaced(k.name))
	}
	for _, k := range x.kinds {
		k.above = []*kind{k}
		for i := 0; i < len(k.above); i++ {
			for _, parent := range parents[k.above[i].iri] {
				if p := x.kinds[parent]; !slices.Contains(k.above, p) {
					k.above = append(k.above, p)
				}
			}
		}
	}
	return nil
}

// spaced puts spaces between the words of a kind's name: JointVenture is a joint
// venture.
func spaced(name string) string {
	var b strings.Builder
	small := false
	for _, r := range name {
		if small && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		small = unicode.IsLower(r)
		b.WriteRune(r)
	}
	return b.String()
}

// isA reports whether a node is of a kind, by the kind's name, or of one below
// it; everything is an entity.
func (n *indexed) isA(name string) bool {
	return name == "" || name == "entity" || n.below(func(k *kind) bool { return k.name == name })
}

// happens reports whether a node is an event.
func (n *indexed) happens() bool {
	return n.below(func(k *kind) bool { return k.iri == schema.EventKind })
}

func (n *indexed) below(is func(*kind) bool) bool {
	return slices.ContainsFunc(n.kinds, func(k *kind) bool { return slices.ContainsFunc(k.above, is) })
}

// kindName is the name of the kind that a node is shown with.
func (n *indexed) kindName() string {
	if len(n.kinds) == 0 {
		return ""
	}
	return n.kinds[0].name
}

// KindName is what files and queries call a kind, or else what its graph does.
func (v *View) KindName(ctx context.Context, iri quad.IRI) (string, error) {
	x, err := v.names.partly(ctx)
	if x == nil && err == nil {
		x, err = v.index(ctx)
	}
	if err != nil {
		return "", err
	}
	if k := x.kinds[iri]; k != nil {
		return k.name, nil
	}
	return LastPart(iri), nil
}

// Entities counts the entities of the graph.
func (v *View) Entities(ctx context.Context) (count int, err error) {
	err = v.asking(ctx, func(x *index) error {
		count = 0
		for range x.ofRank(anEntity) {
			count++
		}
		return nil
	})
	return count, err
}

// KindCounts counts the entities of each kind, without those of kinds below it, by
// the kinds' names.
func (v *View) KindCounts(ctx context.Context) (list []Count, err error) {
	err = v.asking(ctx, func(x *index) error {
		counts := map[*kind]int{}
		for i := range x.nodes {
			if n := &x.nodes[i]; n.rank == anEntity {
				for _, k := range n.kinds {
					counts[k]++
				}
			}
		}
		if x.base != nil {
			x.base.countKinds(anEntity, counts)
		}
		list = nil
		for _, k := range slices.SortedFunc(maps.Keys(counts), compareKinds) {
			list = append(list, Count{Of: "kind", Value: k.iri, N: counts[k]})
		}
		return nil
	})
	return list, err
}
