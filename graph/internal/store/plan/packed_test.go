package plan

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"kg/graph/internal/store/term"
)

// TestPacked: ways that are packed are read as they were, from any row, whatever quads
// they have.
func TestPacked(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 8))
	in, other := &Numbering{}, &Numbering{}
	id := func() term.ID {
		switch r.IntN(4) {
		case 0:
			return term.ID(r.IntN(3)) // none among them, and what the quad before has
		case 1:
			return term.ID(r.Uint32())
		}
		return term.ID(1000 + r.IntN(50))
	}
	for range 20 {
		var p Packed
		var want []*Ways
		strange := r.IntN(2) == 0
		for range r.IntN(3 * packedRows) {
			var w *Ways
			if r.IntN(5) > 0 {
				w = &Ways{List: make([][]QuadRef, r.IntN(4)), More: r.IntN(9) == 0}
			}
			for i := 0; w != nil && i < len(w.List); i++ {
				w.List[i] = make([]QuadRef, r.IntN(5))
				for j := range w.List[i] {
					w.List[i][j] = QuadRef{term.Quad{id(), id(), id(), id()}, in}
					if strange && r.IntN(20) == 0 {
						w.List[i][j].In = other
					}
				}
			}
			p.Add(w)
			want = append(want, w)
		}
		if p.Len() != len(want) {
			t.Fatalf("%d rows of %d", p.Len(), len(want))
		}
		for _, n := range r.Perm(len(want)) {
			if got := p.Ways(n); !reflect.DeepEqual(got, want[n]) {
				t.Fatalf("row %d of %d: got %v, want %v", n, len(want), got, want[n])
			}
			if more := want[n] != nil && want[n].More; p.More(n) != more {
				t.Errorf("row %d has more ways: %v", n, !more)
			}
		}
	}
}

// TestPackedSize: ways to the rows of a path take a few bytes for each term in which a
// row differs from others.
func TestPackedSize(t *testing.T) {
	t.Parallel()
	var p Packed
	in := &Numbering{}
	const rows = 10_000
	for i := range term.ID(rows) {
		node, claim, figure := 1_000_000+i, 2_000_000+i, 3_000_000+i
		p.Add(OneWay([]QuadRef{
			{term.Quad{node, 7, 8, 9}, in}, {term.Quad{node, 11, 500 + i%20, claim}, in},
			{term.Quad{node, 12, figure, claim}, in}, {term.Quad{figure, 13, 14 + i%10, claim}, in},
		}))
	}
	size := 0
	for _, b := range p.blocks {
		size += cap(b.tape)
	}
	if size > 24*rows { // 280 as they are
		t.Errorf("%d rows take %d bytes", rows, size)
	}
}
