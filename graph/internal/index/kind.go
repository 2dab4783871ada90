package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/internal/fold"
	"kg/schema"
)

// KindEntry is a kind of the index.
type KindEntry struct {
	IRI    quad.IRI
	Number int          // among the kinds
	Name   string       // its name in files and queries, or else in other graphs
	Key    string       // fold.Words of its name
	Above  []*KindEntry // itself, and the kinds above it
}

func CompareKinds(a, b *KindEntry) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.IRI, b.IRI))
}

// inOrder are kinds by name, each once.
func inOrder(list []*KindEntry) []*KindEntry {
	slices.SortFunc(list, CompareKinds)
	return slices.Compact(list)
}

// kind is that of an IRI, made if it is not there.
func (x *NameIndex) kind(iri quad.IRI) *KindEntry {
	k := x.Kinds[iri]
	if k == nil {
		k = &KindEntry{IRI: iri, Number: len(x.Kinds)}
		x.Kinds[iri] = k
	}
	return k
}

// readKinds reads the names of kinds and their superkinds.
func (x *NameIndex) readKinds(ctx context.Context, r *read.Quads) error {
	parents := map[quad.IRI][]quad.IRI{}
	err := r.Do(ctx, quad.Quad{Predicate: schema.SubClassOf}, func(q quad.Quad) {
		child, parent := read.IRI(q.Subject), read.IRI(q.Object)
		if child != "" && parent != "" {
			x.kind(child)
			x.kind(parent)
			parents[child] = append(parents[child], parent)
		}
	})
	if err != nil {
		return err
	}
	for iri, k := range x.Kinds {
		ours, theirs := "", ""
		err := r.Do(ctx, quad.Quad{Subject: iri, Predicate: schema.Label}, func(q quad.Quad) {
			if text := term.TextOf(q.Object); q.Label == schema.OntologyIRI {
				ours = text
			} else if theirs == "" || text < theirs {
				theirs = text
			}
		})
		if err != nil {
			return err
		}
		k.Name = cmp.Or(ours, theirs, schema.IRI(iri).LastPart(), string(iri))
		k.Key = fold.Words(spaced(k.Name))
	}
	for _, k := range x.Kinds {
		k.Above = []*KindEntry{k}
		for i := 0; i < len(k.Above); i++ {
			for _, parent := range parents[k.Above[i].IRI] {
				if p := x.Kinds[parent]; !slices.Contains(k.Above, p) {
					k.Above = append(k.Above, p)
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

// IsA reports whether a node is of a kind, by the kind's name, or of one below
// it; everything is an entity.
func (n *Node) IsA(name string) bool {
	return name == "" || name == "entity" || n.Below(func(k *KindEntry) bool { return k.Name == name })
}

// Happens reports whether a node is an event.
func (n *Node) Happens() bool {
	return n.Below(func(k *KindEntry) bool { return k.IRI == schema.EventKind })
}

func (n *Node) Below(is func(*KindEntry) bool) bool {
	return slices.ContainsFunc(n.Kinds, func(k *KindEntry) bool { return slices.ContainsFunc(k.Above, is) })
}

// KindName is the name of the kind that a node is shown with.
func (n *Node) KindName() string {
	if len(n.Kinds) == 0 {
		return ""
	}
	return n.Kinds[0].Name
}
