package memtable

import "kg/graph/internal/store/term"

// The orders, named after their first term, and the positions of terms in each.
const (
	bySubject = iota
	byObject
	byPredicate
	byLabel
	numOrders
)

var orders = [numOrders][4]int{
	bySubject:   {term.Subject, term.Predicate, term.Object, term.Label},
	byObject:    {term.Object, term.Predicate, term.Subject, term.Label},
	byPredicate: {term.Predicate, term.Object, term.Subject, term.Label},
	byLabel:     {term.Label, term.Subject, term.Predicate, term.Object},
}

// arrange puts the terms of a quad into an order.
func arrange(q term.Quad, order int) term.Quad {
	o := &orders[order]
	return term.Quad{q[o[0]], q[o[1]], q[o[2]], q[o[3]]}
}

// restore is the inverse of arrange.
func restore(key term.Quad, order int) (q term.Quad) {
	for i, position := range orders[order] {
		q[position] = key[i]
	}
	return q
}

func before(a, b term.Quad) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}
