package store

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
)

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
				maps.Copy(m.quads, importedSet(t, "a:i"))
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
