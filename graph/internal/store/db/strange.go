package db

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"kg/graph/internal/store/snapshot"
	"kg/internal/files"
)

// isStore returns what keeps the file at path from being a store, as far as a quick check
// shows. It opens only regular files: opening a pipe waits for a writer, and opening a
// device may do anything.
func isStore(path string) error {
	if path == "" {
		return errors.New("it has no name")
	}
	link, noLink := os.Lstat(path) // first, for the file may be made in between
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) && noLink == nil && link.Mode()&fs.ModeSymlink != 0 {
		return errors.New("it is a link to nothing: remove it, or name another file")
	}
	if err != nil {
		return err
	}
	if err := regular(info.Mode()); err != nil {
		return err
	}
	f, err := files.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	begin := make([]byte, 512)
	switch n, err := io.ReadFull(f, begin); {
	case n == 0 && errors.Is(err, io.EOF):
		return emptyStore(path)
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return err
	case isText(begin[:n]):
		return errors.New("it is a text, and no store: kg load FILE puts claims or N-Quads into one")
	}
	return nil
}

// isSnapshot returns what keeps a file from being a readable snapshot.
func isSnapshot(path string) error {
	r, err := snapshot.Open(path)
	if err != nil {
		return err
	}
	return r.Close()
}

// regular names the type of a file that is no regular one.
func regular(mode fs.FileMode) error {
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return errors.New("it is a folder: name the store's file in it")
	case mode&fs.ModeSymlink != 0:
		return errors.New("it is a link, and no file")
	case mode&fs.ModeNamedPipe != 0:
		return errors.New("it is a pipe, and no file")
	case mode&fs.ModeSocket != 0:
		return errors.New("it is a socket, and no file")
	}
	return errors.New("it is a device, and no file")
}

// isOurs returns what keeps a file beside the store, which may be missing, from being one
// that a store made: these are not links.
func isOurs(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = regular(info.Mode())
	}
	if err != nil {
		return fmt.Errorf("%q: %w", path, err)
	}
	return nil
}

// isText reports whether the beginning of a file is UTF-8 as people write it.
func isText(begin []byte) bool {
	for len(begin) > 0 {
		r, size := utf8.DecodeRune(begin)
		switch {
		case r == utf8.RuneError && size == 1:
			return !utf8.FullRune(begin) // it is cut here
		case r < ' ' && !strings.ContainsRune("\t\n\f\r", r):
			return false
		}
		begin = begin[size:]
	}
	return true
}
