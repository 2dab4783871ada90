package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/spf13/cobra"

	"kg/graph"
)

// openInput opens a file, and unpacks what ends in .gz. Each byte of the file
// itself is told to read, which may be nil.
func openInput(what, name string, read io.Writer) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", what, err)
	}
	var r io.Reader = f
	if read != nil {
		r = io.TeeReader(f, read)
	}
	if !strings.HasSuffix(name, ".gz") {
		return readCloser{r, f}, nil
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, errors.Join(inputError{fmt.Errorf("reading %s %q: %w", what, name, err)}, f.Close())
	}
	return readCloser{&unpacked{z}, f}, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

// unpacked tells damage in a packed file from trouble with the disk.
type unpacked struct{ z *gzip.Reader }

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.z.Read(p)
	if err != nil && err != io.EOF {
		err = inputError{err}
	}
	return n, err
}

// readInput reads a file, standard input for -, and unpacks what ends in .gz.
func (a *app) readInput(cmd *cobra.Command, what, name string) ([]byte, error) {
	if name == "-" {
		in, err := a.stdin(cmd, what)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(in)
	}
	in, err := openInput(what, name, nil)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	file, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("reading %s %q: %w", what, name, err)
	}
	return file, nil
}

// quadInputs are texts of quads, as something that can be opened again.
type quadInputs struct {
	files []graph.QuadsFile
	read  count // bytes of the files, packed as they are
	total int64
	spool string // the file that holds what standard input gave
}

// count counts the bytes written to it.
type count struct{ atomic.Int64 }

func (c *count) Write(p []byte) (int, error) {
	c.Add(int64(len(p)))
	return len(p), nil
}

func (in *quadInputs) add(a *app, cmd *cobra.Command, name string) error {
	path := name
	if name == "-" {
		var err error
		if path, err = in.keep(a, cmd); err != nil {
			return err
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("reading quads: %w", err)
	}
	in.total += info.Size()
	size := info.Size()
	if strings.HasSuffix(path, ".gz") {
		size = 0 // how long its text is nobody knows
	}
	var read io.Writer = &in.read
	in.files = append(in.files, graph.QuadsFile{Name: name, Size: size, Open: func() (io.ReadCloser, error) {
		first := read
		read = nil // a second reading, for a digest, is no progress
		return openInput("quads", path, first)
	}})
	return nil
}

// keep writes standard input to a file, since it may be read twice.
func (in *quadInputs) keep(a *app, cmd *cobra.Command) (string, error) {
	if in.spool != "" {
		return "", usagef("standard input can be read once, and - is given twice")
	}
	text, err := a.stdin(cmd, "quads")
	if err != nil {
		return "", err
	}
	f, err := os.CreateTemp("", "kg-stdin-")
	if err != nil {
		return "", err
	}
	in.spool = f.Name()
	_, err = io.Copy(f, text)
	return in.spool, errors.Join(err, f.Close())
}

func (in *quadInputs) close() {
	if in.spool != "" {
		os.Remove(in.spool)
	}
}

// ofFiles makes report tell how much of the files was read, packed or not.
func (in *quadInputs) ofFiles(report func(graph.Progress)) func(graph.Progress) {
	if report == nil {
		return nil
	}
	return func(p graph.Progress) {
		if p.Bytes {
			p.Done, p.Total = in.read.Load(), in.total
		}
		report(p)
	}
}
