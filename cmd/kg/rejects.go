package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"

	"kg/internal/files"
)

// rejects collects the lines that are not quads in a temporary file, until the others
// are loaded.
type rejects struct{ f *os.File }

func (r *rejects) Write(p []byte) (n int, err error) {
	if r.f == nil {
		if r.f, err = files.Temp(); err != nil {
			return 0, err
		}
	}
	return r.f.Write(p)
}

// keep writes the lines to a file named after the first loaded one, and returns its name.
// It never replaces a file, which may be of an earlier load, or edited since.
func (r *rejects) keep(name string) (string, error) {
	if name == "-" {
		name = "stdin"
	}
	name += ".rejects"
	path, err := freeName(name)
	if err != nil || r.f == nil {
		return path, err
	}
	return path, files.Replace(path, func(w io.Writer) error {
		_, err := io.Copy(w, io.NewSectionReader(r.f, 0, math.MaxInt64))
		return err
	})
}

func (r *rejects) close() {
	if r.f != nil {
		r.f.Close()
	}
}

// freeName returns a name that no file has: the given one, or that with a number.
func freeName(name string) (string, error) {
	free := name
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); errors.Is(err, fs.ErrNotExist) {
			return free, nil
		} else if err != nil {
			return "", err
		}
		free = fmt.Sprint(name, ".", n)
	}
}
