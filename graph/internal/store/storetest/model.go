package storetest

import (
	"maps"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// SetModel is the simplest model of a store: a set of quads, by their Spell.
type SetModel struct {
	T     testing.TB
	Quads map[string]quad.Quad
}

// NewModel makes an empty one.
func NewModel(t testing.TB) *SetModel { return &SetModel{t, map[string]quad.Quad{}} }

// List is the quads as Contents has them.
func (m *SetModel) List() []string { return append([]string{}, slices.Sorted(maps.Keys(m.Quads))...) }

// Apply does what ApplyDeltas should, and returns the expected error.
func (m *SetModel) Apply(deltas []graph.Delta, o graph.IgnoreOpts) error {
	next := maps.Clone(m.Quads)
	for _, d := range deltas {
		key := Spell(m.T, d.Quad)
		_, there := next[key]
		switch {
		case d.Action == graph.Add && there && !o.IgnoreDup:
			return graph.ErrQuadExists
		case d.Action == graph.Delete && !there && !o.IgnoreMissing:
			return graph.ErrQuadNotExist
		case d.Action == graph.Add:
			next[key] = d.Quad
		default:
			delete(next, key)
		}
	}
	m.Quads = next
	return nil
}
