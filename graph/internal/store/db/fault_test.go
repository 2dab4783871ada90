package db_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// session does one of everything that writes, and gives what was acknowledged
// of each step. The last import comes beside a commit.
func session(qs *storetest.Store) []error {
	ctx := context.Background()
	_, imported := qs.Import(ctx, []bulk.Input{text("x.nq", "<a:i> <a:p> <a:o> .\n")}, bulk.Options{})
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
	if _, imported = qs.Import(ctx, []bulk.Input{in}, bulk.Options{Memory: 1 << 20}); imported != nil && beside == nil && len(contentsOf(qs, numbered(3))) == 0 {
		beside = imported // it was never begun
	}
	return append(errs, beside, imported, qs.ApplyDeltas(add(numbered(4)), graph.IgnoreOpts{}))
}

// contentsOf are the refs of a quad's object, none or one.
func contentsOf(qs *storetest.Store, q quad.Quad) (list []graph.Ref) {
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

// isOpen reports whether an import was renamed into place and the folder could not be
// synced: only a power loss would undo it.
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
	for _, like := range []storetest.Faulty{{}, {Short: true}, {InUse: true}} {
		for failAt := 1; ; failAt++ {
			d := new(like)
			d.FailAt = failAt
			path := newPath(t)
			qs, err := storetest.Open(path, db.Options{Create: true, Disk: d})
			if err != nil {
				t.Fatal(err)
			}
			errs := session(qs)
			if d.Kind == "" {
				break // no call is left that has not failed
			}
			kinds[d.Kind]++
			checkFaults(t, fmt.Sprintf("call %d, a %s", failAt, d.Kind), path, qs, errs)
		}
	}
	t.Log(kinds)
	for _, kind := range []string{"create", "write", "sync", "rename", "sync of the folder"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s failed", kind)
		}
	}
}

func checkFaults(t *testing.T, what, path string, qs *storetest.Store, errs []error) {
	t.Helper()
	m := newModel(t)
	steps := [][]graph.Delta{1: add(numbered(0)), 2: append(add(numbered(1)), del(numbered(0))...), 4: add(numbered(2)), 5: add(numbered(3)), 7: add(numbered(4))}
	for i, deltas := range steps {
		if errs[i] != nil {
			continue
		}
		if err := m.Apply(deltas, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
			t.Fatal(err)
		}
	}
	imports := map[int]quad.IRI{0: "a:i", 6: "a:j"}
	for i, subject := range imports {
		if errs[i] == nil {
			maps.Copy(m.Quads, importedSet(t, subject))
		}
	}
	if got, want := contents(t, qs), m.List(); !slices.Equal(got, want) {
		t.Fatalf("%s: this process sees %q, want %q\nerrors: %q", what, got, want, errs)
	}
	if err := qs.Close(); err == nil && errors.Join(errs...) == nil {
		t.Fatalf("%s: nothing failed", what)
	}
	again, err := storetest.Open(path, db.Options{Create: true})
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	defer again.Close()
	verify(t, again)
	for i, subject := range imports {
		if isOpen(errs[i]) && errors.Join(errs[:i]...) == nil {
			maps.Copy(m.Quads, importedSet(t, subject))
		}
	}
	if got, want := contents(t, again), m.List(); !slices.Equal(got, want) {
		t.Fatalf("%s: the next sees %q, want %q\nerrors: %q", what, got, want, errs)
	}
	mustApply(t, again, add(numbered(99)))
	for _, name := range files(t, path) {
		if !slices.Contains([]string{"kg.db", "kg.db.journal", "kg.db.lock"}, name) {
			t.Fatalf("%s: litter %s", what, name)
		}
	}
}
