package graph

import (
	"context"
	"time"

	"kg/graph/internal/pg"
)

// ErrAgain ends what an Asking has not read enough for: see there.
var ErrAgain = pg.ErrAgain

// Remote is a database on a PostgreSQL server, by its address. Nothing is connected
// until a method needs it.
type Remote struct{ address string }

// ParseRemote reports whether the name of a store is the address of a database,
// postgres://USER@HOST/DATABASE, and not a file.
func ParseRemote(name string) (r Remote, ok bool) {
	if !pg.IsURL(name) {
		return Remote{}, false
	}
	return Remote{name}, true
}

// String is the address without a password that may be in it.
func (r Remote) String() string { return pg.Redact(r.address) }

// Database is the name of the database.
func (r Remote) Database() string { return pg.DatabaseName(r.address) }

// Init makes the tables in a database that has none; it reports whether it did.
func (r Remote) Init(ctx context.Context) (made bool, err error) { return pg.Init(ctx, r.address) }

// Upgrade brings the tables to the version that this kg reads.
func (r Remote) Upgrade(ctx context.Context) error { return pg.Upgrade(ctx, r.address) }

// Repair makes the tables agree after a server ended between the commits of several, and
// checks them. What the first server has decides. Whoever wrote then has to write again,
// and copies are made anew as a whole. It returns how many rows were dropped and restored;
// each quad has two.
func (r Remote) Repair(ctx context.Context) (pg.Mended, error) { return pg.Repair(ctx, r.address) }

// Trim drops what was recorded of the commits before a time, by which copies are
// refreshed: one that lacks such a commit is copied as a whole. It gives how many commits
// they were. The counts of all commits are added up, too; no quad, term or name goes.
func (r Remote) Trim(ctx context.Context, before time.Time) (commits int64, err error) {
	return pg.Trim(ctx, r.address, before)
}

// Asking is one question to a graph on a server, in one transaction. Whoever asks runs
// on a Store of it, which has only what was read so far; while it Missed something,
// what came of the run does not count, and the run is done again after More, which
// reads all that was missed in a few statements. So the statements are as many as the
// steps of the question, and not as the nodes it comes by.
//
// A Store of it that writes does so in the first run that misses nothing.
type Asking struct{ session *pg.Session }

// Ask begins a question.
func (r Remote) Ask(ctx context.Context, write bool) (*Asking, error) {
	s, err := pg.Open(ctx, r.address, pg.Options{Write: write, Ask: true})
	if err != nil {
		return nil, err
	}
	return &Asking{s}, nil
}

// ToWrite makes the next runs such that may write. What was read is forgotten, if
// until now nothing could be written.
func (a *Asking) ToWrite() error { return a.session.ToWrite() }

// Store is what the next run asks.
func (a *Asking) Store() (*Store, error) {
	s := &Store{quads: a.session.Store(), lent: true}
	return s, s.look(0)
}

// Missed reports whether the last run has missed something.
func (a *Asking) Missed() bool { return a.session.Missed() }

// Settled is ErrAgain in a run that has missed something: nothing it makes may stay.
func (a *Asking) Settled() error {
	if a.Missed() {
		return ErrAgain
	}
	return nil
}

// More reads what was missed.
func (a *Asking) More() error { return a.session.More() }

// Whole reports whether all of the graph was read: then nothing is missed any more.
func (a *Asking) Whole() bool { return a.session.Whole() }

// Statements is how many statements were sent to the server, and in how many rounds.
func (a *Asking) Statements() (statements, rounds int) {
	return a.session.Statements, a.session.Rounds
}

// Close ends the question.
func (a *Asking) Close() error { return a.session.Close() }

// In runs do on stores of the question until it misses nothing. The end of ctx ends what
// the server does for it, too; then the next In begins a transaction of its own, which
// sees the graph as it is by then.
func (a *Asking) In(ctx context.Context, do func(*Store) error) error {
	back, err := a.session.During(ctx)
	if err != nil {
		return err
	}
	defer back()
	for {
		err := a.once(do)
		if !a.Missed() {
			return err
		}
		if err := a.More(); err != nil {
			return err
		}
	}
}

// once is a run. What it does with half of a graph may fail in any way.
func (a *Asking) once(do func(*Store) error) (err error) {
	defer func() {
		if a.Missed() {
			if x := recover(); x != nil {
				err = ErrAgain
			}
		}
	}()
	s, err := a.Store()
	if err != nil {
		return err
	}
	return do(s)
}

// openRemote opens a store on a server that reads what is asked for when it is.
func openRemote(address string, write bool) (*Store, error) {
	s, err := pg.Open(context.Background(), address, pg.Options{Write: write})
	if err != nil {
		return nil, err
	}
	return newStore(s.Store())
}
