package memtable

import (
	"errors"
	"fmt"
	"slices"

	"kg/graph/internal/store/term"
)

// Check returns an error if the parts of a table are inconsistent.
func (t *Table) Check() error {
	want := New(t.base)
	want.fresh, want.byKey = t.fresh, t.byKey
	var wrong error
	t.orders[bySubject].Scan(func(c change) bool {
		switch {
		case t.inBase(c.key) == c.added:
			wrong = fmt.Errorf("a change of quad %v changes nothing", c.key)
		default:
			want.set(c.key, c.added)
		}
		return wrong == nil
	})
	if wrong != nil {
		return wrong
	}
	for i := range t.orders {
		if !slices.Equal(want.orders[i].Items(), t.orders[i].Items()) {
			return fmt.Errorf("order %d differs from the first", i)
		}
	}
	if !slices.Equal(want.uses.Items(), t.uses.Items()) {
		return errors.New("the uses of terms are miscounted")
	}
	if want.added != t.added || want.removed != t.removed || want.nodes != t.nodes {
		return fmt.Errorf("expected %d quads added, %d removed, %d nodes more, found %d, %d, %d",
			want.added, want.removed, want.nodes, t.added, t.removed, t.nodes)
	}
	return t.checkTerms()
}

// checkTerms checks that the terms beyond the snapshot are known by key, and by no other
// id.
func (t *Table) checkTerms() error {
	if n := t.byKey.Len(); n != len(t.fresh) {
		return fmt.Errorf("expected %d terms by key, found %d", len(t.fresh), n)
	}
	for i, key := range t.fresh {
		id := t.terms + 1 + term.ID(i)
		if got, ok := t.Find([]byte(key)); !ok || got != id {
			return fmt.Errorf("term %d is found as %d", id, got)
		}
		if _, err := term.Value([]byte(key)); err != nil {
			return fmt.Errorf("term %d: %w", id, err)
		}
	}
	return nil
}
