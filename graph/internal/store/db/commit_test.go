package db_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/memtable"
	"kg/graph/internal/store/storetest"
	"kg/graph/internal/store/term"
	"kg/graph/internal/store/wal"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// Commits that come at once share a sync, and none is lost or done twice.
func TestGroups(t *testing.T) {
	t.Parallel()
	qs := mustOpen(t, newPath(t), db.Options{Create: true, Disk: slow{}})
	const writers, each = 8, 40
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				own, shared := numbered(1000*w+i), numbered(-i)
				if err := qs.ApplyDeltas(add(own, shared), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	// numbered(0) is both the first of the first writer and shared.
	if got, want := len(contents(t, qs)), writers*each+each-1; got != want {
		t.Errorf("%d quads of %d", got, want)
	}
	if n := qs.DB.Journal().Last(); n >= writers*each {
		t.Errorf("%d records for %d commits", n, writers*each)
	}
	verify(t, qs)
}

// slow is a disk whose syncs take a while.
type slow struct{ storetest.Unsynced }

func (d slow) Create(path string) (db.File, error) {
	f, err := d.Unsynced.Create(path)
	return slowFile{f}, err
}

type slowFile struct{ db.File }

func (slowFile) Sync() error { time.Sleep(time.Millisecond); return nil }

// A group is judged in its order, each transaction on what the others leave.
func TestGroupOrder(t *testing.T) {
	t.Parallel()
	d := newStore(t)
	one, both := tx(t, 1), tx(t, 1, 2)
	remove := tx(t, 1)
	remove.Deltas[0].Remove = true
	var exists, missing *memtable.DeltaError
	errs := d.DB.CommitGroup(one, tx(t, 1), remove, &memtable.Transaction{Deltas: remove.Deltas}, both)
	if !errors.As(errs[1], &exists) || !exists.There || !errors.As(errs[3], &missing) || missing.There {
		t.Errorf("got %v", errs)
	}
	if err := errors.Join(errs[0], errs[2], errs[4]); err != nil {
		t.Error(err)
	}
	if got := len(contents(t, d)); got != 2 {
		t.Errorf("%d quads", got)
	}
	verify(t, d)
}

// tx is a transaction that adds some of numbered.
func tx(t *testing.T, numbers ...int) *memtable.Transaction {
	t.Helper()
	tx := new(memtable.Transaction)
	for _, i := range numbers {
		q := numbered(i)
		var keys [4][]byte
		for position, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
			var err error
			if keys[position], err = term.Append(nil, v); err != nil {
				t.Fatal(err)
			}
		}
		tx.Deltas = append(tx.Deltas, wal.Delta{Keys: keys})
	}
	return tx
}
