package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/files"
)

// openInput opens a file, and unpacks it if its name ends in .gz. The bytes of the file
// itself are copied to read, which may be nil.
func openInput(what, name string, read io.Writer) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", what, err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() { // else a reader tells of it as of a mistake in a line
		return nil, errors.Join(fmt.Errorf("reading %s %q: it is a folder, and a file is needed", what, name), f.Close())
	}
	return unpack(what, name, f, f, read)
}

// unpack is openInput for an open file.
func unpack(what, name string, r io.Reader, f io.Closer, read io.Writer) (io.ReadCloser, error) {
	if read != nil {
		r = io.TeeReader(r, read)
	}
	if !strings.HasSuffix(name, ".gz") {
		return readCloser{r, f}, nil
	}
	z, err := gzip.NewReader(r)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errCut
	}
	if err != nil {
		return nil, errors.Join(inputError{fmt.Errorf("reading %s %q: %w", what, name, err)}, f.Close())
	}
	return readCloser{&unpacked{z}, f}, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

// errCut reports a compressed file that was cut off. An empty one is a copy that failed,
// too.
var errCut = errors.New("the packed file ends too early: copy it again")

// unpacked distinguishes damage in a compressed file from I/O errors.
type unpacked struct{ z *gzip.Reader }

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.z.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errCut
	}
	if err != nil && err != io.EOF {
		err = inputError{err}
	}
	return n, err
}

// readInput reads a file, standard input for -, and unpacks it if its name ends in .gz.
func (a *app) readInput(cmd *cobra.Command, what, name string) ([]byte, error) {
	read := func() ([]byte, error) { return readWhole(what, name) }
	if name == "-" {
		in, err := a.stdin(cmd, what)
		if err != nil {
			return nil, err
		}
		read = func() ([]byte, error) { return io.ReadAll(in) }
	}
	return a.once(name, func() ([]byte, error) { return await(cmd.Context(), read) })
}

// readWhole reads a file.
func readWhole(what, name string) ([]byte, error) {
	in, err := openInput(what, name, nil)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var file bytes.Buffer
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && info.Size() < math.MaxInt32 {
		file.Grow(int(info.Size()) + bytes.MinRead) // what grows is copied again and again
	}
	if _, err := file.ReadFrom(in); err != nil {
		return nil, fmt.Errorf("reading %s %q: %w", what, name, err)
	}
	return file.Bytes(), nil
}

// await waits for work that cannot be interrupted, such as opening and reading a pipe,
// until the context is done. The work may then still go on.
func await[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := work()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return *new(T), ctx.Err()
	}
}

// quadInputs are texts of quads.
type quadInputs struct {
	files  []graph.QuadsFile
	read   byteCounter // bytes of the files, before unpacking
	total  int64
	stdin  bool       // it was given
	spools []*os.File // what came from pipes, in files without names
	// entities reads those of FollowTheMoney; nil without any.
	entities *entities
}

// byteCounter counts the bytes written to it.
type byteCounter struct{ atomic.Int64 }

func (c *byteCounter) Write(p []byte) (int, error) {
	c.Add(int64(len(p)))
	return len(p), nil
}

func (in *quadInputs) add(a *app, cmd *cobra.Command, name, format string) error {
	spool, err := in.keep(a, cmd, name)
	if err != nil {
		return err
	}
	open := func() (io.ReadCloser, error) { return openInput("quads", name, &in.read) }
	stat := func() (os.FileInfo, error) { return os.Stat(name) }
	if spool != nil {
		stat = spool.Stat
		open = func() (io.ReadCloser, error) {
			text := io.NewSectionReader(spool, 0, math.MaxInt64)
			return unpack("quads", name, text, io.NopCloser(nil), &in.read)
		}
	}
	info, err := stat()
	if err != nil {
		return fmt.Errorf("reading quads: %w", err)
	}
	in.total += info.Size()
	size := info.Size()
	if strings.HasSuffix(name, ".gz") {
		size = 0 // how long its text is nobody knows
	}
	file := graph.QuadsFile{Name: name, Format: format, Size: size, Open: open}
	switch format {
	case "nt":
		file.Format = graph.NQuads // N-Triples are a part of them
	case ftmFormat:
		file.Format, file.Size, file.Parts = graph.NQuads, 4*size, in.entities.parts(name, open) // quads are longer, about so
	}
	in.files = append(in.files, file)
	return nil
}

// keep copies standard input, a pipe or a device, whose size is unknown and which cannot
// be interrupted, to a temporary file. For a regular file it returns nil.
func (in *quadInputs) keep(a *app, cmd *cobra.Command, name string) (*os.File, error) {
	open := func() (io.Reader, error) { return os.Open(name) }
	if name == "-" {
		if in.stdin {
			return nil, usagef("standard input can be read once, and - is given twice")
		}
		in.stdin = true
		text, err := a.stdin(cmd, "quads")
		if err != nil {
			return nil, err
		}
		open = func() (io.Reader, error) { return text, nil }
	} else {
		info, err := os.Stat(name)
		if err != nil {
			return nil, fmt.Errorf("reading quads: %w", err)
		}
		if info.Mode().IsRegular() || info.IsDir() {
			return nil, nil
		}
		if a.rounds != nil && a.rounds.spools[name] != nil {
			return a.rounds.spools[name], nil
		}
	}
	f, err := files.Temp()
	if err != nil {
		return nil, err
	}
	_, err = await(cmd.Context(), func() (int64, error) {
		text, err := open()
		if err != nil {
			return 0, fmt.Errorf("reading quads: %w", err)
		}
		return io.Copy(f, text)
	})
	if err != nil { // a part is no text for the next round either
		return nil, errors.Join(err, f.Close())
	}
	if a.rounds != nil && name != "-" {
		a.rounds.spools[name] = f
	} else {
		in.spools = append(in.spools, f)
	}
	return f, nil
}

func (in *quadInputs) close() {
	for _, f := range in.spools {
		f.Close()
	}
}

// ofFiles makes report give progress in bytes of the files, compressed or not.
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
