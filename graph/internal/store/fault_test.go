package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
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
// of each step. The last import comes beside a commit.
func session(qs *QuadStore) []error {
	ctx := context.Background()
	_, imported := qs.Import(ctx, []Input{text("x.nq", "<a:i> <a:p> <a:o> .\n")}, ImportOptions{})
	errs := []error{
		imported,
		qs.ApplyDeltas(add(numbered(0)), graph.IgnoreOpts{}),
		qs.ApplyDeltas(append(add(numbered(1)), del(numbered(0))...), graph.IgnoreOpts{IgnoreMissing: true}),
		qs.Compact(ctx),
		qs.ApplyDeltas(add(numbered(2)), graph.IgnoreOpts{}),
	}
	var beside error
	in := text("y.nq", "")
	in.Open = func() (io.ReadCloser, error) {
		beside = qs.ApplyDeltas(add(numbered(3)), graph.IgnoreOpts{})
		return io.NopCloser(strings.NewReader("<a:j> <a:p> <a:o> .\n")), nil
	}
	if _, imported = qs.Import(ctx, []Input{in}, ImportOptions{Memory: 1 << 20}); imported != nil && beside == nil && len(contentsOf(qs, numbered(3))) == 0 {
		beside = imported // it was never begun
	}
	return append(errs, beside, imported, qs.ApplyDeltas(add(numbered(4)), graph.IgnoreOpts{}))
}

// contentsOf are the refs of a quad's object, none or one.
func contentsOf(qs *QuadStore, q quad.Quad) (list []graph.Ref) {
	if ref, err := qs.ValueOf(q.Object); ref != nil && err == nil {
		list = append(list, ref)
	}
	return list
}

// importedSet is the quad that an import brings.
func importedSet(t testing.TB, subject quad.IRI) map[string]quad.Quad {
	q := quad.Quad{Subject: subject, Predicate: quad.IRI("a:p"), Object: quad.IRI("a:o")}
	return map[string]quad.Quad{spell(t, q): q}
}

// isOpen tells of the error of an import that was renamed into place when the
// folder could not be synced: only a power loss would undo it.
func isOpen(err error) bool {
	return err != nil && strings.Contains(err.Error(), "a power loss may undo that")
}

// TestFaults lets each call to the file system fail in turn. What was
// acknowledged is there afterwards, what was not is not, as far as this process
// sees and for the next.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("each call of a session fails once")
	}
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
	steps := [][]graph.Delta{1: add(numbered(0)), 2: append(add(numbered(1)), del(numbered(0))...), 4: add(numbered(2)), 5: add(numbered(3)), 7: add(numbered(4))}
	for i, deltas := range steps {
		if errs[i] != nil {
			continue
		}
		if err := m.apply(deltas, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
			t.Fatal(err)
		}
	}
	imports := map[int]quad.IRI{0: "a:i", 6: "a:j"}
	for i, subject := range imports {
		if errs[i] == nil {
			maps.Copy(m.quads, importedSet(t, subject))
		}
	}
	if got, want := contents(t, qs), m.list(); !slices.Equal(got, want) {
		t.Fatalf("%s: this process sees %q, want %q\nerrors: %q", what, got, want, errs)
	}
	if err := qs.Close(); err == nil && errors.Join(errs...) == nil {
		t.Fatalf("%s: nothing failed", what)
	}
	again, err := Open(path, Options{Create: true})
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	defer again.Close()
	verify(t, again)
	for i, subject := range imports {
		if isOpen(errs[i]) && errors.Join(errs[:i]...) == nil {
			maps.Copy(m.quads, importedSet(t, subject))
		}
	}
	if got, want := contents(t, again), m.list(); !slices.Equal(got, want) {
		t.Fatalf("%s: the next sees %q, want %q\nerrors: %q", what, got, want, errs)
	}
	mustApply(t, again, add(numbered(99)))
	for _, name := range files(t, path) {
		if !slices.Contains([]string{"kg.db", "kg.db.journal", "kg.db.lock"}, name) {
			t.Fatalf("%s: litter %s", what, name)
		}
	}
}
