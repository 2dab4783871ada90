package snapshot

import (
	"math/rand/v2"
	"slices"
	"sort"
	"testing"
)

// memory is a sink, and then a section whose checksums are taken for right.
type memory struct{ p []byte }

func (m *memory) put(p []byte) { m.p = append(m.p, p...) }

func (m *memory) section() section {
	s := section{r: &Reader{path: "memory"}, seen: newPageSet(uint64(len(m.p))), data: m.p}
	for page := range pages(uint64(len(m.p))) {
		s.seen.set(page)
	}
	return s
}

// Rows of any layout, those too wide for one load too.
func TestPacked(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 3))
	layouts := []layout{{0, 0, 0}, {1, 0, 0}, {0, 31, 0}, {31, 31, 31}, {20, 20, 18}, {20, 20, 17}, {4, 22, 17}, {0, 30, 31}}
	for range 40 {
		layouts = append(layouts, layout{rnd.UintN(32), rnd.UintN(32), rnd.UintN(32)})
	}
	for _, l := range layouts {
		var m memory
		n := 1 + rnd.IntN(300)
		rows := make([]row, n)
		for i := range rows {
			few := rnd.UintN(6) // so that columns are equal now and then
			rows[i] = makeRow(0, rnd.Uint32()>>few&(1<<l.a-1)&3, rnd.Uint32()&(1<<l.b-1), rnd.Uint32()&(1<<l.c-1))
		}
		slices.SortFunc(rows, compareRows)
		w := rowWriter{layout: l, out: &m}
		for _, r := range rows {
			_, a, b, c := r.columns()
			w.add(a, b, c)
		}
		w.finish()
		if uint64(len(m.p)) != l.size(uint64(n)) {
			t.Fatalf("%v: %d rows have %d bytes, not %d", l, n, len(m.p), l.size(uint64(n)))
		}
		p := newPacked(m.section(), l, uint64(n))
		for i, r := range rows {
			if a, b, c := p.get(uint64(i)); makeRow(0, a, b, c) != r {
				t.Fatalf("%v: row %d is %v %v %v, not %v", l, i, a, b, c, r)
			}
			checkNarrow(t, &p, rows, r, rnd)
		}
	}
}

// checkNarrow looks for the rows like r, and for a range of second columns.
func checkNarrow(t *testing.T, p *packed, rows []row, r row, rnd *rand.Rand) {
	t.Helper()
	_, a, b, c := r.columns()
	at := func(x row) int { return sort.Search(len(rows), func(i int) bool { return !rows[i].less(x) }) }
	if got := p.search(0, p.n, a, b, c); int(got) != at(r) {
		t.Fatalf("%v: searching %v: got %d, want %d", p.layout, r, got, at(r))
	}
	for _, bounds := range [][2]uint32{{0, all[1]}, {b, b + 1}, {b / 2, b + rnd.Uint32N(100)}, {b, b}} {
		i, j := p.narrowTo(0, p.n, a, bounds[0], bounds[1])
		from, to := at(makeRow(0, a, bounds[0], 0)), at(makeRow(0, a, bounds[1], 0))
		if bounds[1] == all[1] {
			to = at(makeRow(0, a+1, 0, 0))
		}
		if j-i != uint64(max(to-from, 0)) || i < j && int(i) != from {
			t.Fatalf("%v: rows of %d with %v: got %d to %d, want %d to %d", p.layout, a, bounds, i, j, from, to)
		}
	}
}

func TestFrames(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 4))
	for round := range 120 {
		values := make([]uint64, 1+rnd.IntN(400))
		v := rnd.Uint64N(1 << (round%40 + 1))
		for i := range values {
			if rnd.IntN(3) > 0 {
				v += rnd.Uint64N(1 << (round % 33))
			}
			values[i] = v
		}
		var data, dir memory
		w := framesWriter{data: &data, dir: &dir}
		for _, v := range values {
			w.add(v)
		}
		w.flush()
		data.put(dir.p)
		n := uint64(len(values))
		f := newFrames(data.section(), n)
		for i, want := range values {
			if got := f.get(uint64(i)); got != want {
				t.Fatalf("number %d is %d, not %d", i, got, want)
			}
			if i+1 < len(values) {
				if from, to := f.pair(uint64(i), 1<<62); from != want || to != values[i+1] {
					t.Fatalf("pair %d is %d and %d", i, from, to)
				}
			}
			x := want + rnd.Uint64N(3) - 1
			at, _ := slices.BinarySearch(values, x)
			if got := f.searchIn(0, n, x); got != uint64(at) {
				t.Fatalf("searching %d: got %d, want %d", x, got, at)
			}
			start := uint64(rnd.IntN(at + 1))
			if got := f.gallop(start, n, x); got != uint64(at) {
				t.Fatalf("searching %d from %d: got %d, want %d", x, start, got, at)
			}
		}
	}
}
