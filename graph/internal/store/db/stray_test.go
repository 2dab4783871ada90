package db_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
)

// strays are the files of a store that do not count: each makes one, and gives
// its path, what is to be kept of it, and how many quads the store has without.
var strays = map[string]func(t *testing.T, path string) (stray string, kept []byte, quads int){
	"journal of another store": func(t *testing.T, path string) (string, []byte, int) {
		other := storeOf(t, 5, storetest.Unfolded)
		fill(t, path, 3, db.Usual)
		mustCopy(t, other, path, db.JournalEnd)
		return path + db.JournalEnd, readFile(t, path+db.JournalEnd), 3
	},
	"journal without its store": func(t *testing.T, path string) (string, []byte, int) {
		fill(t, path, 3, storetest.Unfolded)
		os.Remove(path)
		return path + db.JournalEnd, readFile(t, path+db.JournalEnd), 0
	},
	"torn journal": func(t *testing.T, path string) (string, []byte, int) {
		fill(t, path, 3, storetest.Unfolded)
		return path + db.JournalEnd, spoil(t, path+db.JournalEnd, []byte("torn")), 3
	},
	"torn journal, a hole": func(t *testing.T, path string) (string, []byte, int) {
		fill(t, path, 3, storetest.Unfolded)
		return path + db.JournalEnd, spoil(t, path+db.JournalEnd, append(make([]byte, 300<<10), 'x', 0)), 3
	},
	"empty file": func(t *testing.T, path string) (string, []byte, int) {
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		return path, []byte{}, 0
	},
}

// spoil appends to a file, and gives what.
func spoil(t *testing.T, path string, more []byte) []byte {
	t.Helper()
	if err := os.WriteFile(path, append(readFile(t, path), more...), 0o644); err != nil {
		t.Fatal(err)
	}
	return more
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func storeOf(t *testing.T, n int, l db.Thresholds) string {
	t.Helper()
	path := newPath(t)
	fill(t, path, n, l)
	return path
}

// fill makes a store with n quads, each a commit.
func fill(t *testing.T, path string, n int, l db.Thresholds) {
	t.Helper()
	qs, err := storetest.Open(path, db.Options{Create: true, Limits: &l})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		mustApply(t, qs, add(numbered(i)))
	}
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
}

// A stray is reported by readers, which leave it as it is, and renamed by the next
// writer, which reports it once and overwrites nothing.
func TestStray(t *testing.T) {
	t.Parallel()
	for name, make := range strays {
		t.Run(name, func(t *testing.T) {
			rule, _, _ := strings.Cut(name, ",")
			path := newPath(t)
			stray, kept, quads := make(t, path)
			before := folderOf(t, filepath.Dir(path))
			qs, err := storetest.Open(path, db.Options{ReadOnly: true})
			var told *db.Stray
			if errors.As(err, &told); err == nil {
				told = qs.Stray()
			}
			if told == nil || told.Rule != rule || told.Path != stray {
				t.Errorf("reading tells of %v, %v", told, err)
			}
			if after := folderOf(t, filepath.Dir(path)); !maps.Equal(before, after) {
				t.Errorf("reading changed the files: %v, %v", before, after)
			}
			for _, older := range []string{db.OldEnd, db.OldEnd + ".2"} {
				if err := os.WriteFile(stray+older, []byte("older"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			warnings := writeTo(t, path, quads)
			if len(warnings) != 1 || !strings.Contains(warnings[0], stray) || !strings.Contains(warnings[0], rule) || !strings.Contains(warnings[0], ".old.3") {
				t.Errorf("the writer told %q", warnings)
			}
			if got := readFile(t, stray+db.OldEnd+".3"); !bytes.Equal(got, kept) {
				t.Errorf("kept %d bytes, want %d", len(got), len(kept))
			}
			for _, older := range []string{db.OldEnd, db.OldEnd + ".2"} {
				if got := readFile(t, stray+older); string(got) != "older" {
					t.Errorf("%s was overwritten", older)
				}
			}
			if warnings := writeTo(t, path, quads+1); len(warnings) > 0 {
				t.Errorf("the next writer told %q", warnings)
			}
			if qs := mustOpen(t, path, db.Options{ReadOnly: true}); qs.Stray() != nil {
				t.Errorf("there still is %v", qs.Stray())
			}
		})
	}
}

// writeTo opens a store that has n quads, adds one and closes it. It gives what
// was warned of.
func writeTo(t *testing.T, path string, n int) (warnings []string) {
	t.Helper()
	qs, err := storetest.Open(path, db.Options{Create: true, Warn: func(err error) { warnings = append(warnings, err.Error()) }})
	if err != nil {
		t.Fatal(err)
	}
	if got := contents(t, qs); len(got) != n {
		t.Errorf("got %d quads, want %d", len(got), n)
	}
	mustApply(t, qs, add(numbered(100+n)))
	verify(t, qs)
	if err := qs.Close(); err != nil {
		t.Fatal(err)
	}
	return warnings
}

// An empty file and a journal beside it are both kept.
func TestStrayBoth(t *testing.T) {
	t.Parallel()
	path := storeOf(t, 3, storetest.Unfolded)
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	if warnings := writeTo(t, path, 0); len(warnings) != 2 {
		t.Errorf("told %q", warnings)
	}
	readFile(t, path+db.OldEnd)
	readFile(t, path+db.JournalEnd+db.OldEnd)
}

// A journal that comes while a store is open is not written over either.
func TestStrayWhileOpen(t *testing.T) {
	t.Parallel()
	path, other := storeOf(t, 3, db.Usual), storeOf(t, 5, storetest.Unfolded)
	qs := mustOpen(t, path, db.Options{})
	mustCopy(t, other, path, db.JournalEnd)
	mustApply(t, qs, add(numbered(9)))
	if !bytes.Equal(readFile(t, path+db.JournalEnd+db.OldEnd), readFile(t, other+db.JournalEnd)) {
		t.Error("it is not kept")
	}
}
