package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// markName is the file that marks a folder as written by kg, with the list of its files.
const markName = "kg-site.txt"

// markHead is the beginning of that file.
const markHead = "kg wrote this folder, and kg export --to site replaces it as a whole.\n"

// folder is a new folder, written beside the one that it replaces.
type folder struct {
	dir, temp, old string
	mark           string
	is             fs.FileInfo // the folder to replace; nil if there is none
}

// begin checks that dir may be replaced, and makes the folder beside it.
func begin(dir string, o Options) (*folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("writing the folder %q: %w", dir, err)
	}
	if to, err := filepath.EvalSymlinks(abs); err == nil {
		abs = to
	}
	f := &folder{dir: abs, temp: abs + ".kg-new", old: abs + ".kg-old"}
	f.mark = markHead + "graph " + o.Graph + "\nversion " + o.Version + "\n"
	if err := f.recover(); err != nil {
		return nil, fmt.Errorf("writing the folder %q: %w", dir, err)
	}
	switch f.is, err = os.Stat(abs); {
	case errors.Is(err, fs.ErrNotExist):
		f.is = nil
	case err != nil:
		return nil, fmt.Errorf("writing the folder %q: %w", dir, err)
	}
	for _, path := range []string{f.temp, f.old, f.dir} {
		if err := own(path); err != nil {
			return nil, fmt.Errorf("writing the folder %q: %w", dir, err)
		}
	}
	if err := removeFolder(f.temp); err != nil { // a killed kg left it
		return nil, err
	}
	if err := os.Mkdir(f.temp, 0o777); err != nil {
		return nil, fmt.Errorf("writing the folder %q: %w", dir, err)
	}
	// A folder without a list was left by a killed kg.
	if err := os.WriteFile(filepath.Join(f.temp, markName), []byte(f.mark), 0o666); err != nil {
		f.drop()
		return nil, err
	}
	return f, nil
}

// own reports an error unless path is nothing, an empty folder, or one in which
// every file is kg's.
func own(path string) error {
	list, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(list) == 0:
		return nil
	case err != nil:
		return err
	}
	b, err := os.ReadFile(filepath.Join(path, markName))
	if err != nil || !strings.HasPrefix(string(b), markHead) {
		return fmt.Errorf("%q has files that kg did not write, such as %q: name a new or empty folder", path, list[0].Name())
	}
	names := strings.Split(string(b), "\n")
	if strings.HasSuffix(path, ".kg-new") && !slices.Contains(names, "files") {
		return nil
	}
	known := map[string]bool{markName: true}
	for _, name := range names[slices.Index(names, "files")+1:] {
		known[name] = true
	}
	return filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(path, file)
		if err == nil && !known[filepath.ToSlash(name)] {
			err = fmt.Errorf("%q has a file that kg did not write, %q: move it, or name a new or empty folder", path, filepath.ToSlash(name))
		}
		return err
	})
}

// install renames the folder into place, with the list of its files.
func (f *folder) install(names []string) error {
	slices.Sort(names)
	mark := f.mark + "files\n" + strings.Join(names, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(f.temp, markName), []byte(mark), 0o666); err != nil {
		return err
	}
	if err := own(f.dir); err != nil { // the folder may have changed meanwhile
		return fmt.Errorf("writing the folder: %w", err)
	}
	if err := removeFolder(f.old); err != nil { // a killed kg left it
		return err
	}
	if f.is == nil {
		return os.Rename(f.temp, f.dir)
	}
	if err := os.Chmod(f.temp, f.is.Mode().Perm()); err != nil {
		return err
	}
	if exchange(f.temp, f.dir) == nil { // readers never find it missing
		return removeFolder(f.temp)
	}
	if err := os.Rename(f.dir, f.old); err != nil {
		return err
	}
	if err := os.Rename(f.temp, f.dir); err != nil {
		return errors.Join(err, os.Rename(f.old, f.dir))
	}
	return removeFolder(f.old)
}

// recover undoes a replacement that was killed between two renames: it restores the old
// folder.
func (f *folder) recover() error {
	if _, err := os.Lstat(f.dir); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(filepath.Join(f.old, markName)); err != nil || own(f.old) != nil {
		return nil
	}
	return os.Rename(f.old, f.dir)
}

// removeFolder removes a folder of kg's, the list of its files last, so that the rest left
// by a kill is still known to be kg's.
func removeFolder(path string) error {
	list, err := os.ReadDir(path)
	for _, e := range list {
		if e.Name() != markName {
			err = errors.Join(err, os.RemoveAll(filepath.Join(path, e.Name())))
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.RemoveAll(path)
}

// drop removes the new folder.
func (f *folder) drop() { _ = removeFolder(f.temp) }
