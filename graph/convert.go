package graph

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/gofrs/flock"

	"kg/graph/store"
)

// convert puts a store in place of a file of canonical N-Quads, which is what
// the first stores were. It leaves everything else as it is: other texts belong
// to somebody who named the wrong file.
func convert(ctx context.Context, path string) error {
	path = resolve(path)
	if text, err := isText(path); err != nil || !text {
		return err
	}
	// The lock is that of the store's writers.
	l := flock.New(path+".lock", flock.SetPermissions(0o644))
	if ok, err := l.TryLock(); err != nil || !ok {
		return errors.Join(fmt.Errorf("opening store %q: it is of an earlier kg and being converted by another process: try again when that has finished", path), err)
	}
	defer l.Unlock()
	// Whoever had the lock before may have converted it.
	if text, err := isText(path); err != nil || !text {
		return err
	}
	if err := convertLocked(ctx, path); err != nil {
		return fmt.Errorf("converting store %q of an earlier kg: %w", path, syntaxOf(err))
	}
	return nil
}

func convertLocked(ctx context.Context, path string) (err error) {
	temp := path + ".tmp-converted" // which the store's next writer removes, should this one be killed
	defer func() {
		for _, end := range []string{"", ".lock", ".journal"} {
			if e := os.Remove(temp + end); !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}()
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	qs, err := store.Open(temp, store.Options{Create: true})
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return errors.Join(err, qs.Close())
	}
	input := store.Input{Name: path, Size: info.Size(), Open: func() (io.ReadCloser, error) { return os.Open(path) }}
	_, err = qs.Import(ctx, []store.Input{input}, store.ImportOptions{})
	if err == nil {
		err = sameText(ctx, path, qs)
	}
	if err := errors.Join(err, qs.Close()); err != nil {
		return err
	}
	if old, err := os.Stat(path); err == nil {
		if err := os.Chmod(temp, old.Mode().Perm()); err != nil {
			return err
		}
	}
	return rename(temp, path)
}

// sameText tells whether a text is what the store of its quads exports.
func sameText(ctx context.Context, path string, qs *store.QuadStore) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	text, exported := sha256.New(), sha256.New()
	if _, err := io.Copy(text, f); err != nil {
		return err
	}
	if _, err := qs.Export(ctx, exported, nil); err != nil {
		return err
	}
	if !bytes.Equal(text.Sum(nil), exported.Sum(nil)) {
		return errors.New("it is a text that no kg wrote; kg load takes texts of N-Quads")
	}
	return nil
}

// isText tells whether a file is empty or begins as N-Quads do. A missing file
// is not.
func isText(path string) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("opening store %q: %w", path, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return false, fmt.Errorf("opening store %q: it is a folder; name the store's file in it", path)
	}
	var first [1]byte
	if _, err := io.ReadFull(f, first[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		return false, fmt.Errorf("opening store %q: %w", path, err)
	}
	return strings.Contains("<_# \t\r\n", string(first[:])), nil
}
