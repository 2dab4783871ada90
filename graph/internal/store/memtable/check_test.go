package memtable

import (
	"math/rand/v2"
	"testing"

	"kg/graph/internal/store/term"
)

// TestCheck spoils each part of a table by itself: the check finds it.
func TestCheck(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Table, change){
		"an order":        func(t *Table, c change) { t.orders[byLabel].Delete(change{key: arrange(c.key, byLabel)}) },
		"a direction":     func(t *Table, c change) { t.orders[byObject].Set(change{arrange(c.key, byObject), !c.added}) },
		"the subjects":    func(t *Table, c change) { t.orders[bySubject].Delete(c) },
		"all orders":      func(t *Table, c change) { t.setOrders(change{c.key, !c.added}) },
		"a count":         func(t *Table, c change) { t.use(c.key[term.Object], 1) },
		"a use":           func(t *Table, c change) { t.uses.Delete(use{id: c.key[term.Predicate]}) },
		"the nodes":       func(t *Table, _ change) { t.nodes++ },
		"the added":       func(t *Table, _ change) { t.added++ },
		"the removed":     func(t *Table, _ change) { t.removed++ },
		"a term by key":   func(t *Table, _ change) { t.byKey.Delete(freshTerm{key: t.fresh[0]}) },
		"a term's number": func(t *Table, _ change) { t.byKey.Set(freshTerm{t.fresh[0], t.Last()}) },
	} {
		table := New(nil)
		for seed := uint64(0); len(table.fresh) < 2 || table.removed == 0; seed++ {
			r, there := rand.New(rand.NewPCG(seed, 5)), map[[4]string]bool{}
			base := New(nil)
			edit(t, r, base, there, 2)
			table = New(written(t, base))
			edit(t, r, table, there, 10)
			for rows := table.base.Rows(term.Pattern{}); rows.Next(); {
				if q := rows.Quad(); table.Contains(q) {
					table.set(q, false)
				}
			}
		}
		if err := table.Check(); err != nil {
			t.Fatalf("before %s is spoilt: %v", name, err)
		}
		var some change
		table.orders[bySubject].Scan(func(c change) bool {
			some = c
			return !c.added
		})
		spoil(table, some)
		if table.Check() == nil {
			t.Errorf("%s is spoilt, and not found", name)
		}
	}
}

// setOrders sets a change in all orders.
func (t *Table) setOrders(c change) {
	for i := range t.orders {
		t.orders[i].Set(change{arrange(c.key, i), c.added})
	}
}
