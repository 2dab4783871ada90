package network

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"kg/graph/internal/stats"
)

// Losses counts what a format cannot carry, with N 0 in each key.
type Losses map[stats.Count]int

// Add counts one loss.
func (l Losses) Add(entity quad.Value, what string) { l[stats.Count{Of: what, Value: entity}]++ }

// List returns the losses by entity, then by what was lost.
func (l Losses) List() []stats.Count {
	var all []stats.Count
	for loss, n := range l {
		loss.N = n
		all = append(all, loss)
	}
	slices.SortFunc(all, func(a, b stats.Count) int {
		return strings.Compare(quad.StringOf(a.Value)+"\x00"+a.Of, quad.StringOf(b.Value)+"\x00"+b.Of)
	})
	return all
}
