package db_test

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
)

// A background compaction leaves the handles of the process as they are, unless they hold
// too much in memory; later openers read it; and a compaction in the foreground adopts
// its result.
func TestCompactionBeside(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := newPath(t)
	qs, err := storetest.Open(path, db.Options{Create: true, Limits: &db.Thresholds{Floor: 2000, Share: 1 << 30, Memory: 1 << 20, Beside: 100}})
	if err != nil {
		t.Fatal(err)
	}
	mustImport(t, qs, bulk.Options{}, text("x.nq", canonical(t, some(3))))
	first := qs.DB.State()
	commit := func(from, to int) {
		for i := from; i < to; i++ {
			mustApply(t, qs, add(numbered(i)))
		}
		qs.DB.Await()
	}
	commit(3, 90)
	now := qs.DB.State()
	if now.Numbering != first.Numbering || now.Base().ID() != first.Base().ID() {
		t.Error("the terms of the process were renumbered")
	}
	verify(t, qs)
	other, err := storetest.Open(path, db.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	newer := other.DB.State().Base()
	if newer.ID() == first.Base().ID() {
		t.Fatal("nothing was compacted")
	}
	if got, want := exported(t, other), exported(t, qs); got != want {
		t.Errorf("a reader sees %s, the writer %s", got, want)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}

	for range 2 { // the second has nothing left to do
		if err := qs.Compact(ctx); err != nil {
			t.Fatal(err)
		}
		if now := qs.DB.State(); now.Len() > 0 || now.Quads() != 90 {
			t.Errorf("%d quads, all in the snapshot: %v", now.Quads(), now.Len() == 0)
		}
	}
	numbers := qs.DB.State().Numbering
	commit(90, 300)
	if now := qs.DB.State(); now.Numbering == numbers || now.Len() >= 210 {
		t.Errorf("%d changes are kept in memory (%v)", now.Len(), qs.DB.Failed())
	}

	if err := qs.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	commit(300, 360)
	damageMiddle(t, path)
	if err := qs.DB.State().Base().Verify(ctx, nil); err != nil {
		t.Fatalf("the snapshot that is read is the one in place: %v", err)
	}
	if err := qs.Verify(ctx, nil); err == nil {
		t.Error("the snapshot in place is damaged, and that was not found")
	}
	if err := qs.Close(); err != nil {
		t.Error(err)
	}
}

// Commits after a compaction and before its end is known begin another one, even if no
// later commit comes.
func TestCompactionBeginsAgain(t *testing.T) {
	t.Parallel()
	var qs *storetest.Store
	var once sync.Once
	late := func() {
		once.Do(func() {
			for i := 100; i < 300; i++ {
				if err := qs.ApplyDeltas(add(numbered(i)), graph.IgnoreOpts{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	path := newPath(t)
	limits := &db.Thresholds{Floor: 2000, Share: 1 << 30, Memory: 1 << 20, Beside: 100}
	qs, err := storetest.Open(path, db.Options{Create: true, Limits: limits, Rewritten: late})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		mustApply(t, qs, add(numbered(i)))
	}
	qs.DB.Await()
	if now := qs.DB.State(); now.Quads() != 300 || now.Len() >= 200 {
		t.Errorf("of %d quads %d are kept in memory (%v)", now.Quads(), now.Len(), qs.DB.Failed())
	}
	if err := qs.Close(); err != nil {
		t.Error(err)
	}
}

// damageMiddle changes a byte in the middle of a file.
func damageMiddle(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	var b [1]byte
	if _, err := f.ReadAt(b[:], info.Size()/2); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1
	if _, err := f.WriteAt(b[:], info.Size()/2); err != nil {
		t.Fatal(err)
	}
}

// A store can be closed while others write to it.
func TestCloseBesideCommits(t *testing.T) {
	if testing.Short() {
		t.Skip("twenty stores under load")
	}
	t.Parallel()
	for range 20 {
		path := newPath(t)
		qs, err := storetest.Open(path, db.Options{Create: true, Limits: &db.Thresholds{Floor: 200, Share: 1 << 30, Memory: 1 << 20}})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		kept := make([]int, 4)
		for w := range kept {
			wg.Go(func() {
				for {
					err := qs.ApplyDeltas(add(numbered(1_000_000*w+kept[w])), graph.IgnoreOpts{})
					if errors.Is(err, db.ErrClosed) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
					kept[w]++
				}
			})
		}
		waitForVersion(t, qs.DB, 5)
		if err := qs.Close(); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		again, err := storetest.Open(path, db.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(contents(t, again)), kept[0]+kept[1]+kept[2]+kept[3]; got != want {
			t.Fatalf("%d quads of %d", got, want)
		}
		again.Close()
	}
}

func waitForVersion(t *testing.T, d *db.DB, version uint64) {
	for d.State().Version < version && !t.Failed() {
		time.Sleep(time.Millisecond / 10)
	}
}
