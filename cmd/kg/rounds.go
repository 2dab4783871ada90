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

// rounds is a verb that asks a graph on a server. It is carried out again and again,
// with what was missed the last time, until nothing is: see graph.Asking. What it
// prints is held until then.
type rounds struct {
	asking *graph.Asking // nil until a store is opened
	limit  time.Duration // of a query; 0 is none
	until  context.Context
	cancel context.CancelFunc
	in     *again
	pipes  map[string][]byte   // what was read of pipes that are given as files, by name
	spools map[string]*os.File // of quads
}

// again is a text that can be read again from its beginning.
type again struct {
	from io.Reader
	read bytes.Buffer // so far
	at   int
}

func (a *again) Read(b []byte) (int, error) {
	if a.at < a.read.Len() {
		n := copy(b, a.read.Bytes()[a.at:])
		a.at += n
		return n, nil
	}
	n, err := a.from.Read(b)
	a.read.Write(b[:n])
	a.at += n
	return n, err
}

// once reads a file; a pipe, which can be read once, for all rounds.
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

// held is a stream that can wait with what it is given.
type held struct {
	to    io.Writer
	holds bool
	text  bytes.Buffer
}

func (h *held) Write(b []byte) (int, error) {
	if h.holds {
		return h.text.Write(b)
	}
	return h.to.Write(b)
}

// release writes what waits.
func (h *held) release() error {
	h.holds = false
	_, err := h.text.WriteTo(h.to)
	return err
}

// inRounds prepares a verb for rounds, if its store is on a server. One that goes on
// for long, or asks on a terminal or a model, which is not asked twice, is none of
// them: it reads what it needs when it needs it.
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
		if h, ok := w.(*held); ok {
			h.holds = true
		}
	}
}

// open opens the store to read.
func (a *app) open() (*graph.Store, error) {
	if a.rounds == nil {
		return a.keep(graph.Open(a.settings.db))
	}
	return a.keep(a.rounds.store(a, false))
}

// openToWrite opens the store that is there to write to it.
func (a *app) openToWrite() (*graph.Store, error) {
	if a.rounds == nil {
		return a.keep(graph.OpenToWrite(a.settings.db, a.warn))
	}
	return a.keep(a.rounds.store(a, true))
}

// create opens the store to write to it, and makes it if it is not there.
func (a *app) create() (*graph.Store, error) {
	if a.rounds == nil {
		return a.keep(graph.Create(a.settings.db, a.warn))
	}
	return a.openToWrite()
}

// store is the store of this round.
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

// missed reports whether this round does not count.
func (r *rounds) missed() bool { return r != nil && r.asking != nil && r.asking.Missed() }

// settled is an error in a round that does not count: nothing that it makes may stay.
func (a *app) settled() error {
	if a.rounds == nil || a.rounds.asking == nil {
		return nil
	}
	return a.rounds.asking.Settled()
}

// replaceFile writes a file, in the round that counts. The store is no file to write
// over with what is read of it.
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

// writePipe writes to a pipe or a device, which gives nothing back: write has to
// succeed before a byte goes there.
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

// more reads what the last round missed; it is not ok if it missed nothing.
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

// inTime is an error, or that of a query which took too long, if that is why.
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

// oneRound carries a verb out once.
func oneRound(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer, r *rounds) (*app, error) {
	if r.asking != nil {
		in = r.in
	} else if f, ok := in.(*os.File); !ok || terminalOf(f) == nil {
		in = r.in // a terminal is seen as such
	}
	a := newApp(in, &held{to: out}, &held{to: errOut})
	a.rounds = r
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(a.paged)
	root.SetErr(a.err)
	return a, errors.Join(a.execute(ctx, root), a.helpErr, a.paged.close(), a.close())
}

// carryOut carries a verb out, as often as it needs.
func carryOut(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) error {
	r := &rounds{in: &again{from: in}, pipes: map[string][]byte{}, spools: map[string]*os.File{}}
	for {
		a, err := oneRound(ctx, args, in, out, errOut, r)
		more, failed := r.more()
		if more {
			continue
		}
		if failed != nil {
			err = failed
		} else {
			err = errors.Join(err, a.out.(*held).release(), a.err.(*held).release())
		}
		return errors.Join(err, r.close())
	}
}
