package files_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"kg/internal/files"
)

var errDisk = errors.New("the disk is broken")

func TestReplace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kg.db")
	if err := os.WriteFile(path+".kg-new", []byte("left by a killed process\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"old\n", "", "new\n"} { // the first makes the file
		if err := files.Replace(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
			t.Fatal(err)
		}
		if got, _ := read(t, path); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
		entries(t, filepath.Dir(path), "kg.db")
	}
}

func TestReplaceFails(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer) error{
		"at once": func(io.Writer) error { return errDisk },
		"after a part": func(w io.Writer) error {
			_, err := io.WriteString(w, "ha")
			return errors.Join(err, errDisk)
		},
		"to a file that is closed": func(w io.Writer) error {
			if err := w.(io.Closer).Close(); err != nil {
				return err
			}
			_, err := io.WriteString(w, "half")
			return fmt.Errorf("%w: %w", errDisk, err)
		},
	} {
		path := filepath.Join(t.TempDir(), "kg.db")
		if err := os.WriteFile(path, []byte("old\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		_, before := read(t, path)
		if err := files.Replace(path, write); !errors.Is(err, errDisk) {
			t.Errorf("%s: got %v", name, err)
		}
		text, after := read(t, path)
		if text != "old\n" || !os.SameFile(before, after) {
			t.Errorf("%s: the old file is gone, and this is there: %q", name, text)
		}
		entries(t, filepath.Dir(path), "kg.db")
	}
}

func TestReplaceCannotRename(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kg.db")
	if err := os.MkdirAll(filepath.Join(path, "inside"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := files.Replace(path, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err == nil {
		t.Error("a file took the place of a folder")
	}
	entries(t, filepath.Dir(path), "kg.db")
	entries(t, path, "inside")
}

// A store that its owner keeps private, or elsewhere by a link, stays so.
func TestReplaceKeepsModeAndLink(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("windows has neither permissions of this kind nor links for everybody")
	}
	dir := t.TempDir()
	file, link := filepath.Join(dir, "real.db"), filepath.Join(dir, "kg.db")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.db", link); err != nil {
		t.Fatal(err)
	}
	err := files.Replace(link, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err })
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != "new" {
		t.Errorf("the file holds %q, %v", got, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is one no more: %v, %v", info, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the permissions are %v, %v", info.Mode(), err)
	}
}

// entries fails the test unless a folder has just one entry, of a name.
func entries(t *testing.T, folder, want string) {
	t.Helper()
	list, err := os.ReadDir(folder)
	if err != nil || len(list) != 1 || list[0].Name() != want {
		t.Errorf("%s has %v, %v; want %s alone", folder, list, err, want)
	}
}

func read(t *testing.T, path string) (string, os.FileInfo) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b), info
}
