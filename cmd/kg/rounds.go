package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"kg/graph"
	"kg/internal/files"
)

// rounds repeats a verb that asks a graph on a server, each time with the quads that the
// last round missed, until none is missing: see graph.Asking. Output is buffered until
// the last round.
type rounds struct {
	asking *graph.Asking // nil until a store is opened
	limit  time.Duration // of a query; 0 is none
	until  context.Context
	cancel context.CancelFunc
	in     *rereader
	pipes  map[string][]byte   // contents of pipes that are given as files, by name
	spools map[string]*os.File // of quads
}

// rereader reads a stream that can be read again from its beginning.
type rereader struct {
	from io.Reader
	read bytes.Buffer // so far
	at   int
}

func (r *rereader) Read(b []byte) (int, error) {
	if r.at < r.read.Len() {
		n := copy(b, r.read.Bytes()[r.at:])
		r.at += n
		return n, nil
	}
	n, err := r.from.Read(b)
	r.read.Write(b[:n])
	r.at += n
	return n, err
}

// once reads a file. A pipe, which can be read only once, is cached for all rounds.
func (a *app) once(name string, read func() ([]byte, error)) ([]byte, error) {
	if a.rounds == nil || name == "-" || isRegular(name) {
		return read()
	}
	if b, ok := a.rounds.pipes[name]; ok {
		return b, nil
	}
	b, err := read()
	if err == nil {
		a.rounds.pipes[name] = b
	}
	return b, err
}

func isRegular(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// roundOutput buffers the output of a round, if buffers is set, until release.
type roundOutput struct {
	to      io.Writer
	buffers bool
	text    bytes.Buffer
}

func (o *roundOutput) Write(b []byte) (int, error) {
	if o.buffers {
		return o.text.Write(b)
	}
	return o.to.Write(b)
}

// release writes the buffered output.
func (o *roundOutput) release() error {
	o.buffers = false
	_, err := o.text.WriteTo(o.to)
	return err
}

// inRounds prepares a verb for rounds, if its store is on a server. Verbs that run for
// long, or ask a person or a model, who must not be asked twice, do not run in rounds:
// they read quads as they need them.
func (a *app) inRounds(cmd *cobra.Command) {
	if _, onServer := a.settings.remote(); !onServer || a.rounds == nil || slices.Contains([]string{"serve", "mcp", "draft"}, cmd.Name()) ||
		terminalOf(a.rounds.in.from) != nil && slices.Contains([]string{"match", "remove"}, cmd.Name()) {
		a.rounds = nil
		return
	}
	if f := cmd.Flags().Lookup("interactive"); f != nil && f.Value.String() == "true" {
		a.rounds = nil
		return
	}
	if f := cmd.Flags().Lookup("timeout"); f != nil && a.rounds.asking == nil {
		a.rounds.limit, _ = time.ParseDuration(f.Value.String())
	}
	a.ctx = cmd.Context()
	if a.rounds.asking != nil && a.rounds.asking.Whole() {
		return // nothing is missed any more
	}
	for _, w := range []io.Writer{a.out, a.err} {
		if o, ok := w.(*roundOutput); ok {
			o.buffers = true
		}
	}
}

// open opens the store for reading.
func (a *app) open() (*graph.Store, error) {
	if a.rounds == nil {
		return a.keep(graph.Open(a.settings.db))
	}
	return a.keep(a.rounds.store(a, false))
}

// openToWrite opens an existing store for writing.
func (a *app) openToWrite() (*graph.Store, error) {
	if a.rounds == nil {
		return a.keep(graph.OpenToWrite(a.settings.db, a.warn))
	}
	return a.keep(a.rounds.store(a, true))
}

// create opens the store for writing, and creates it if it does not exist.
func (a *app) create() (*graph.Store, error) {
	if a.rounds == nil {
		return a.keep(graph.Create(a.settings.db, a.warn))
	}
	return a.openToWrite()
}

// store returns the store of this round.
func (r *rounds) store(a *app, write bool) (*graph.Store, error) {
	if r.asking == nil {
		r.until, r.cancel = a.ctx, func() {}
		if r.limit > 0 {
			r.until, r.cancel = context.WithTimeoutCause(a.ctx, r.limit, graph.ErrTimeout)
		}
		remote, _ := a.settings.remote()
		asking, err := remote.Ask(r.until, write)
		if err != nil {
			return nil, r.inTime(err)
		}
		r.asking = asking
	}
	if write {
		if err := r.asking.ToWrite(); err != nil {
			return nil, err
		}
	}
	return r.asking.Store()
}

// missed reports whether this round missed quads, so that its results are discarded.
func (r *rounds) missed() bool { return r != nil && r.asking != nil && r.asking.Missed() }

// settled returns an error in a round that missed quads: it must leave no changes.
func (a *app) settled() error {
	if a.rounds == nil || a.rounds.asking == nil {
		return nil
	}
	return a.rounds.asking.Settled()
}

// replaceFile writes a file, in the last round only. It refuses to replace the store
// itself.
func (a *app) replaceFile(name string, write func(io.Writer) error) error {
	to, err1 := os.Stat(name)
	db, err2 := os.Stat(a.settings.db)
	if err1 == nil && err2 == nil && os.SameFile(to, db) {
		return usagef("%q is the store itself: name another file", name)
	}
	inThisRound := func(w io.Writer) error {
		if err := write(w); err != nil {
			return err
		}
		return a.settled()
	}
	if a.rounds != nil && err1 == nil && !to.Mode().IsRegular() && !to.IsDir() {
		return writePipe(name, inThisRound)
	}
	return files.Replace(name, inThisRound)
}

// writePipe writes to a pipe or a device, which cannot be undone: write has to succeed
// before the first byte is sent.
func writePipe(name string, write func(io.Writer) error) error {
	f, err := files.Temp()
	if err != nil {
		return err
	}
	defer f.Close()
	if err := write(f); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return files.Replace(name, func(w io.Writer) error { _, err := io.Copy(w, f); return err })
}

// more reads the quads that the last round missed; ok is false if it missed none.
func (r *rounds) more() (ok bool, err error) {
	if !r.missed() {
		return false, nil
	}
	if err := r.asking.More(); err != nil {
		return false, r.inTime(err)
	}
	r.in.at = 0
	return true, nil
}

// inTime returns err, or graph.ErrTimeout if the time limit caused it.
func (r *rounds) inTime(err error) error {
	if cause := context.Cause(r.until); errors.Is(cause, graph.ErrTimeout) {
		return cause
	}
	return err
}

func (r *rounds) close() error {
	if r.cancel != nil {
		defer r.cancel()
	}
	for _, f := range r.spools {
		f.Close()
	}
	if r.asking == nil {
		return nil
	}
	return r.asking.Close()
}

// oneRound runs a verb once.
func oneRound(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer, r *rounds) (*app, error) {
	if r.asking != nil {
		in = r.in
	} else if f, ok := in.(*os.File); !ok || terminalOf(f) == nil {
		in = r.in // a terminal is seen as such
	}
	a := newApp(in, &roundOutput{to: out}, &roundOutput{to: errOut})
	a.rounds = r
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(a.paged)
	root.SetErr(a.err)
	return a, errors.Join(a.execute(ctx, root), a.helpErr, a.paged.close(), a.close())
}

// carryOut runs a verb, in as many rounds as it needs.
func carryOut(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) error {
	r := &rounds{in: &rereader{from: in}, pipes: map[string][]byte{}, spools: map[string]*os.File{}}
	for {
		a, err := oneRound(ctx, args, in, out, errOut, r)
		more, failed := r.more()
		if more {
			continue
		}
		if failed != nil {
			err = failed
		} else {
			err = errors.Join(err, a.out.(*roundOutput).release(), a.err.(*roundOutput).release())
		}
		return errors.Join(err, r.close())
	}
}
