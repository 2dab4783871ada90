package memtable

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/term"
	"kg/graph/internal/store/wal"
)

// TestRows compares walks and counts with a set of quads: each quad of a
// pattern comes once, in the order of subjects or in that of objects. Half the
// changes are made, a few at once, half are replayed from a journal.
func TestRows(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		there := map[[4]string]bool{}
		base := New(nil)
		edit(t, r, base, there, 40)
		table := New(written(t, base))
		edit(t, r, table, there, int(seed%3)*15)
		if err := table.Check(); err != nil {
			t.Fatal(err)
		}
		if got := table.Quads(); got != uint64(len(there)) {
			t.Fatalf("seed %d: %d quads of %d", seed, got, len(there))
		}
		for range 200 {
			compareRows(t, table, randomPattern(r, table.Last()), there)
		}
	}
}

// edit adds and removes quads, from few terms so that many meet again.
func edit(t *testing.T, r *rand.Rand, table *Table, there map[[4]string]bool, times int) {
	t.Helper()
	var out wal.Encoder
	tx := &Transaction{}
	for i := range times {
		var q [4]string
		for i := range q {
			if i != term.Label || r.IntN(3) > 0 {
				q[i] = fmt.Sprint("\x07a:", r.IntN(6), ">")
			}
		}
		d := wal.Delta{Remove: there[q]}
		for i := range q {
			d.Keys[i] = []byte(q[i])
		}
		if d.Remove {
			delete(there, q)
		} else {
			there[q] = true
		}
		if table.base == nil {
			out.Add(d)
			continue
		}
		if tx.Deltas = append(tx.Deltas, d); r.IntN(4) > 0 && i < times-1 {
			continue
		}
		before := table.Quads()
		n, err := table.Apply(tx, &out)
		if most := uint64(len(tx.Deltas)); err != nil || n > most || n%2 != most%2 || n == 0 && table.Quads() != before {
			t.Fatalf("%d changes of %d came to %d: %v", n, most, table.Quads(), err)
		}
		tx.Deltas = nil
	}
	if table.base == nil {
		if err := table.Replay([]wal.Record{{Kind: wal.Commit, Payload: out.Payload}}); err != nil {
			t.Fatal(err)
		}
	}
}

// written is a table as a snapshot.
func written(t *testing.T, table *Table) *snapshot.Reader {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kg.db")
	b := snapshot.NewBuilder(path+".tmp-", table.Need(), 1)
	defer b.Close()
	if err := table.AddTo(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := b.Finish(t.Context(), path, nil); err != nil {
		t.Fatal(err)
	}
	r, err := snapshot.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func randomPattern(r *rand.Rand, last term.ID) (p term.Pattern) {
	for i := range p.Quad {
		if r.IntN(5) < 2 {
			p.Quad[i] = term.ID(r.IntN(int(last)+2) + 1)
		}
	}
	if p.Quad[term.Object] == term.None && r.IntN(3) == 0 {
		p.ObjectFrom = term.ID(r.IntN(int(last) + 2))
		p.ObjectTo = p.ObjectFrom + term.ID(r.IntN(int(last)+2)) + 1
	}
	return p
}

func compareRows(t *testing.T, table *Table, p term.Pattern, there map[[4]string]bool) {
	t.Helper()
	var want, got []term.Quad
	for q := range there {
		var ids term.Quad
		for i := range q {
			ids[i], _ = table.Find([]byte(q[i]))
		}
		if p.Matches(ids) {
			want = append(want, ids)
		}
	}
	if n := table.Count(p); n != uint64(len(want)) {
		t.Fatalf("pattern %v: counted %d of %d", p, n, len(want))
	}
	var rows Rows
	rows.Begin(table, p)
	var quads [3]term.Quad
	for n := rows.Fill(quads[:]); n > 0; n = rows.Fill(quads[:]) {
		got = append(got, quads[:n]...)
	}
	in := func(order int) func(a, b term.Quad) int {
		return func(a, b term.Quad) int {
			a, b = arrange(a, order), arrange(b, order)
			return slices.Compare(a[:], b[:])
		}
	}
	if !slices.IsSortedFunc(got, in(bySubject)) && !slices.IsSortedFunc(got, in(byObject)) {
		t.Fatalf("pattern %v: %v are in no order", p, got)
	}
	sorted := slices.Clone(got)
	slices.SortFunc(sorted, in(bySubject))
	slices.SortFunc(want, in(bySubject))
	if !slices.Equal(sorted, want) {
		t.Fatalf("pattern %v: got %v, want %v", p, sorted, want)
	}
}
