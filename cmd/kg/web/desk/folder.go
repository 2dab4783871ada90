package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"kg/internal/files"
)

// folder is the folder of claims files, and their earlier versions.
type folder struct {
	path string
	root *os.Root

	mu    sync.Mutex
	seen  map[string][]byte   // versions, by digest
	order []string            // of these, the oldest first
	bytes int                 // how large they are together
	past  map[string]*history // what was written, by file
}

// history has the steps that were written to a file, and those undone, in order.
type history struct{ done, undone []step }

// step is one write: the versions before and after, the claim that it changed, if any,
// and what it did, in words.
type step struct{ was, is, claim, did string }

// Bounds of the versions kept of all files together: their number and their bytes.
const (
	mostVersions = 200
	mostKept     = 64 << 20
)

// openFolder opens a folder. The name may be a link; links within the folder are not
// followed.
func openFolder(path string) (*folder, error) {
	path, err := filepath.EvalSymlinks(path)
	if err == nil {
		var info os.FileInfo
		if info, err = os.Stat(path); err == nil && !info.IsDir() {
			err = fmt.Errorf("%q is not a folder", path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("opening the folder of claims files: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("opening the folder of claims files: %w", err)
	}
	return &folder{path: path, root: root, seen: map[string][]byte{}, past: map[string]*history{}}, nil
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

// regular returns an error unless name is a claims file and a regular file.
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

// mostBytes is the maximum size of a claims file in bytes.
const mostBytes = 16 << 20

// read returns a file and its digest, and keeps this version.
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
		return nil, "", &refusal{413, "this file is larger than the desk accepts: 16 MiB"}
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
		f.bytes += len(file)
	}
	for len(f.order) > mostVersions || f.bytes > mostKept && len(f.order) > 1 {
		f.bytes -= len(f.seen[f.order[0]])
		delete(f.seen, f.order[0])
		f.order = f.order[1:]
	}
	return version
}

// version returns a kept version, or nil.
func (f *folder) version(version string) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen[version]
}

// replace replaces a file by a new version.
func (f *folder) replace(name string, file []byte) (version string, err error) {
	if err := f.regular(name); err != nil {
		return "", err
	}
	err = files.Replace(filepath.Join(f.path, name), func(w io.Writer) error { _, err := w.Write(file); return err })
	if err != nil {
		return "", err
	}
	return f.remember(file), nil
}

// create creates a file, which must not exist.
func (f *folder) create(name string, file []byte) error {
	w, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = w.Write(file)
	if err = errors.Join(err, w.Close()); err != nil {
		err = errors.Join(err, f.root.Remove(name))
	}
	return err
}

// wrote records a step. Steps undone before can no longer be redone.
func (f *folder) wrote(name string, s step) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.past[name] == nil {
		f.past[name] = &history{}
	}
	f.past[name].done, f.past[name].undone = append(f.past[name].done, s), nil
}

// back returns the step that undo would revert, or redo repeat, and the resulting file. The
// file is nil if there is no such step, if another program has written since, or if the
// version is no longer kept.
func (f *folder) back(name, version string, redo bool) (s step, file []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.past[name]
	switch {
	case h == nil:
	case redo && len(h.undone) > 0 && h.undone[len(h.undone)-1].was == version:
		s = h.undone[len(h.undone)-1]
		return s, f.seen[s.is]
	case !redo && len(h.done) > 0 && h.done[len(h.done)-1].is == version:
		s = h.done[len(h.done)-1]
		return s, f.seen[s.was]
	}
	return step{}, nil
}

// went records that the step returned by back was undone, or redone.
func (f *folder) went(name string, redo bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.past[name]
	from, to := &h.done, &h.undone
	if redo {
		from, to = to, from
	}
	last := len(*from) - 1
	*to = append(*to, (*from)[last])
	*from = (*from)[:last]
}
