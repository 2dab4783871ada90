// Package pull maintains a copy of a server's graph in the file of a store: it reports
// how the copy differs, and refreshes it.
package pull

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kg/graph/internal/index"
	"kg/graph/internal/pg"
	"kg/graph/internal/store/db"
	"kg/internal/files"
)

// Pulled is the outcome for a copy of the graph on a server.
type Pulled struct {
	Quads  uint64 // in the copy now
	Before uint64 // and before
	Made   bool   // there was no copy
	Same   bool   // the copy had all that was committed
	Whole  string // why a copy that was there was made anew as a whole; empty if it was not
}

// remote is the server, by its address.
type remote struct{ address string }

func (r remote) String() string { return pg.Redact(r.address) }

// pulledEnd is the suffix of the note beside a copy, after the store's name.
const pulledEnd = ".pulled"

// pulledNote is the note beside a copy: its origin, and the state of its files. Before a
// refresh is durable there are two states: the position of the files tells which one
// holds.
type pulledNote struct {
	From   string        `json:"from"`
	States []pulledState `json:"states"` // the newest is the last
}

type pulledState struct {
	Position db.Position `json:"position"`
	pg.CopyState
}

// ErrNoCopy is the error of a file that is no copy of the server's graph, or was written
// to since it was one.
var ErrNoCopy = errors.New("pull into another name")

// From makes a store in a file the same as the one on the server at an address: see
// Remote.Pull of package graph.
func From(ctx context.Context, address, path string, warn func(error)) (p Pulled, err error) {
	r := remote{address}
	path = files.Resolve(path)
	switch info, failed := os.Lstat(path); {
	case errors.Is(failed, fs.ErrNotExist):
		p, err = r.pullNew(ctx, path)
	case failed == nil && info.IsDir():
		err = fmt.Errorf("it is a folder: %w", ErrNoCopy)
	default:
		p, err = r.pullMore(ctx, path, warn)
	}
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // the server says it in its own words
	}
	if err != nil {
		return Pulled{}, fmt.Errorf("copying %s to %q: %w", r, path, err)
	}
	if !p.Same {
		index.Keep(path, warn)
	}
	return p, nil
}

// pullNew makes a copy in a folder beside the file; the file appears complete, or not at
// all.
func (r remote) pullNew(ctx context.Context, path string) (p Pulled, err error) {
	s, err := pg.Open(ctx, r.address, pg.Options{})
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	unlock, err := db.Lock(path)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if _, err := os.Lstat(path); err == nil {
		return p, errors.New("another process has made the file meanwhile: try again")
	}
	folder, err := pullFolder(path)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	part := filepath.Join(folder, filepath.Base(path))
	p, err = r.pullInto(ctx, s, part)
	if err != nil {
		return p, err
	}
	// The note goes first: without its store it says nothing.
	if err := os.Rename(part+pulledEnd, path+pulledEnd); err != nil {
		return p, err
	}
	return p, files.Rename(part, path)
}

// pullFolder makes the folder of a new copy, replacing those that a kill left: the caller
// holds the lock of the store.
func pullFolder(path string) (string, error) {
	dir, name := filepath.Dir(path), filepath.Base(path)+".pull-"
	list, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	for _, e := range list {
		if number, ok := strings.CutPrefix(e.Name(), name); ok && e.IsDir() && strings.Trim(number, "0123456789") == "" {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return "", err
			}
		}
	}
	return os.MkdirTemp(dir, name)
}

// pullInto makes a store, and its note, of all that the server has.
func (r remote) pullInto(ctx context.Context, s *pg.Session, part string) (p Pulled, err error) {
	change, err := s.Since(pg.CopyState{})
	if err != nil {
		return p, err
	}
	d, err := db.Open(part, db.Options{Create: true, Still: true})
	if err != nil {
		return p, err
	}
	change.Note = func(to db.Position) error {
		return writeNote(part, pulledNote{r.String(), []pulledState{{to, change.To}}})
	}
	err = d.Step(ctx, *change.Transition)
	p = Pulled{Quads: d.State().Quads(), Made: true}
	return p, errors.Join(err, d.Close())
}

// pullMore refreshes a copy.
func (r remote) pullMore(ctx context.Context, path string, warn func(error)) (p Pulled, err error) {
	note, err := readNote(path)
	if err != nil {
		return p, err
	}
	d, err := db.Open(path, db.Options{Still: true, Warn: warn})
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	from, err := note.at(d.Opened())
	if err != nil {
		return p, err
	}
	s, err := pg.Open(ctx, r.address, pg.Options{})
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	change, err := s.Since(from.CopyState)
	if errors.Is(err, pg.ErrOtherGraph) {
		return p, fmt.Errorf("%w, that of %s: %w", err, note.From, ErrNoCopy)
	}
	if err != nil {
		return p, err
	}
	p.Before = d.State().Quads()
	p.Quads, p.Same = p.Before, change.Transition == nil
	if p.Same {
		return p, nil
	}
	do := func() error {
		change.Note = func(to db.Position) error {
			return writeNote(path, pulledNote{r.String(), []pulledState{from, {to, change.To}}})
		}
		return d.Step(ctx, *change.Transition)
	}
	if err = do(); errors.Is(err, db.ErrOtherCount) {
		if change, err = s.Everything(err); err == nil {
			err = do()
		}
	}
	if err != nil {
		return p, err
	}
	p.Quads, p.Whole = d.State().Quads(), change.Whole
	// A later write may lead back to the earlier state, which is then no state of a copy.
	return p, writeNote(path, pulledNote{r.String(), []pulledState{{d.Opened(), change.To}}})
}

// at gives the state of a store at a position.
func (n *pulledNote) at(position db.Position) (pulledState, error) {
	for i := len(n.States) - 1; i >= 0; i-- {
		if n.States[i].Position == position {
			return n.States[i], nil
		}
	}
	return pulledState{}, fmt.Errorf("it was a copy of %s, and was written to since: %w", n.From, ErrNoCopy)
}

func readNote(path string) (n pulledNote, err error) {
	text, err := os.ReadFile(path + pulledEnd)
	if errors.Is(err, fs.ErrNotExist) {
		return n, fmt.Errorf("the file is there, and no copy that kg snapshot pull made, since there is no %q: %w", filepath.Base(path)+pulledEnd, ErrNoCopy)
	}
	if err == nil {
		err = json.Unmarshal(text, &n)
	}
	if err == nil && (n.From == "" || len(n.States) == 0) {
		err = errors.New("it is no note of a copy")
	}
	if err != nil {
		return n, fmt.Errorf("reading %q: %w: %w", path+pulledEnd, err, ErrNoCopy)
	}
	return n, nil
}

func writeNote(path string, n pulledNote) error {
	text, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return err
	}
	return files.Replace(path+pulledEnd, func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	})
}
