package snapshot

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Keys sort as bytes.Compare has it, whatever they have in common.
func TestKeySort(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 6))
	for round := range 60 {
		table := newKeyTable(5000, 0)
		var want [][]byte
		for range 1 + rnd.IntN(4000) {
			key := []byte(strings.Repeat("http://", round%4) + strings.Repeat("\x00", rnd.IntN(12)))
			switch rnd.IntN(4) {
			case 0:
				key = fmt.Appendf(key, "%d", rnd.IntN(1<<(round%20)))
			case 1:
				key = append(key, bytes.Repeat([]byte{byte(rnd.IntN(2))}, rnd.IntN(20))...)
			case 2:
				key = fmt.Appendf(key, "person/%d>", rnd.IntN(2000))
			}
			key = append(key, 'x')
			if table.number(key, table.hash(key)) == uint32(len(want)) {
				want = append(want, key)
			}
		}
		items := make([]row, len(want))
		for i := range items {
			items[i].b = uint64(i)
		}
		s := keySorter{&table, make([]row, len(items))}
		s.sort(items, 0)
		slices.SortFunc(want, bytes.Compare)
		for i, it := range items {
			if !bytes.Equal(s.of(it), want[i]) {
				t.Fatalf("round %d: key %d is %q, not %q", round, i, s.of(it), want[i])
			}
		}
	}
}

func TestRowSort(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 6))
	for range 300 {
		n, bits := rnd.IntN(3000), rnd.IntN(64)
		rows := make([]row, n)
		for i := range rows {
			rows[i] = row{rnd.Uint64() >> bits << rnd.IntN(8), rnd.Uint64() >> (63 - bits)}
		}
		want := slices.Clone(rows)
		slices.SortFunc(want, compareRows)
		sortRows(rows, make([]row, n))
		if !slices.Equal(rows, want) {
			t.Fatalf("%d rows are not sorted", n)
		}
		var coded []byte
		for block := range slices.Chunk(rows, blockRows) {
			coded = append(appendBlock(coded[:0], block), make([]byte, rowSlack)...)
			if !slices.Equal(decodeRows(nil, coded, len(block)), block) {
				t.Fatal("rows come back otherwise")
			}
		}
	}
}
