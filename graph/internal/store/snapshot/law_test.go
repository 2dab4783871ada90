package snapshot

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"kg/graph/internal/store/term"
	"kg/internal/testsize"
)

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The file depends on nothing but the set of quads: not on their order,
// repetitions, batches, goroutines or memory.
func TestSameFile(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	quads := randomQuads(rnd, testsize.Of(4000, 20_000))
	want := read(t, build(t, 256<<20, quads))
	for _, budget := range []int64{1, 1 << 20, 4 << 20} {
		for batches := 1; batches <= 3; batches++ {
			mixed := append(slices.Clone(quads), quads[:len(quads)/3]...)
			rnd.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			path := filepath.Join(t.TempDir(), "kg.db")
			b := NewBuilder(path+".tmp-", budget, batches)
			var wg sync.WaitGroup
			for part := range slices.Chunk(mixed, len(mixed)/batches+1) {
				wg.Go(func() { addAll(t, b, part) })
			}
			wg.Wait()
			if err := b.Finish(t.Context(), path, nil); err != nil {
				t.Fatal(err)
			}
			if runs := len(b.runs); budget == 1 && runs < testsize.Of(10, 50) {
				t.Errorf("a budget of one byte made only %d runs", runs)
			}
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(read(t, path), want) {
				t.Errorf("budget %d, %d batches: another file", budget, batches)
			}
			onlyFile(t, path)
		}
	}
}

// onlyFile checks that nothing else lies in the folder of path.
func onlyFile(t testing.TB, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(path) {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

// Quads of a snapshot and others give the file that all of them give at once,
// whatever was left out.
func TestAddSnapshot(t *testing.T) {
	for seed := range testsize.Of[uint64](6, 40) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		old, more := randomQuads(rnd, 1+rnd.IntN(3000)), randomQuads(rnd, rnd.IntN(500))
		r := open(t, build(t, 1<<20, old))
		keep := func(q quadKeys) bool { return seed%3 != 0 || len(q[2])%3 != 0 }
		except := func(q term.Quad) bool {
			return !keep(quadKeys{2: string(r.AppendKey(nil, q[term.Object]))})
		}
		path := filepath.Join(t.TempDir(), "kg.db")
		b := NewBuilder(path+".tmp-", 1<<(4*seed%24), 1)
		defer b.Close()
		if err := b.AddSnapshot(t.Context(), r, except); err != nil {
			t.Fatal(err)
		}
		addAll(t, b, more)
		if err := b.Finish(t.Context(), path, nil); err != nil {
			t.Fatal(err)
		}
		all := append(slices.DeleteFunc(old, func(q quadKeys) bool { return !keep(q) }), more...)
		if !bytes.Equal(read(t, path), read(t, build(t, 1<<20, all))) {
			t.Fatalf("seed %d: another file", seed)
		}
	}
}

// Verify accepts the output of a Builder.
func TestVerify(t *testing.T) {
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		r := open(t, build(t, 1<<20, randomQuads(rnd, rnd.IntN(1<<(seed%13)))))
		last := uint64(0)
		err := r.Verify(t.Context(), func(done, total uint64) {
			if done < last || done > total {
				t.Errorf("progress went from %d to %d of %d", last, done, total)
			}
			last = done
		})
		if err != nil {
			t.Fatal(err)
		}
		if last == 0 {
			t.Error("no progress was told")
		}
	}
}

// Many readers of one snapshot, which they check at their first touch.
func TestConcurrentReaders(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 9))
	quads := randomQuads(rnd, 5000)
	r, o := open(t, build(t, 1<<20, quads)), newOracle(quads)
	var wg sync.WaitGroup
	for k := range uint64(8) {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(k, 1))
			for range testsize.Of(8, 50) {
				o.compare(t, r, o.pattern(rnd))
			}
		})
	}
	wg.Wait()
}
