package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// faulty is a file system that fails from a certain call on, once or for good.
type faulty struct {
	realDisk
	calls  int
	failAt int // the call that fails, 0 for none
	kind   string
	short  bool // a write that fails writes half, or one byte less without an error
}

var errFault = errors.New("fault")

func (d *faulty) fails(kind string) bool {
	d.calls++
	if d.failAt > 0 && d.calls == d.failAt {
		d.kind = kind
		return true
	}
	return false
}

func (d *faulty) wrap(f file, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return &faultyFile{f, d}, nil
}

func (d *faulty) Create(path string) (file, error) {
	if d.fails("create") {
		return nil, errFault
	}
	return d.wrap(d.realDisk.Create(path))
}

func (d *faulty) Open(path string) (file, error) {
	if d.fails("open") {
		return nil, errFault
	}
	return d.wrap(d.realDisk.Open(path))
}

func (d *faulty) Rename(from, to string) error {
	if d.fails("rename") {
		return errFault
	}
	return d.realDisk.Rename(from, to)
}

func (d *faulty) SyncDir(path string) error {
	if d.fails("sync of the folder") {
		return errFault
	}
	return d.realDisk.SyncDir(path)
}

type faultyFile struct {
	file
	disk *faulty
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if f.disk.fails("write") {
		n, _ := f.file.Write(p[:len(p)/2])
		return n, errFault
	}
	return f.file.Write(p)
}

func (f *faultyFile) WriteAt(p []byte, at int64) (int, error) {
	if f.disk.fails("write") {
		if f.disk.short && len(p) > 0 {
			n, _ := f.file.WriteAt(p[:len(p)-1], at)
			return n, nil
		}
		n, _ := f.file.WriteAt(p[:len(p)/2], at)
		return n, errFault
	}
	return f.file.WriteAt(p, at)
}

func (f *faultyFile) Sync() error {
	if f.disk.fails("sync") {
		return errFault
	}
	return f.file.Sync()
}

// session does one of everything that writes, and gives what was acknowledged
// of each step.
func session(qs *QuadStore) (errs []error) {
	ctx := context.Background()
	_, err := qs.Import(ctx, []Input{text("x.nq", "<a:i> <a:p> <a:o> .\n")}, ImportOptions{})
	return append(errs,
		err,
		qs.ApplyDeltas(add(numbered(0)), graph.IgnoreOpts{}),
		qs.ApplyDeltas(append(add(numbered(1)), del(numbered(0))...), graph.IgnoreOpts{IgnoreMissing: true}),
		qs.Compact(ctx),
		qs.ApplyDeltas(add(numbered(2)), graph.IgnoreOpts{}))
}

// importedSet is the quad that session imports.
func importedSet(t testing.TB) map[string]quad.Quad {
	q := quad.Quad{Subject: quad.IRI("a:i"), Predicate: quad.IRI("a:p"), Object: quad.IRI("a:o")}
	return map[string]quad.Quad{spell(t, q): q}
}

// errUnknown stands for the error of an import that was renamed into place when
// the folder could not be synced: only a power loss would undo it.
var errUnknown = errors.New("unknown")

// TestFaults lets each call to the file system fail in turn. What was
// acknowledged is there afterwards, what was not is not, as far as this process
// sees and for the next.
func TestFaults(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	for _, short := range []bool{false, true} {
		for failAt := 1; ; failAt++ {
			d := &faulty{failAt: failAt, short: short}
			path := newPath(t)
			qs, err := open(path, Options{Create: true}, d, usual)
			if err != nil {
				t.Fatal(err)
			}
			errs := session(qs)
			if d.kind == "" {
				break // no call is left that has not failed
			}
			kinds[d.kind]++
			if d.kind == "sync of the folder" && errs[0] != nil && slices.Contains(files(t, path), "kg.db") {
				errs[0] = errUnknown
			}
			checkFaults(t, fmt.Sprintf("call %d, a %s", failAt, d.kind), path, qs, errs)
		}
	}
	t.Log(kinds)
	for _, kind := range []string{"create", "write", "sync", "rename", "sync of the folder"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s failed", kind)
		}
	}
}

func checkFaults(t *testing.T, what, path string, qs *QuadStore, errs []error) {
	t.Helper()
	m := newModel(t)
	failed := 0
	step := func(i int, deltas []graph.Delta) {
		if errs[i] != nil {
			failed++
		} else if err := m.apply(deltas, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
			t.Fatal(err)
		}
	}
	if errs[0] == nil {
		maps.Copy(m.quads, importedSet(t))
	}
	step(1, add(numbered(0)))
	step(2, append(add(numbered(1)), del(numbered(0))...))
	step(4, add(numbered(2)))
	if failed == 0 && errs[0] == nil && errs[3] == nil {
		t.Fatalf("%s: nothing failed", what)
	}
	if got, want := contents(t, qs), m.list(); !slices.Equal(got, want) {
		t.Fatalf("%s: this process sees %q, want %q\nerrors: %v", what, got, want, errs)
	}
	qs.Close() // its error is the fault's
	again, err := Open(path, Options{Create: true})
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	defer again.Close()
	verify(t, again)
	if errors.Is(errs[0], errUnknown) {
		maps.Copy(m.quads, importedSet(t))
	}
	if got, want := contents(t, again), m.list(); !slices.Equal(got, want) {
		t.Fatalf("%s: the next sees %q, want %q\nerrors: %v", what, got, want, errs)
	}
	mustApply(t, again, add(numbered(99)))
	for _, name := range files(t, path) {
		if !slices.Contains([]string{"kg.db", "kg.db.journal", "kg.db.lock"}, name) {
			t.Fatalf("%s: litter %s", what, name)
		}
	}
}

// losing is a file system that knows what a power loss would leave: of each
// file what was synced, of each folder the names as they were when it was
// synced, and of what came later any part.
type losing struct {
	realDisk
	rand    *rand.Rand
	names   map[string]*inode // as they are
	durable map[string]*inode // as they were at the last sync of the folder
	check   func(dir string)  // called with what some power losses leave
	dir     string
	chance  int // one call in so many is followed by a power loss
}

type inode struct {
	now, synced []byte
}

func (d *losing) Create(path string) (file, error) {
	f, err := d.realDisk.Create(path)
	if err != nil {
		return nil, err
	}
	n := &inode{}
	d.names[filepath.Base(path)] = n
	d.lose()
	return &losingFile{f, d, n, 0}, nil
}

func (d *losing) Open(path string) (file, error) {
	f, err := d.realDisk.Open(path)
	return &losingFile{f, d, d.names[filepath.Base(path)], 0}, err
}

func (d *losing) Rename(from, to string) error {
	d.names[filepath.Base(to)] = d.names[filepath.Base(from)]
	delete(d.names, filepath.Base(from))
	err := d.realDisk.Rename(from, to)
	d.lose()
	return err
}

func (d *losing) Remove(path string) error {
	delete(d.names, filepath.Base(path))
	err := d.realDisk.Remove(path)
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
		if d.rand.IntN(2) == 0 {
			from = d.durable
		}
		if n := from[name]; n != nil {
			if err := os.WriteFile(filepath.Join(dir, name), d.left(n), 0o644); err != nil {
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
	file
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
	n, err := f.file.WriteAt(p, at)
	f.disk.lose()
	return n, err
}

func (f *losingFile) Truncate(size int64) error {
	f.node.now = slices.Clone(f.node.now[:size])
	return f.file.Truncate(size)
}

func (f *losingFile) Sync() error {
	f.node.synced = slices.Clone(f.node.now)
	f.disk.lose()
	return nil // the machine will stay on
}

// TestPowerLoss takes the power away at some moments of a session, as far as a
// program can: after each, what was acknowledged is there, what was begun is
// there as a whole or not at all.
func TestPowerLoss(t *testing.T) {
	t.Parallel()
	losses := 0
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 3))
		path := newPath(t)
		d := &losing{rand: r, names: map[string]*inode{}, durable: map[string]*inode{}, dir: t.TempDir(), chance: 4}
		// What may be found: the state acknowledged last, or the one under way.
		acked, next := []string{}, []string{}
		d.check = func(dir string) {
			losses++
			qs, err := Open(filepath.Join(dir, "kg.db"), Options{Create: true})
			if err != nil {
				t.Fatalf("seed %d, loss %d: %v", seed, losses, err)
			}
			verify(t, qs)
			if got := contents(t, qs); !slices.Equal(got, acked) && !slices.Equal(got, next) {
				t.Fatalf("seed %d, loss %d: got %q, want %q or %q", seed, losses, got, acked, next)
			}
			if err := qs.Close(); err != nil {
				t.Fatal(err)
			}
		}
		l := usual
		if seed%2 == 0 {
			l.short = 0 // import even a line
		}
		qs, err := open(path, Options{Create: true}, d, l)
		if err != nil {
			t.Fatal(err)
		}
		m := newModel(t)
		for i := range 12 {
			switch r.IntN(6) {
			case 0:
				next = acked
				if err := qs.Compact(context.Background()); err != nil {
					t.Fatal(err)
				}
			case 1:
				maps.Copy(m.quads, importedSet(t))
				next = m.list()
				mustImport(t, qs, ImportOptions{}, text("x.nq", "<a:i> <a:p> <a:o> .\n"))
			default:
				list := append(add(numbered(i)), del(numbered(i-1-r.IntN(3)))...)
				if err := m.apply(list, graph.IgnoreOpts{IgnoreMissing: true}); err != nil {
					t.Fatal(err)
				}
				next = m.list()
				if err := qs.ApplyDeltas(list, graph.IgnoreOpts{IgnoreMissing: true}); err != nil {
					t.Fatal(err)
				}
			}
			acked = next
		}
		if err := qs.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if losses < 100 {
		t.Errorf("the power was taken away only %d times", losses)
	}
}
