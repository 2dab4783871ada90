package main

import (
	"bytes"
	"context"
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
		var file bytes.Buffer
		if err := copyUntil(cmd.Context(), &file, in); err != nil {
			return nil, err // it may still be written to
		}
		return file.Bytes(), nil
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
	files  []graph.QuadsFile
	read   count // bytes of the files, packed as they are
	total  int64
	stdin  bool     // it was given
	spools []string // files that hold what can be read but once
}

// count counts the bytes written to it.
type count struct{ atomic.Int64 }

func (c *count) Write(p []byte) (int, error) {
	c.Add(int64(len(p)))
	return len(p), nil
}

func (in *quadInputs) add(a *app, cmd *cobra.Command, name string) error {
	path, err := in.keep(a, cmd, name)
	if err != nil {
		return err
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

// keep writes what can be read but once to a file, since it may be read twice:
// standard input, pipes and devices.
func (in *quadInputs) keep(a *app, cmd *cobra.Command, name string) (string, error) {
	var text io.Reader
	if name == "-" {
		if in.stdin {
			return "", usagef("standard input can be read once, and - is given twice")
		}
		in.stdin = true
		var err error
		if text, err = a.stdin(cmd, "quads"); err != nil {
			return "", err
		}
	} else {
		info, err := os.Stat(name)
		if err != nil {
			return "", fmt.Errorf("reading quads: %w", err)
		}
		if info.Mode().IsRegular() || info.IsDir() {
			return name, nil
		}
		f, err := os.Open(name)
		if err != nil {
			return "", fmt.Errorf("reading quads: %w", err)
		}
		defer f.Close()
		text = f
	}
	pattern := "kg-input-*"
	if strings.HasSuffix(name, ".gz") {
		pattern += ".gz"
	}
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return "", err
	}
	in.spools = append(in.spools, f.Name())
	return f.Name(), errors.Join(copyUntil(cmd.Context(), f, text), f.Close())
}

// copyUntil copies until the context is done: a read of a pipe cannot be
// interrupted, but need not be waited for.
func copyUntil(ctx context.Context, to io.Writer, from io.Reader) error {
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(to, from)
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (in *quadInputs) close() {
	for _, path := range in.spools {
		os.Remove(path)
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
