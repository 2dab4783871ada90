package storetest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Files returns the names of the files in the store's folder.
func Files(t testing.TB, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Folder describes all of a folder that can change: of each name the kind, the
// permissions, the time and the content.
func Folder(t testing.TB, dir string) map[string]string {
	t.Helper()
	list := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err // the folder's own time changes when a lock comes
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		inside := ""
		switch {
		case info.Mode().IsRegular():
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			inside = string(b)
		case info.Mode()&fs.ModeSymlink != 0:
			if inside, err = os.Readlink(path); err != nil {
				return err
			}
		}
		name, err := filepath.Rel(dir, path)
		list[name] = fmt.Sprint(info.Mode(), info.ModTime().UnixNano(), inside)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
