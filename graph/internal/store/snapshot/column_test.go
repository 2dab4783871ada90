package snapshot

import (
	"math/rand/v2"
	"sync"
	"testing"

	"kg/graph/internal/store/term"
	"kg/internal/testsize"
)

// makeColumns makes all columns, or all that there is room for.
func makeColumns(r *Reader, room int64) (made int) {
	if r.column(0, 0, 0); r.columns.Load() != nil {
		r.columns.Load().left = room
	}
	for of := range 2 {
		for rank := range r.h.predicates {
			r.column(of, rank, 1) // which learns how many hops it takes
			r.column(of, rank, 1<<30)
			if r.column(of, rank, 0) != nil {
				made++
			}
		}
	}
	return made
}

// Reads from columns equal reads from rows.
func TestColumns(t *testing.T) {
	for seed := range testsize.Of[uint64](3, 15) {
		rnd := rand.New(rand.NewPCG(seed, 9))
		quads := randomQuads(rnd, 1+rnd.IntN(400))
		o, r := newOracle(quads), open(t, build(t, 1<<20, quads))
		if made, want := makeColumns(r, 1<<30), 2*int(r.h.predicates); made != want {
			t.Fatalf("%d columns are made of %d", made, want)
		}
		o.compareAll(t, r, rnd, 100)
	}
}

// Columns keep to their room; those there is none for are answered from rows.
func TestColumnsRoom(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	quads := randomQuads(rnd, 3000)
	o, r := newOracle(quads), open(t, build(t, 1<<20, quads))
	const room = 40 << 10
	made := makeColumns(r, room)
	if made == 0 || made == 2*int(r.h.predicates) {
		t.Fatalf("%d columns of %d are made: some should be", made, 2*r.h.predicates)
	}
	size := 0
	for _, of := range r.columns.Load().of {
		for i := range of {
			if c := of[i].made.Load(); c != nil {
				size += 16*len(c.cells) + 4*len(c.first) + 4*len(c.ends)
			}
		}
	}
	if left := r.columns.Load().left; left < 0 || int64(size) != room-left {
		t.Errorf("columns of %d bytes are made with room for %d, of which %d are left", size, room, left)
	}
	o.compareAll(t, r, rnd, 50)
}

// A column is made when as many hops were asked for as it has rows, by the goroutine that
// asks then, and all goroutines get the same answers.
func TestColumnsAsked(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 2))
	quads := randomQuads(rnd, 300)
	o, r := newOracle(quads), open(t, build(t, 1<<20, quads))
	ask := func() {
		for range 20 {
			for _, q := range o.quads {
				n := uint64(len(r.AppendObjects(nil, q[term.Subject], q[term.Predicate])))
				p := term.Pattern{Quad: term.Quad{term.Subject: q[term.Subject], term.Predicate: q[term.Predicate]}}
				if want := uint64(len(o.rows(p, false))); n != want || r.Count(p) != want {
					t.Errorf("objects of %v: got %d and %d, want %d", p, n, r.Count(p), want)
					return
				}
			}
		}
	}
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(ask)
	}
	asking.Wait()
	ask() // alone: while one is made no other is
	for rank := range r.h.predicates {
		if r.column(ofSubjects, rank, 0) == nil {
			t.Errorf("predicate %d has no column", rank)
		}
	}
}
