package graph

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/gofrs/flock"

	"kg/graph/nquads"
)

// readFile reads all quads of a store file.
func readFile(path string) (quads []quad.Quad, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := nquads.NewReader(bufio.NewReaderSize(f, 1<<16), path)
	for {
		q, err := r.Read()
		if errors.Is(err, io.EOF) {
			return quads, nil
		}
		if err != nil {
			return nil, err
		}
		quads = append(quads, q)
	}
}

// lines is a set of quads by their canonical line.
type lines map[string]quad.Quad

func newLines(quads []quad.Quad) (lines, error) {
	set := make(lines, len(quads))
	var buf []byte
	for _, q := range quads {
		var err error
		if buf, err = nquads.AppendQuad(buf[:0], q); err != nil {
			return nil, err
		}
		set[string(buf)] = q
	}
	return set, nil
}

// writeTo writes the set in canonical order: by byte, which for UTF-8 is by
// code point.
func (l lines) writeTo(w io.Writer) error {
	sorted := make([]string, 0, len(l))
	for line := range l {
		sorted = append(sorted, line)
	}
	slices.Sort(sorted)
	b := bufio.NewWriterSize(w, 1<<16)
	for _, line := range sorted {
		if _, err := b.WriteString(line); err != nil {
			return err
		}
	}
	return b.Flush()
}

// lock keeps other loaders out until the returned func is called.
func lock(path string) (func(), error) {
	l := flock.New(resolve(path) + ".lock")
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking store %q: %w", path, err)
	}
	if !ok {
		return nil, fmt.Errorf("store %q is being loaded by another kg: try again when it has finished", path)
	}
	return func() { l.Unlock() }, nil
}

// ReplaceFile puts what write writes in place of the file at path, or leaves
// that file as it is: the new file is written beside it, synced and renamed.
// It keeps the old one's permissions, and a link goes on pointing to it. What
// a killed process leaves behind is overwritten by the next.
func ReplaceFile(path string, write func(io.Writer) error) (err error) {
	path = resolve(path)
	old, existed := os.Stat(path)
	temp := path + ".new"
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close() // a second Close is harmless
			os.Remove(temp)
		}
	}()
	if existed == nil {
		if err := keepMode(f, old.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := write(f); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// keepMode gives f the permissions of the file it will replace, before
// anything is written to it.
func keepMode(f *os.File, mode fs.FileMode) error {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Mode().Perm() == mode {
		return err
	}
	return f.Chmod(mode)
}

// resolve follows links to the file that is meant.
func resolve(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}

// syncDir makes a rename in dir last. Windows cannot sync a directory, and
// does not need it.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
