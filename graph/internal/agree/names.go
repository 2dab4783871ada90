package agree

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/read"
	"kg/graph/internal/store/term"
	"kg/internal/fold"
	"kg/schema"
)

// Calling is how one source calls an entity.
type Calling struct {
	Source quad.IRI
	Label  quad.Quad       // of its name; of several the first in order
	Fold   string          // of that name
	Names  map[string]bool // the folds of its names
	also   map[string]bool // those, and the folds of its other names
}

// Callings are how sources call one entity, by source.
type Callings map[quad.IRI]*Calling

// Add notes a name or another name; other quads are passed over.
func (c Callings) Add(q quad.Quad) {
	if q.Predicate != schema.Label && q.Predicate != schema.AltLabel {
		return
	}
	src := read.IRI(q.Label)
	one := c[src]
	if one == nil {
		one = &Calling{Source: src, Names: map[string]bool{}, also: map[string]bool{}}
		c[src] = one
	}
	folded := fold.Name(term.TextOf(q.Object))
	one.also[folded] = true
	if q.Predicate == schema.Label {
		one.Names[folded] = true
		if one.Label.Object == nil || term.TextOf(q.Object) < term.TextOf(one.Label.Object) {
			one.Label, one.Fold = q, folded
		}
	}
}

// Unconfirmed lists the pairs of sources that call the entity by different
// names, neither of which has the other's among its other names. The first of a
// pair is of those to be judged.
func (c Callings) Unconfirmed(judged func(source quad.IRI) bool) (pairs [][2]*Calling) {
	list := slices.SortedFunc(maps.Values(c), func(a, b *Calling) int { return cmp.Compare(a.Source, b.Source) })
	list = slices.DeleteFunc(list, func(one *Calling) bool { return len(one.Names) == 0 })
	for i, a := range list {
		if !judged(a.Source) {
			continue
		}
		for j, b := range list {
			if once := j < i || !judged(b.Source); once && i != j && !a.agrees(b) {
				pairs = append(pairs, [2]*Calling{a, b})
			}
		}
	}
	return pairs
}

// agrees reports whether two sources have a name in common, or one of them has the
// other's name among its other names.
func (c *Calling) agrees(other *Calling) bool {
	if c.Fold == other.Fold { // as nearly all do
		return true
	}
	return overlap(c.Names, other.also) || overlap(other.Names, c.also)
}

func overlap(a, b map[string]bool) bool {
	for name := range a {
		if b[name] {
			return true
		}
	}
	return false
}
