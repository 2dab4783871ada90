package store

import (
	"kg/graph/internal/store/plan"
	"kg/graph/internal/store/term"
)

// View is what plans read, for tests outside of the package.
type View = view

func (qs *QuadStore) View() (*View, error) { return qs.view() }

func (v *View) Each(p term.Pattern, do func(term.Quad)) { v.each(p, do) }

// Renumbered reports whether an earlier numbering of the terms is in use.
func (v *View) Renumbered() bool { return v.numbering().before.Load() != nil }

func Within(list []plan.Range, id term.ID) bool { return within(list, id) }
