package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"kg/graph"
)

// folder is the folder of claims files, and their earlier versions.
type folder struct {
	path string
	root *os.Root

	mu    sync.Mutex
	seen  map[string][]byte // versions, by digest
	order []string          // of these, the oldest first
	past  map[string][]step // what was written, by file
}

// step is what a write put in place of what.
type step struct{ was, is string }

// mostVersions is how many versions are kept, of all files together.
const mostVersions = 200

// openFolder opens a folder. The name may be a link, which somebody meant; within
// it no link is followed.
func openFolder(path string) (*folder, error) {
	path, err := filepath.EvalSymlinks(path)
	if err == nil {
		var info os.FileInfo
		if info, err = os.Stat(path); err == nil && !info.IsDir() {
			err = fmt.Errorf("%q is no folder", path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("opening the folder of claims files: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("opening the folder of claims files: %w", err)
	}
	return &folder{path: path, root: root, seen: map[string][]byte{}, past: map[string][]step{}}, nil
}

// names lists the claims files: regular files that end in .yaml or .yml.
func (f *folder) names() (list []string, err error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	for _, e := range entries {
		if isClaimsFile(e.Name()) && e.Type().IsRegular() {
			list = append(list, e.Name())
		}
	}
	return list, err
}

func isClaimsFile(name string) bool {
	return (strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")) && name != "kg.yaml" &&
		!strings.HasPrefix(name, ".") && filepath.IsLocal(name) && filepath.Base(name) == name
}

// regular makes sure that a name is that of a claims file, and no link.
func (f *folder) regular(name string) error {
	if !isClaimsFile(name) {
		return fs.ErrNotExist
	}
	info, err := f.root.Lstat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	return err
}

// mostBytes is how large a claims file can be.
const mostBytes = 16 << 20

// read returns a file and its digest, and remembers this version.
func (f *folder) read(name string) (file []byte, version string, err error) {
	if err := f.regular(name); err != nil {
		return nil, "", err
	}
	r, err := f.root.Open(name)
	if err != nil {
		return nil, "", err
	}
	defer r.Close()
	if file, err = io.ReadAll(io.LimitReader(r, mostBytes+1)); err != nil {
		return nil, "", err
	}
	if len(file) > mostBytes {
		return nil, "", &refusal{413, "this file is larger than the desk takes: 16 MiB"}
	}
	return file, f.remember(file), nil
}

// remember keeps a version.
func (f *folder) remember(file []byte) string {
	sum := sha256.Sum256(file)
	version := hex.EncodeToString(sum[:])
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seen[version] == nil {
		f.order = append(f.order, version)
		f.seen[version] = file
	}
	for len(f.order) > mostVersions {
		delete(f.seen, f.order[0])
		f.order = f.order[1:]
	}
	return version
}

// version returns a version that was seen, or nil.
func (f *folder) version(version string) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen[version]
}

// replace puts a version in place of another.
func (f *folder) replace(name, was string, file []byte) error {
	if err := f.regular(name); err != nil {
		return err
	}
	err := graph.ReplaceFile(filepath.Join(f.path, name), func(w io.Writer) error { _, err := w.Write(file); return err })
	if err != nil {
		return err
	}
	is := f.remember(file)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.past[name] = append(f.past[name], step{was, is})
	return nil
}

// before is the version that the last write put is in place of; nil if nothing was
// written here, if another program has written since, or if it is too long ago.
func (f *folder) before(name, is string) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	if past := f.past[name]; len(past) > 0 && past[len(past)-1].is == is {
		return f.seen[past[len(past)-1].was]
	}
	return nil
}

// undone forgets the write that undid the last, and that.
func (f *folder) undone(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	past := f.past[name]
	f.past[name] = past[:max(0, len(past)-2)]
}
