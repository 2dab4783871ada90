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

// Store is an open graph: as it was when it was opened, or, of Create, OpenToWrite
// and Scratch, as the last change of its own left it. It may be used by many goroutines at
// once, and so may its Views be made, each of which shows one state for good.
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

// side is a graph with what sources deny, and without.
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

// OpenToWrite is Open for reading and for Apply. Until it is closed nobody else
// can write to the store: if somebody does, the error is a *db.LockedError.
// warn, which may be nil, is told of files that were put aside and of what failed
// when all quads were written.
func OpenToWrite(path string, warn func(error)) (*Store, error) {
	if pg.IsURL(path) {
		return openRemote(path, true)
	}
	return openKept(path, db.Options{Warn: warn})
}

// openKept opens a store whose file of names is kept: see keepNames.
func openKept(path string, o db.Options) (*Store, error) {
	keep := func() { index.Keep(path, o.Warn) }
	o.Rewritten = keep
	s, err := open(path, o)
	if err == nil {
		s.kept = keep
	}
	return s, err
}

// Create is OpenToWrite for a store that may not be there yet: its first quad makes
// it.
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

// Scratch makes an empty store without a file, which is gone when it is closed.
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

// NameBy tells the store by which relations its graphs name things, beside those of
// schema.Naming, which go first. It is for a store of which no View was made yet.
func (s *Store) NameBy(relations ...quad.IRI) {
	s.naming = relations
	now := s.state.Load()
	now.all.names.NameBy(relations)
	now.valid.names.NameBy(relations)
}

// look makes what is there now what Views show.
func (s *Store) look(version uint64) error {
	next, err := s.suppose(context.Background(), version)
	if err == nil {
		s.state.Store(next)
	}
	return err
}

// suppose is what is there now, with some decisions more. It hides what is
// retracted from one of the two sides, and from each what sources deny.
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

// Close frees the store.
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

// Stray is a file of a store, or the end of one, that does not count: what a kill
// left, or what somebody put there. It is also the error of opening a store of
// which nothing else is there.
type Stray = db.Stray

// Stray is what does not count among the files of the store, nil if there is
// nothing.
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

// View asks the graph as it is now, without the edges that sources deny: what a
// source says is not so must not be walked as if it were. Nor does it show what is
// retracted: see View.WithRetracted.
func (s *Store) View(base schema.Base) *View { return s.state.Load().view(base, false) }

// WholeView asks the graph as it is now, with what sources deny.
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

// Version is another number after each Apply: what was read from a Handle
// before is of another graph.
func (s *Store) Version() uint64 { return s.state.Load().version }
