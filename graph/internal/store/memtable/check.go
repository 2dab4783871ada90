package memtable

import (
	"fmt"
	"maps"
	"slices"

	"kg/graph/internal/store/term"
)

// Check returns an error if the parts of a table are inconsistent.
func (t *Table) Check() error {
	list := t.orders[bySubject].Items()
	var added, removed uint64
	uses := map[term.ID]int64{}
	for _, c := range list {
		step := int64(1)
		switch {
		case t.inBase(c.key) == c.added:
			return fmt.Errorf("a change of quad %v changes nothing", c.key)
		case c.added:
			added++
		default:
			removed++
			step = -1
		}
		for _, id := range c.key {
			if id != term.None {
				uses[id] += step
			}
		}
	}
	want := make([]change, len(list))
	for i := range t.orders {
		for j, c := range list {
			want[j] = change{arrange(c.key, i), c.added}
		}
		slices.SortFunc(want, func(a, b change) int { return slices.Compare(a.key[:], b.key[:]) })
		if !slices.Equal(want, t.orders[i].Items()) {
			return fmt.Errorf("order %d differs from the first", i)
		}
	}
	nodes, err := t.checkUses(uses)
	if err != nil {
		return err
	}
	if added != t.added || removed != t.removed || nodes != t.nodes {
		return fmt.Errorf("expected %d quads added, %d removed, %d nodes more, found %d, %d, %d",
			added, removed, nodes, t.added, t.removed, t.nodes)
	}
	return t.checkTerms()
}

// checkUses compares how often terms are in the changed quads more than in the snapshot with
// what t has, and counts the nodes that this comes to.
func (t *Table) checkUses(uses map[term.ID]int64) (nodes int64, err error) {
	maps.DeleteFunc(uses, func(_ term.ID, more int64) bool { return more == 0 })
	if len(uses) != t.uses.Len() {
		return 0, fmt.Errorf("the uses of %d terms are counted, not of %d", t.uses.Len(), len(uses))
	}
	for id, more := range uses {
		isOld := id <= t.terms
		want := use{id, more, more > 0 || isOld && t.baseUses(id)+more > 0}
		if u, ok := t.uses.Get(use{id: id}); !ok || u != want {
			return 0, fmt.Errorf("expected the uses %+v, found %+v", want, u)
		}
		switch {
		case want.live && !isOld:
			nodes++
		case isOld && !want.live:
			nodes--
		}
	}
	return nodes, nil
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
