package db_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"runtime/debug"
	"slices"
	"testing"

	"kg/graph/internal/store/bulk"
	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"

	"github.com/cayleygraph/cayley/graph"
)

// replacing are ways to replace the file of an open store by another with the given
// bytes.
var replacing = map[string]func(path string, other []byte) error{
	"copied over it": func(path string, other []byte) error { return os.WriteFile(path, other, 0) },
	"renamed": func(path string, other []byte) error {
		return errors.Join(os.WriteFile(path+"-new", other, 0o644), os.Rename(path+"-new", path))
	},
	"removed": func(path string, _ []byte) error { return os.Remove(path) },
	"cut":     func(path string, _ []byte) error { return os.Truncate(path, 0) },
}

// writers leave a store in each of the states that a writer has.
var writers = map[string]func(qs *storetest.Store) error{
	"fresh":      func(qs *storetest.Store) error { return nil },
	"journalled": func(qs *storetest.Store) error { return qs.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{}) },
	"beside": func(qs *storetest.Store) error { // it reads an older snapshot than the one at its path
		err := qs.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{})
		return errors.Join(err, qs.DB.CompactBeside(context.Background()))
	},
	"compacted": func(qs *storetest.Store) error {
		err := qs.ApplyDeltas(add(numbered(1)), graph.IgnoreOpts{})
		return errors.Join(err, qs.Compact(context.Background()))
	},
}

// TestReplaced: a writer whose store's file was replaced writes nothing more, neither
// into that file nor over it, and says so. The new file opens as what it is.
func TestReplaced(t *testing.T) {
	other := newStore(t)
	mustApply(t, other, add(numbered(7)))
	if err := other.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	bytesOfOther, err := os.ReadFile(other.DB.Path())
	if err != nil {
		t.Fatal(err)
	}
	attempts := map[string]func(qs *storetest.Store) error{
		"commit":  func(qs *storetest.Store) error { return qs.ApplyDeltas(add(numbered(2)), graph.IgnoreOpts{}) },
		"compact": func(qs *storetest.Store) error { return qs.DB.CompactBeside(context.Background()) },
		"import": func(qs *storetest.Store) error {
			_, err := qs.Import(context.Background(), []bulk.Input{text("x.nq", "<a:i> <a:p> <a:o> .\n")}, bulk.Options{})
			return err
		},
		"close": nil,
	}
	for how, replace := range replacing {
		for state, prepare := range writers {
			for attempt, do := range attempts {
				t.Run(how+" "+state+" "+attempt, func(t *testing.T) {
					debug.SetPanicOnFault(true)
					path := newPath(t)
					first := mustOpen(t, path, db.Options{Create: true})
					mustApply(t, first, add(numbered(0)))
					if err := first.Close(); err != nil {
						t.Fatal(err)
					}
					qs := mustOpen(t, path, db.Options{})
					if err := prepare(qs); err != nil {
						t.Fatal(err)
					}
					if err := replace(path, bytesOfOther); err != nil {
						t.Fatal(err)
					}
					put, missing := os.ReadFile(path)
					if do != nil {
						if err := do(qs); err == nil || !qs.Overwritten() {
							t.Errorf("it is told %v, and overwritten: %v", err, qs.Overwritten())
						}
					}
					if err := qs.Close(); err != nil {
						t.Errorf("closing: %v", err)
					}
					now, gone := os.ReadFile(path)
					if !bytes.Equal(put, now) || (missing == nil) != (gone == nil) {
						t.Error("it writes over what was put there")
					}
					if how != "copied over it" && how != "renamed" {
						return
					}
					if got, want := contents(t, mustOpen(t, path, db.Options{})), contents(t, other); !slices.Equal(got, want) {
						t.Errorf("then there are %q", got)
					}
				})
			}
		}
	}
}

// cutting is a file system on which the store at path is cut as soon as a new
// snapshot of it is begun.
type cutting struct {
	storetest.Unsynced
	path string
}

func (d cutting) Remove(path string) error {
	if path == d.path+db.TempEnd+"new" {
		if err := os.Truncate(d.path, 0); err != nil {
			return err
		}
	}
	return d.Unsynced.Remove(path)
}

// TestCutWhileRewritten: a store that is cut while a compaction or a load reads
// it is an error of that, also in a goroutine that made no provision.
func TestCutWhileRewritten(t *testing.T) {
	for name, do := range map[string]func(qs *storetest.Store) error{
		"compact": func(qs *storetest.Store) error { return qs.Compact(context.Background()) },
		"close":   func(qs *storetest.Store) error { return nil },
		"import": func(qs *storetest.Store) error {
			in := text("x.nq", "<a:i> <a:p> <a:o> .\n")
			in.Size = 0 // which makes it no commit
			_, err := qs.Import(context.Background(), []bulk.Input{in}, bulk.Options{})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			first := mustOpen(t, path, db.Options{Create: true})
			mustApply(t, first, add(some(2000)...))
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			qs, err := storetest.Open(path, db.Options{Disk: cutting{path: path}})
			if err != nil {
				t.Fatal(err)
			}
			mustApply(t, qs, add(numbered(-1)))
			err = do(qs)
			if err = errors.Join(err, qs.Close()); err == nil {
				t.Error("it is not told")
			}
			if b, err := os.ReadFile(path); err != nil || len(b) > 0 {
				t.Errorf("%d bytes were written over what was put there: %v", len(b), err)
			}
		})
	}
}
