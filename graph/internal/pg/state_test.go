package pg

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestState holds a state, which is brought forward by commits that come in any order,
// against the set of them.
func TestState(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 1))
		var s CopyState
		seen := map[int64]bool{}
		for range 1 + r.IntN(6) {
			var more []commit
			sum := int64(0)
			for id := int64(1); id <= 40; id++ {
				if !seen[id] && r.IntN(6) == 0 {
					more = append(more, commit{id: id, token: id * id})
					seen[id] = true
				}
			}
			r.Shuffle(len(more), func(i, j int) { more[i], more[j] = more[j], more[i] })
			s = s.after(more)
			for id := range seen {
				sum += id * id
			}
			if s.Commits != int64(len(seen)) || s.Tokens != sum {
				t.Fatalf("seed %d: got %+v, want %d commits with the sum %d", seed, s, len(seen), sum)
			}
			var unseen []int64
			for _, gap := range s.Gaps {
				for id := gap[0]; id <= gap[1]; id++ {
					unseen = append(unseen, id)
				}
			}
			var want []int64
			for id := int64(1); id <= s.Last; id++ {
				if !seen[id] {
					want = append(want, id)
				}
			}
			if !slices.Equal(unseen, want) || len(seen) > 0 && s.Last != slices.Max(slices.Collect(maps.Keys(seen))) {
				t.Fatalf("seed %d: got %+v, want the gaps %v", seed, s, want)
			}
		}
	}
}

// TestStateHas holds what has reports against the sets of commits.
func TestStateHas(t *testing.T) {
	both := [2]int{}
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 2))
		var a, b CopyState
		seen := map[int64]bool{}
		want := true
		for range 1 + r.IntN(3) {
			var more, of []commit
			for id := int64(1); id <= 8; id++ {
				if !seen[id] && r.IntN(3) == 0 {
					seen[id] = true
					in := r.IntN(20) // of both, most of them; of one; of the other
					if in > 0 {
						more = append(more, commit{id: id})
					}
					if in < 15 {
						of = append(of, commit{id: id})
					}
					want = want && in > 0
				}
			}
			a, b = a.after(more), b.after(of)
		}
		if got := a.has(b); got != want {
			t.Fatalf("seed %d: %+v has %+v: got %t, want %t", seed, a, b, got, want)
		}
		if want {
			both[0]++
		} else {
			both[1]++
		}
	}
	if min(both[0], both[1]) < 300 {
		t.Errorf("%v are with and without: the test is none", both)
	}
}
