package db_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/snapshot"
	"kg/graph/internal/store/storetest"
)

// losing is a file system that knows what a power loss would leave: of each
// file what was synced, of each folder the names as they were when it was
// synced, and of what came later any part.
type losing struct {
	storetest.Unsynced
	rand    *rand.Rand
	names   map[string]*inode // as they are
	durable map[string]*inode // as they were at the last sync of the folder
	check   func(dir string)  // called with what some power losses leave
	dir     string
	chance  int  // one call in so many is followed by a power loss
	kill    bool // what is lost is the process, and nothing of what it wrote
	inUse   bool // what is mapped is not replaced, as on Windows
}

type inode struct {
	now, synced []byte
}

func (d *losing) Create(path string) (db.File, error) {
	f, err := d.Unsynced.Create(path)
	if err != nil {
		return nil, err
	}
	n := &inode{}
	d.names[filepath.Base(path)] = n
	d.lose()
	return &losingFile{f, d, n, 0}, nil
}

func (d *losing) Open(path string) (db.File, error) {
	f, err := d.Unsynced.Open(path)
	return &losingFile{f, d, d.names[filepath.Base(path)], 0}, err
}

func (d *losing) Rename(from, to string) error {
	if d.inUse {
		if err := storetest.InUse(from, to); err != nil {
			return err
		}
	}
	d.names[filepath.Base(to)] = d.names[filepath.Base(from)]
	delete(d.names, filepath.Base(from))
	err := d.Unsynced.Rename(from, to)
	d.lose()
	return err
}

func (d *losing) Remove(path string) error {
	delete(d.names, filepath.Base(path))
	err := d.Unsynced.Remove(path)
	d.lose()
	return err
}

func (d *losing) SyncDir(path string) error {
	d.durable = maps.Clone(d.names)
	d.lose()
	return nil
}

// lose makes a folder as a power loss at this moment may leave it: each name
// that was changed since the folder was synced is the old or the new, and of
// bytes that were not synced any may be there.
func (d *losing) lose() {
	if d.rand.IntN(d.chance) > 0 {
		return
	}
	dir, err := os.MkdirTemp(d.dir, "loss")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	names := maps.Clone(d.durable)
	maps.Copy(names, d.names)
	for name := range names {
		from := d.names
		if !d.kill && d.rand.IntN(2) == 0 {
			from = d.durable
		}
		if n := from[name]; n != nil {
			content := n.now
			if !d.kill {
				content = d.left(n)
			}
			if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
				panic(err)
			}
		}
	}
	d.check(dir)
}

// left is what is left of a file: pages, as disks write them, that are old or
// new, up to some length.
func (d *losing) left(n *inode) []byte {
	const page = 512
	out := slices.Clone(n.now)
	if len(n.now) < len(n.synced) {
		out = append(out, n.synced[len(n.now):]...)
	}
	for at := 0; at < len(out); at += page {
		if d.rand.IntN(2) == 0 {
			end := min(at+page, len(out))
			clear(out[at:end])
			copy(out[at:end], n.synced[min(at, len(n.synced)):])
		}
	}
	if shortest := min(len(n.synced), len(n.now)); len(out) > shortest && d.rand.IntN(2) == 0 {
		out = out[:shortest+d.rand.IntN(len(out)-shortest)]
	}
	return out
}

type losingFile struct {
	db.File
	disk *losing
	node *inode
	at   int64
}

func (f *losingFile) Write(p []byte) (int, error) {
	n, err := f.WriteAt(p, f.at)
	f.at += int64(n)
	return n, err
}

func (f *losingFile) WriteAt(p []byte, at int64) (int, error) {
	if end := int(at) + len(p); end > len(f.node.now) {
		f.node.now = append(f.node.now, make([]byte, end-len(f.node.now))...)
	}
	copy(f.node.now[at:], p)
	n, err := f.File.WriteAt(p, at)
	f.disk.lose()
	return n, err
}

func (f *losingFile) Truncate(size int64) error {
	f.node.now = slices.Clone(f.node.now[:size])
	return f.File.Truncate(size)
}

func (f *losingFile) Sync() error {
	f.node.synced = slices.Clone(f.node.now)
	f.disk.lose()
	return nil // the machine will stay on
}

// found counts what was found after losses.
type found struct {
	losses, torn   int // the latter with a journal that ends in no whole commit
	whole, refused int // of copies without the journal
	half           int // in the middle of a swap
}

// left looks at what a loss left in a folder: the store is one of the states,
// and its file alone is one of them or an error.
func (f *found) left(t *testing.T, dir string, states ...[]string) {
	t.Helper()
	f.losses++
	is := func(what string, qs *storetest.Store) {
		t.Helper()
		verify(t, qs)
		got := contents(t, qs)
		if !slices.ContainsFunc(states, func(want []string) bool { return slices.Equal(got, want) }) {
			t.Fatalf("loss %d, %s: got %q, want one of %q", f.losses, what, got, states)
		}
	}
	if b, err := os.ReadFile(filepath.Join(dir, "kg.db")); err == nil {
		alone := filepath.Join(dir, "alone.db")
		if err := os.WriteFile(alone, b, 0o644); err != nil {
			t.Fatal(err)
		}
		qs, err := storetest.Open(alone, db.Options{ReadOnly: true})
		var damage *snapshot.DamageError
		switch {
		case err == nil:
			f.whole++
			is("the file alone", qs)
		case strings.Contains(err.Error(), alone+`.journal" is missing`), errors.As(err, &damage) && damage.Section == "mark":
			f.refused++
		default:
			t.Fatalf("loss %d, the file alone: %v", f.losses, err)
		}
	}
	if ok, err := db.HalfSwapped(filepath.Join(dir, "kg.db")); err != nil {
		t.Fatal(err)
	} else if ok {
		f.half++
	}
	warn := func(err error) {
		if f.torn++; !strings.Contains(err.Error(), "torn journal") {
			t.Errorf("loss %d: %v", f.losses, err)
		}
	}
	qs, err := storetest.Open(filepath.Join(dir, "kg.db"), db.Options{Create: true, Warn: warn, Limits: &storetest.Unfolded})
	if err != nil {
		t.Fatalf("loss %d: %v", f.losses, err)
	}
	is("the store", qs)
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestPowerLoss takes the power away at some moments of a session, as far as a
// program can: after each, what was acknowledged is there, what was begun is
// there as a whole or not at all.
func TestPowerLoss(t *testing.T) {
	if testing.Short() {
		t.Skip("loses power hundreds of times")
	}
	t.Parallel()
	f := lossSession(t, 25, losing{chance: 4})
	if f.losses < 100 {
		t.Errorf("the power was taken away only %d times", f.losses)
	}
	if f.torn == 0 {
		t.Error("no journal was torn")
	}
}

// TestKillAnywhere ends the process between any two steps of what it does to
// its files.
func TestKillAnywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("is killed hundreds of times")
	}
	t.Parallel()
	for _, inUse := range []bool{false, true} {
		f := lossSession(t, 6, losing{chance: 1, kill: true, inUse: inUse})
		if f.losses < 100 || f.whole < 10 || f.refused < 10 || f.torn > 0 || (f.half > 0) != inUse {
			t.Errorf("in use: %v: got %+v", inUse, f)
		}
	}
}

// lossSession does everything that writes, in the orders that some seeds give,
// on disks like d.
func lossSession(t *testing.T, seeds uint64, d losing) (f found) {
	for seed := range seeds {
		d := d
		d.rand, d.dir, d.names, d.durable = rand.New(rand.NewPCG(seed, 3)), t.TempDir(), map[string]*inode{}, map[string]*inode{}
		s := &writing{t: t, rand: d.rand, model: newModel(t), acked: []string{}, next: []string{}}
		d.check = func(dir string) { f.left(t, dir, s.acked, s.next) }
		l := db.Usual
		if seed%2 == 0 {
			l.Short = 0 // import even a line
		}
		if seed%3 == 0 {
			l.Fold = 0
		}
		path := newPath(t)
		for i := range 3 { // a process after the other
			qs, err := storetest.Open(path, db.Options{Create: true, Disk: &d, Limits: &l})
			if err != nil {
				t.Fatal(err)
			}
			s.qs = qs
			for j := range 5 {
				s.step(10*i + j)
			}
			if err := qs.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return f
}

// writing is a store that is written to, and what it may be found to hold.
type writing struct {
	t           *testing.T
	rand        *rand.Rand
	qs          *storetest.Store
	model       *storetest.SetModel
	acked, next []string // what was acknowledged last, and what comes with what is under way
}

func (w *writing) step(i int) {
	w.next = w.acked
	switch w.rand.IntN(6) {
	case 0:
		if err := w.qs.Compact(context.Background()); err != nil {
			w.t.Fatal(err)
		}
	case 1: // a commit comes beside
		in := text("x.nq", "") // of unknown size, or it would be committed
		in.Open = func() (io.ReadCloser, error) {
			w.commit(add(numbered(i)))
			w.will(importedSet(w.t, "a:i"))
			return io.NopCloser(strings.NewReader("<a:i> <a:p> <a:o> .\n")), nil
		}
		mustImport(w.t, w.qs, bulk.Options{Memory: 1 << 20}, in)
	case 2:
		w.will(importedSet(w.t, "a:j"))
		mustImport(w.t, w.qs, bulk.Options{}, text("x.nq", "<a:j> <a:p> <a:o> .\n"))
	default:
		w.commit(append(add(numbered(i)), del(numbered(i-1-w.rand.IntN(3)))...))
	}
	w.acked = w.next
}

// will notes what is to come.
func (w *writing) will(quads map[string]quad.Quad) {
	maps.Copy(w.model.Quads, quads)
	w.next = w.model.List()
}

func (w *writing) commit(list []graph.Delta) {
	if err := w.model.Apply(list, graph.IgnoreOpts{IgnoreMissing: true}); err != nil {
		w.t.Fatal(err)
	}
	w.next = w.model.List()
	if err := w.qs.ApplyDeltas(list, graph.IgnoreOpts{IgnoreMissing: true}); err != nil {
		w.t.Fatal(err)
	}
	w.acked = w.next
}
