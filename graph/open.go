package graph

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"sync/atomic"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"kg/graph/internal/decide"
	"kg/graph/internal/evidence"
	"kg/graph/internal/index"
	"kg/graph/internal/paths"
	"kg/graph/internal/pg"
	"kg/graph/internal/read"
	"kg/graph/internal/store"
	"kg/graph/internal/store/db"
	"kg/schema"
)

// ErrNoStore is the error of opening a store that is not there.
var ErrNoStore = errors.New("there is no store yet: kg load makes one")

// Store is an open graph: in the state in which it was opened, or, of Create,
// OpenToWrite and Scratch, after the last change made through it. It may be used
// concurrently. A View shows one state and does not change.
type Store struct {
	quads   *store.QuadStore
	state   atomic.Pointer[state]
	naming  []quad.IRI // see NameBy
	names   index.LastFile
	kept    func()     // see keepNames; nil for a store that is not written to
	lent    bool       // of an Asking, which closes it
	writing sync.Mutex // held while quads change
}

// state is the graph at one moment.
type state struct {
	version   uint64
	decisions *decide.Decisions
	all       *side // with what is retracted, and the decisions
	valid     *side // without; the same where there are none
}

// side is a graph, with the edges that sources deny (whole) and without (shown).
type side struct {
	whole, shown cayley.QuadStore
	denials      *evidence.Denials
	names        *index.Names
	hubDegree    [2]atomic.Int64 // of whole and shown: see paths.NewHubs
}

func (s *side) handle(whole bool) cayley.QuadStore {
	if whole {
		return s.whole
	}
	return s.shown
}

// Open opens the store at path for reading, which changes no file and makes
// none. The error wraps ErrNoStore when there is none. The path may be the address of a
// PostgreSQL server: see Remote, whose Ask is for questions of more than a few steps.
func Open(path string) (*Store, error) {
	if pg.IsURL(path) {
		return openRemote(path, false)
	}
	return open(path, db.Options{ReadOnly: true})
}

// OpenToWrite opens a store for reading and for writing. Until it is closed no other
// process can write to it; if one does already, the error is a *db.LockedError. warn,
// which may be nil, is called with files that were put aside and with errors of
// background compactions.
func OpenToWrite(path string, warn func(error)) (*Store, error) {
	if pg.IsURL(path) {
		return openRemote(path, true)
	}
	return openKept(path, db.Options{Warn: warn})
}

// openKept opens a store whose file of names is kept up to date: see keepNames.
func openKept(path string, o db.Options) (*Store, error) {
	keep := func() { index.Keep(path, o.Warn) }
	o.Rewritten = keep
	s, err := open(path, o)
	if err == nil {
		s.kept = keep
	}
	return s, err
}

// Create is OpenToWrite for a store that may not exist yet: the first quad creates it.
func Create(path string, warn func(error)) (*Store, error) {
	if pg.IsURL(path) {
		return openRemote(path, true)
	}
	s, err := openKept(path, db.Options{Create: true, Warn: warn})
	if errors.Is(err, ErrNoStore) {
		return nil, fmt.Errorf("opening store %q: there is no folder %q", path, filepath.Dir(path))
	}
	return s, err
}

// Scratch returns an empty store in memory, which is lost when it is closed.
func Scratch() *Store {
	s, err := newStore(store.Scratch())
	if err != nil {
		panic(err) // nothing is read
	}
	return s
}

func open(path string, o db.Options) (*Store, error) {
	quads, err := store.Open(path, o)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("opening store %q: %w", path, ErrNoStore)
	}
	if err != nil {
		return nil, err
	}
	return newStore(quads)
}

func newStore(quads *store.QuadStore) (s *Store, err error) {
	s = &Store{quads: quads}
	looked := false
	defer func() {
		if !looked { // an error, or a Fault
			err = errors.Join(err, quads.Close())
			s = nil
		}
	}()
	err = s.look(0)
	looked = err == nil
	return s, err
}

// NameBy adds relations that hold names in the graphs of the store, after those of
// schema.Naming. It must be called before the first View.
func (s *Store) NameBy(relations ...quad.IRI) {
	s.naming = relations
	now := s.state.Load()
	now.all.names.NameBy(relations)
	now.valid.names.NameBy(relations)
}

// look publishes the current state, which later Views show.
func (s *Store) look(version uint64) error {
	next, err := s.suppose(context.Background(), version)
	if err == nil {
		s.state.Store(next)
	}
	return err
}

// suppose returns the current state as it would be with more decisions: one side without
// what is retracted, and each without what sources deny.
func (s *Store) suppose(ctx context.Context, version uint64, more ...*schema.Decision) (*state, error) {
	now, err := s.quads.Now()
	if err != nil {
		return nil, err
	}
	next := &state{version: version}
	if next.all, err = s.newSide(ctx, now); err != nil {
		return nil, err
	}
	next.valid = next.all
	r := read.Of(now)
	if next.decisions, err = decide.Read(ctx, r, more...); err != nil {
		return nil, err
	}
	next.all.denials.Decisions = next.decisions
	labels, prefixes, err := next.decisions.Hidden(ctx, r)
	if err != nil || len(labels) == 0 {
		return next, err
	}
	valid, err := now.Hide(labels, prefixes)
	if err != nil {
		return nil, err
	}
	if next.valid, err = s.newSide(ctx, valid); err == nil {
		next.valid.denials.Decisions = next.decisions
	}
	return next, err
}

func (s *Store) newSide(ctx context.Context, qs *store.QuadStore) (*side, error) {
	one := &side{whole: qs, shown: qs, denials: &evidence.Denials{Whole: qs}, names: index.New(qs, s.naming, &s.names, foreignIn(qs))}
	denied, err := evidence.DenyingLabels(ctx, read.Of(qs))
	if err != nil || len(denied) == 0 {
		return one, err
	}
	shown, err := qs.Hide(denied, nil)
	if err != nil {
		return nil, err
	}
	one.shown = shown
	return one, nil
}

// Close releases the store.
func (s *Store) Close() error {
	if s.lent {
		return nil
	}
	err := s.quads.Close()
	if err == nil && s.kept != nil {
		s.kept()
	}
	return err
}

// Stray is a file of a store, or the end of one, that is ignored: left by a killed
// process, or put there by somebody. It is also the error of opening a store that has
// nothing else.
type Stray = db.Stray

// Stray returns the ignored file of the store, or nil.
func (s *Store) Stray() *Stray { return s.quads.Stray() }

// Verify checks the files of the store: every checksum, and every rule of
// their format. report may be nil; it gets bytes.
func (s *Store) Verify(ctx context.Context, report func(Progress)) error {
	return s.quads.Verify(ctx, func(done, total uint64) {
		if report != nil {
			report(Progress{Doing: "checking", Done: int64(done), Total: int64(total), Bytes: true})
		}
	})
}

// View returns a view of the current state without the edges that sources deny, so that
// no path follows a denied edge, and without what is retracted: see View.WithRetracted.
func (s *Store) View(base schema.Base) *View { return s.state.Load().view(base, false) }

// WholeView returns a view of the current state that includes the edges that sources
// deny.
func (s *Store) WholeView(base schema.Base) *View { return s.state.Load().view(base, true) }

func (s *state) view(base schema.Base, whole bool) *View {
	v := newView(s.valid.handle(whole), base, s, s.valid.denials, s.valid.names)
	v.whole = whole
	least := &s.valid.hubDegree[0]
	if !whole {
		least = &s.valid.hubDegree[1]
	}
	v.hubs = paths.NewHubs(v.r, v.namer, least)
	return v
}

// Version returns a number that changes with each write: data read under another version
// is of another state.
func (s *Store) Version() uint64 { return s.state.Load().version }
